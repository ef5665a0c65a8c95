package io.cordon.gate;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Counts how many machines of one clinical service would be without network at once. Above a limit the request names the
 * number and is asked once more; it is a brake and no lock: whoever confirms the number goes on, and two leads in an
 * emergency are not asked twice.
 */
public class OutbreakBrake {
  /** This plan's machines, and those of the service that were granted and are isolated or may yet be. */
  private static final String AT_ONCE =
      """
      select count(*) from (
        select t.mde_device_id from plan_target t where t.plan_id = :plan
         union
        select t.mde_device_id
          from approval_request a
          join incident_case c on c.id = a.case_id and c.state = 'OPEN'
          join plan p on p.id = a.plan_id and p.action = 'ISOLATE'
          join plan_target t on t.plan_id = a.plan_id
         where a.state = 'GRANTED' and a.clinical_service = :service
           and not exists (
             select 1 from execution_permit x
              where x.approval_id = a.id and x.target_ordinal = t.ordinal
                and (x.action = 'UNISOLATE' and x.state = 'SUCCEEDED'
                  or x.action = 'ISOLATE' and x.state in ('FAILED', 'REFUSED', 'CANCELLED', 'WITHDRAWN', 'NOT_SENT')))) at_once""";

  private final JdbcClient jdbc;
  private final int limit;

  OutbreakBrake(JdbcClient jdbc, int limit) {
    this.jdbc = jdbc;
    this.limit = limit;
  }

  /** The number a yes to this request must confirm; 0 when none. */
  public int machinesToConfirm(ApprovalRequest request, Plan plan) {
    // where the first of two confirmed the number, the second one agrees to what is bound
    return plan.isEmergency() || request.decisionHash() != null ? 0 : aboveLimit(plan);
  }

  /** How many machines of the service would be without network at once, this plan's included; 0 up to the limit. */
  int aboveLimit(Plan plan) {
    if (!Plan.ISOLATE.equals(plan.action())) {
      return 0;
    }
    int machines = jdbc.sql(AT_ONCE).param("plan", plan.id()).param("service", plan.clinicalService()).query(Integer.class).single();
    return machines > limit ? machines : 0;
  }
}
