/**
 * What every feature stands on: the clock, the HTTP factory, credentials for the clouds. Knows no feature and imports
 * none.
 */
package io.cordon.platform;
