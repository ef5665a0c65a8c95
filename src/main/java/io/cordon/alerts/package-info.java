/**
 * Intake of SecurityAlerts: parse, keep allow-listed fields, seal the rest, open or join exactly one case. Owns the
 * tables incident_case, case_alias, case_requester, case_incident, alert and sealed_material. May import platform, evidence and assets.
 */
package io.cordon.alerts;
