package io.cordon.gate;

/**
 * What a plan is made of: one machine, one action, its bounds and the policy that routed it.
 *
 * @param route CLINICAL_APPROVAL or CLINICAL_AND_SECURITY
 * @param assurance CHANNEL or STEP_UP: how sure of the person an answer must be
 * @param answerMinutes time to answer before the next people are asked
 * @param maxIsolationHours longest time before somebody must decide on release
 * @param release BY_HAND, or BY_PLAN when the machine may come back at its time without anybody
 * @param policyVersion version of the decision table, 0 when none could be read
 * @param playbookVersion version of the playbook model
 */
public record PlanFacts(
    String caseId,
    String mdeDeviceId,
    String arcId,
    String machineName,
    String clinicalService,
    String route,
    String assurance,
    int answerMinutes,
    int maxIsolationHours,
    String release,
    int policyVersion,
    int playbookVersion) {}
