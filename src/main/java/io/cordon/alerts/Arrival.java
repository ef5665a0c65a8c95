package io.cordon.alerts;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** An alert that was read and waits for its answer. */
final class Arrival {
  private static final int LIGHTEST = 16 << 10;

  private final IncomingAlert alert;
  private final String hash;
  private volatile IntakeResult result;
  private volatile RuntimeException failure;
  private volatile boolean waitsForAnother;

  /** @param hash the keyed fingerprint of the alert's bytes */
  Arrival(IncomingAlert alert, String hash) {
    this.alert = alert;
    this.hash = hash;
  }

  /** One that had its answer before it was an alert. */
  static Arrival answered(IntakeResult result) {
    Arrival arrival = new Arrival(null, null);
    arrival.answer(result);
    return arrival;
  }

  /** One that failed before it was an alert. */
  static Arrival failed(RuntimeException failure) {
    Arrival arrival = new Arrival(null, null);
    arrival.fail(failure);
    return arrival;
  }

  IncomingAlert alert() {
    return alert;
  }

  String hash() {
    return hash;
  }

  /** Null until it is committed what became of the alert. */
  IntakeResult result() {
    return result;
  }

  void answer(IntakeResult committed) {
    result = committed;
  }

  /** What it failed with by itself, for a reason of ours; then it has no result. */
  RuntimeException failure() {
    return failure;
  }

  void fail(RuntimeException reason) {
    failure = reason;
  }

  boolean isOpen() {
    return result == null && failure == null;
  }

  /** Whether an alert before it in its group must be taken first. */
  boolean waitsForAnother() {
    return waitsForAnother;
  }

  void waitForAnother(boolean waits) {
    waitsForAnother = waits;
  }

  /** The names of the detection: under these another copy could come in at this moment. */
  Set<String> ids() {
    Set<String> ids = new HashSet<>(Set.of("alert:" + alert.systemAlertId()));
    alert.vendorId().ifPresent(id -> ids.add("vendor:" + id));
    return ids;
  }

  /** The same and the names of the machine. */
  Set<String> names() {
    Set<String> names = ids();
    names.addAll(alert.aliases());
    return names;
  }

  /** Bytes that it adds to a group, at least so many that a group stays small. */
  static int weight(List<Arrival> arrivals) {
    return arrivals.stream().mapToInt(arrival -> arrival.alert == null ? 0 : Math.max(LIGHTEST, arrival.alert.raw().length)).sum();
  }

  @Override
  public String toString() {
    return "Arrival[" + (alert == null ? result : alert) + "]";
  }
}
