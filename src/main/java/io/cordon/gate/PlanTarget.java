package io.cordon.gate;

/**
 * One machine of a plan.
 *
 * @param ordinal its place in the plan, from 0
 * @param mdeDeviceId 40 hex digits
 */
public record PlanTarget(int ordinal, String mdeDeviceId, String arcId, String machineName) {}
