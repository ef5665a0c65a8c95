package io.cordon.web.security;

import static io.cordon.platform.people.Role.ALERTS_SEND;
import static io.cordon.platform.people.Role.AUDITOR;
import static io.cordon.platform.people.Role.CLINICAL_APPROVER;
import static io.cordon.platform.people.Role.CLINICAL_EXECUTIVE;
import static io.cordon.platform.people.Role.PLATFORM_ADMIN;
import static io.cordon.platform.people.Role.SECURITY_LEAD;
import static io.cordon.platform.people.Role.SOC_ANALYST;

import io.cordon.platform.people.Role;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.http.HttpMethod;

/**
 * Every address and who may call it; what is not listed is denied. An answer to an approval is open to every role on
 * purpose: the gate itself refuses the wrong person, tells why, and keeps the attempt as evidence.
 */
final class AccessRules {
  /** One line of the table; nobody listed means open to all. */
  record Rule(HttpMethod method, String pattern, List<Role> roles) {
    String[] claims() {
      return roles.stream().map(Role::claim).toArray(String[]::new);
    }
  }

  private static final Role[] ANYONE_WITH_A_ROLE = {
    SOC_ANALYST, CLINICAL_APPROVER, CLINICAL_EXECUTIVE, SECURITY_LEAD, AUDITOR, PLATFORM_ADMIN
  };

  static final List<Rule> API =
      List.of(
          post("/api/alerts", ALERTS_SEND),
          get("/api/alerts/quarantined", SOC_ANALYST, SECURITY_LEAD, AUDITOR),
          get("/api/cases", ANYONE_WITH_A_ROLE),
          get("/api/cases/{id}", ANYONE_WITH_A_ROLE),
          get("/api/cases/{id}/processes", SOC_ANALYST),
          get("/api/cases/{id}/evidence", ANYONE_WITH_A_ROLE),
          get("/api/cases/{id}/sealed", SOC_ANALYST, SECURITY_LEAD, AUDITOR),
          post("/api/cases/{id}/sealed/{ref}/reading", SOC_ANALYST, SECURITY_LEAD, AUDITOR),
          post("/api/cases/{id}/playbooks/emergencyContainment", SOC_ANALYST, SECURITY_LEAD, CLINICAL_APPROVER, CLINICAL_EXECUTIVE),
          post("/api/cases/{id}/playbooks/emergency-containment", SOC_ANALYST, SECURITY_LEAD, CLINICAL_APPROVER, CLINICAL_EXECUTIVE),
          get("/api/cases/{id}/legal-holds", AUDITOR, SECURITY_LEAD),
          post("/api/cases/{id}/legal-holds", AUDITOR, SECURITY_LEAD),
          post("/api/cases/{id}/legal-holds/lifting", AUDITOR),
          get("/api/cases/{id}/cab-pack", AUDITOR),
          post("/api/cases/{id}/cab-pack", AUDITOR),
          post("/api/cases/{id}/playbooks/stopProcess", SOC_ANALYST),
          post("/api/cases/{id}/playbooks/stop-process", SOC_ANALYST),
          post("/api/cases/{id}/playbooks/{key}", SOC_ANALYST, SECURITY_LEAD),
          post("/api/tasks/{id}", ANYONE_WITH_A_ROLE),
          get("/api/approvals/{id}", ANYONE_WITH_A_ROLE),
          post("/api/approvals/{id}/decision", ANYONE_WITH_A_ROLE),
          post("/api/approvals/{id}/last-answer", ANYONE_WITH_A_ROLE),
          post("/api/approvals/{id}/machines", SOC_ANALYST),
          post("/api/approvals/{id}/withdrawal", SOC_ANALYST, SECURITY_LEAD),
          get("/api/register", PLATFORM_ADMIN, AUDITOR, SOC_ANALYST, SECURITY_LEAD),
          get("/api/register/changes", PLATFORM_ADMIN, AUDITOR, SECURITY_LEAD),
          get("/api/register/changes/{id}", PLATFORM_ADMIN, AUDITOR, SECURITY_LEAD),
          post("/api/register/changes", PLATFORM_ADMIN),
          post("/api/register/changes/{id}/approval", PLATFORM_ADMIN),
          post("/api/register/changes/{id}/rejection", PLATFORM_ADMIN),
          get("/api/policy", PLATFORM_ADMIN, AUDITOR, SOC_ANALYST, SECURITY_LEAD),
          get("/api/policy/versions", PLATFORM_ADMIN, AUDITOR, SECURITY_LEAD),
          get("/api/policy/changes", PLATFORM_ADMIN, AUDITOR, SECURITY_LEAD),
          get("/api/policy/changes/{id}", PLATFORM_ADMIN, AUDITOR, SECURITY_LEAD),
          get("/api/policy/changes/{id}/table", PLATFORM_ADMIN, AUDITOR, SECURITY_LEAD),
          post("/api/policy/changes", PLATFORM_ADMIN),
          post("/api/policy/changes/{id}/approval", PLATFORM_ADMIN),
          post("/api/policy/changes/{id}/rejection", PLATFORM_ADMIN),
          get("/api/rules", PLATFORM_ADMIN, AUDITOR, SOC_ANALYST, SECURITY_LEAD, CLINICAL_EXECUTIVE),
          post("/api/rules", PLATFORM_ADMIN),
          post("/api/rules/{id}/{version}/agreement", PLATFORM_ADMIN, SECURITY_LEAD, CLINICAL_EXECUTIVE),
          post("/api/rules/{id}/{version}/withdrawal", PLATFORM_ADMIN, SECURITY_LEAD, CLINICAL_EXECUTIVE),
          get("/api/history", AUDITOR),
          get("/api/history/{id}", AUDITOR),
          post("/api/history/{id}/people", AUDITOR),
          post("/api/history/{id}/verification", AUDITOR),
          get("/api/evidence/period", AUDITOR),
          post("/api/evidence/period", AUDITOR),
          get("/api/evidence/checkpoint", ANYONE_WITH_A_ROLE),
          get("/api/evidence/coverage", AUDITOR),
          get("/api/evidence/keys", ANYONE_WITH_A_ROLE),
          get("/api/evidence/consistency", ANYONE_WITH_A_ROLE),
          get("/api/evidence/entries", AUDITOR, SECURITY_LEAD),
          get("/api/evidence/bundle", AUDITOR));

