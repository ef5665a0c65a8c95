package io.cordon.alerts;

import java.time.Instant;

/** A case as lists and pages show it; holds no patient data. Times are UTC instants, closedAt null while open. */
public record CaseView(
    String id,
    String state,
    String severity,
    String detector,
    String machineName,
    String mdeDeviceId,
    String arcId,
    String clinicalService,
    String outcome,
    String mergedInto,
    Instant openedAt,
    Instant closedAt) {}
