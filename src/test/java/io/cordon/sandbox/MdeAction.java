package io.cordon.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** One machine action. Its status follows from the clock and from when its machine could be reached, until it is final. */
final class MdeAction {
  private static final Duration QUEUED_AT_MOST = Duration.ofHours(72);
  private static final Set<String> FINAL = Set.of("Succeeded", "Failed", "TimeOut", "Cancelled");

  final String id = UUID.randomUUID().toString();
  final String type;
  final Devices.Device device;
  final String comment;
  final Instant created;
  final Instant listedFrom;
  private String status = "Pending";
  private Instant changed;
  private String cancelComment;

  MdeAction(String type, Devices.Device device, String comment, Instant created, Duration hiddenFor) {
    this.type = type;
    this.device = device;
    this.comment = comment;
    this.created = created;
    this.listedFrom = created.plus(hiddenFor);
    this.changed = created;
  }

  /** Brings the status up to now; a final one stays as it is. */
  void settle(Instant now, Duration lasts) {
    if (isFinal()) {
      return;
    }
    Instant dropped = created.plus(QUEUED_AT_MOST);
    Optional<Instant> delivered = device.reachableFrom(created).filter(at -> at.isBefore(dropped));
    if (delivered.isPresent()) {
      run(delivered.get(), now, lasts);
    } else if (!now.isBefore(dropped)) {
      become("TimeOut", dropped);
    }
  }

  private void run(Instant started, Instant now, Duration lasts) {
    Instant visible = started.plus(lasts.dividedBy(3));
    Instant done = started.plus(lasts);
    if (!now.isBefore(done)) {
      become("Succeeded", done);
      if (type.endsWith("solate")) {
        device.isolate(type.equals("Isolate"));
      }
    } else if (!now.isBefore(visible) && status.equals("Pending")) {
      become("InProgress", visible);
    }
  }

  void cancel(String why, Instant now) {
    cancelComment = why;
    become("Cancelled", now);
  }

  private void become(String next, Instant at) {
    status = next;
    changed = at;
  }

  boolean isFinal() {
    return FINAL.contains(status);
  }

  String status() {
    return status;
  }

  /** When the status last changed. */
  Instant changed() {
    return changed;
  }

  /** What the canceller said, or null. */
  String cancelComment() {
    return cancelComment;
  }
}
