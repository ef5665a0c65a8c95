package io.cordon.gate;

import io.cordon.gate.policy.Route;

/**
 * What a plan is made of: one machine, one action, its bounds and the policy that routed it.
 *
 * @param route what the policy decided
 * @param policyVersion version of the decision table, 0 when none could be read
 * @param playbookVersion version of the playbook model
 */
public record PlanFacts(
    String caseId,
    String mdeDeviceId,
    String arcId,
    String machineName,
    String clinicalService,
    Route route,
    int policyVersion,
    int playbookVersion) {}
