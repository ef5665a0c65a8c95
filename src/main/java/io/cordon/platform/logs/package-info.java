/**
 * What may be printed to the log: texts of our own, and of libraries only what cannot be somebody's input. Named in
 * logback-spring.xml. Imports platform.phi.
 */
package io.cordon.platform.logs;
