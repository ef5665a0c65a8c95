/**
 * Sources that Cordon asks for alerts itself, for sites that let nobody call in: Log Analytics and Microsoft Graph. Owns
 * the tables alert_source and alert_source_seen. May import platform and the public types of alerts.
 */
package io.cordon.alerts.sources;
