package io.cordon.gate;

/**
 * A plan as stored: what an approval is for. {@code planHash} is hex SHA-256 over its canonical JSON.
 *
 * @param release {@link #BY_HAND}, or {@link #BY_PLAN} when the machine may come back at its time without anybody
 */
public record Plan(
    String id,
    String caseId,
    String planHash,
    String action,
    String route,
    String assurance,
    int answerMinutes,
    int maxIsolationHours,
    String release,
    String clinicalService,
    String mdeDeviceId,
    String arcId,
    String machineName) {
  public static final String BY_HAND = "BY_HAND";
  public static final String BY_PLAN = "BY_PLAN";
}
