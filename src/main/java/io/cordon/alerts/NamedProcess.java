package io.cordon.alerts;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A process as an alert names it, exactly enough to be told from every other one.
 *
 * @param pid id of the process; used again by the machine sooner or later
 * @param started when it started, UTC
 * @param sha256 of what it runs, lower-case hex
 */
public record NamedProcess(long pid, Instant started, String sha256) {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");

  /** The process, when all three of what an alert says of it are there and of their shape. */
  static Optional<NamedProcess> of(long pid, Optional<String> started, Optional<String> sha256) {
    try {
      return pid > 0 && pid <= 4_194_304 && started.isPresent() && sha256.filter(hash -> SHA256.matcher(hash).matches()).isPresent()
          ? Optional.of(new NamedProcess(pid, Instant.parse(started.get()).truncatedTo(ChronoUnit.MILLIS), sha256.get().toLowerCase(Locale.ROOT)))
          : Optional.empty();
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