  /** Open to all here: these calls carry no token of ours, and are checked where they are taken before their body counts. */
  static final List<Rule> INBOUND = List.of(post("/api/teams/messages"), post("/api/pagerduty/webhooks"));

  static final List<Rule> OPERATIONS =
      List.of(
          get("/actuator/health"),
          get("/actuator/health/{*probe}"),
          get("/actuator/metrics", PLATFORM_ADMIN),
          get("/actuator/metrics/{*name}", PLATFORM_ADMIN),
          get("/actuator/prometheus", PLATFORM_ADMIN));

  static final List<Rule> CONSOLE =
      List.of(
          get("/", ANYONE_WITH_A_ROLE),
          get("/cases", ANYONE_WITH_A_ROLE),
          get("/cases/changes", ANYONE_WITH_A_ROLE),
          get("/cases/{id}", ANYONE_WITH_A_ROLE),
          post("/cases/{id}/playbooks/emergencyContainment", SOC_ANALYST, SECURITY_LEAD, CLINICAL_APPROVER, CLINICAL_EXECUTIVE),
          post("/cases/{id}/playbooks/stopProcess", SOC_ANALYST),
          post("/cases/{id}/playbooks/{key}", SOC_ANALYST),
          post("/cases/{id}/change-ticket", SOC_ANALYST, SECURITY_LEAD),
          get("/launch", SOC_ANALYST),
          post("/launch", SOC_ANALYST),
          get("/quarantine", SOC_ANALYST, SECURITY_LEAD, AUDITOR),
          get("/tasks", ANYONE_WITH_A_ROLE),
          get("/tasks/{id}", ANYONE_WITH_A_ROLE),
          post("/tasks/{id}", ANYONE_WITH_A_ROLE),
          get("/approvals", ANYONE_WITH_A_ROLE),
          get("/approvals/{id}", ANYONE_WITH_A_ROLE),
          get("/approvals/{id}/sign-in", ANYONE_WITH_A_ROLE),
          post("/approvals/{id}/decision", ANYONE_WITH_A_ROLE),
          post("/approvals/{id}/last-answer", ANYONE_WITH_A_ROLE),
          post("/approvals/{id}/machines", SOC_ANALYST),
          post("/approvals/{id}/withdrawal", SOC_ANALYST, SECURITY_LEAD),
          get("/register", PLATFORM_ADMIN, AUDITOR, SOC_ANALYST, SECURITY_LEAD),
          post("/register/changes/{id}/approval", PLATFORM_ADMIN),
          post("/register/changes/{id}/rejection", PLATFORM_ADMIN),
          get("/policy", PLATFORM_ADMIN, AUDITOR, SECURITY_LEAD),
          get("/policy/tables/{id}", PLATFORM_ADMIN, AUDITOR, SECURITY_LEAD),
          post("/policy/changes", PLATFORM_ADMIN),
          post("/policy/changes/{id}/approval", PLATFORM_ADMIN),
          post("/policy/changes/{id}/rejection", PLATFORM_ADMIN),
          get("/rules", PLATFORM_ADMIN, AUDITOR, SECURITY_LEAD, CLINICAL_EXECUTIVE),
          post("/rules/{id}/{version}/agreement", PLATFORM_ADMIN, SECURITY_LEAD, CLINICAL_EXECUTIVE),
          post("/rules/{id}/{version}/withdrawal", PLATFORM_ADMIN, SECURITY_LEAD, CLINICAL_EXECUTIVE),
          get("/history", AUDITOR),
          get("/history/evidence-bundle", AUDITOR),
          get("/history/{id}", AUDITOR),
          post("/history/{id}/people", AUDITOR),
          post("/history/{id}/verification", AUDITOR),
          post("/history/{id}/cab-pack", AUDITOR),
          post("/history/periods/record", AUDITOR),
          get("/figures", SOC_ANALYST, SECURITY_LEAD, AUDITOR, PLATFORM_ADMIN),
          get("/status", PLATFORM_ADMIN, AUDITOR, SOC_ANALYST, SECURITY_LEAD),
          get("/status/on-duty", PLATFORM_ADMIN),
          get("/denied"),
          get("/signed-out"),
          get("/cordon.css"),
          get("/board.js"),
          get("/webjars/htmx.org/{*file}"));

  private AccessRules() {}

  static Stream<Rule> all() {
    return Stream.of(INBOUND, API, OPERATIONS, CONSOLE).flatMap(List::stream);
  }

  private static Rule get(String pattern, Role... roles) {
    return new Rule(HttpMethod.GET, pattern, List.of(roles));
  }

  private static Rule post(String pattern, Role... roles) {
    return new Rule(HttpMethod.POST, pattern, List.of(roles));
  }
}
