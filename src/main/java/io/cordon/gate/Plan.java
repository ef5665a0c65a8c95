package io.cordon.gate;

import io.cordon.gate.policy.Route;
import io.cordon.gate.windows.WindowLimits;
import java.time.Duration;
import java.util.List;

/**
 * A plan as stored: what an approval is for. {@code planHash} is hex SHA-256 over its canonical JSON.
 *
 * @param approvers who must agree, as in {@link io.cordon.gate.policy.Route}; {@code quorum} of them
 * @param ladder how soon the next people are told, STANDARD or URGENT
 * @param release {@link #BY_HAND}, or {@link #BY_PLAN} when the machine may come back at its time without anybody
 * @param mdeDeviceId the first machine, as are arcId and machineName
 * @param machineCount how many machines it is for
 * @param machineNames names of the first five
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
    String machineName,
    String approvers,
    int quorum,
    String ladder,
    int machineCount,
    String machineNames) {
  public static final String ISOLATE = "ISOLATE";
  /** People change the firewall, the network access or the sessions around the host; nothing is sent to Defender. */
  public static final String COMPENSATE = "COMPENSATE";
  /** One process of the machine is stopped; the machine stays on the network. */
  public static final String STOP_PROCESS = "STOP_PROCESS";
  /** All that a plan can be for; whatever is said of a plan is said for each of them. */
  public static final List<String> ACTIONS = List.of(ISOLATE, COMPENSATE, STOP_PROCESS);
  public static final String BY_HAND = "BY_HAND";
  public static final String BY_PLAN = "BY_PLAN";
  static final int NAMED = 5;
  /** The longest a script may take at Defender (contract mde, section 5.1): with less than that of its window left nothing is begun. */
  static final Duration SCRIPT_TAKES = Duration.ofMinutes(10);

  /** A plan for one machine. */
  public Plan(
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
      String machineName,
      String approvers,
      int quorum,
      String ladder) {
    this(
        id, caseId, planHash, action, route, assurance, answerMinutes, maxIsolationHours, release, clinicalService, mdeDeviceId, arcId,
        machineName, approvers, quorum, ladder, 1, machineName);
  }

  /** What bounds a window for it: a script needs longer than an isolation. */
  WindowLimits limits(WindowLimits usual) {
    return STOP_PROCESS.equals(action) ? new WindowLimits(usual.guard(), SCRIPT_TAKES) : usual;
  }

  /** Whether it was made for an emergency. */
  public boolean isEmergency() {
    return Route.Way.BREAK_GLASS.name().equals(route);
  }

  /** What to call what is isolated: the machine, or how many there are and the first of them. */
  public String machines() {
    if (machineCount == 1) {
      return machineName;
    }
    String more = machineCount > NAMED ? " and " + (machineCount - NAMED) + " more" : "";
    return machineCount + " machines: " + machineNames + more;
  }
}
