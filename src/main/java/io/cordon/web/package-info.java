/**
 * The console for people, the REST API for scripts and what guards both. May import every other package, public types
 * only; nothing imports it. A GET here never changes state.
 */
package io.cordon.web;
