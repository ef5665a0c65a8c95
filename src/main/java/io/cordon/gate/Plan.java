package io.cordon.gate;

/** A plan as stored: what an approval is for. {@code planHash} is hex SHA-256 over its canonical JSON. */
public record Plan(
    String id,
    String caseId,
    String planHash,
    String action,
    String route,
    String assurance,
    int answerMinutes,
    int maxIsolationHours,
    String clinicalService,
    String mdeDeviceId,
    String arcId,
    String machineName) {}
