package io.cordon.alerts;

import java.time.Instant;

/**
 * An alert that could not be read, as people see it: never its content, which is sealed.
 *
 * @param id of this record; later ones are higher
 * @param systemAlertId null when the alert has none that is one
 * @param reason code of why
 */
public record QuarantinedAlert(long id, String systemAlertId, String reason, Instant receivedAt) {}
