package io.cordon.containment;

import io.cordon.containment.mde.LibraryScript;
import io.cordon.containment.mde.MachineAction;
import io.cordon.containment.mde.MdeClient;
import io.cordon.containment.mde.MdeException;
import io.cordon.containment.mde.Transcript;
import io.cordon.gate.ExecutionPermit;
import io.cordon.gate.StopOrder;
import java.util.Optional;
import java.util.Set;

/**
 * Stops one process through a live response session. The script is run only while its hash in the library is the one that was
 * reviewed and approved; what became of the process is read from its exit code alone.
 */
public class ProcessStops {
  private static final Set<Integer> GONE = Set.of(0, 10);

  private final Containment containment;
  private final MdeClient mde;
  private final StopResults results;
  private final StopSettings settings;

  ProcessStops(Containment containment, MdeClient mde, StopResults results, StopSettings settings) {
    this.containment = containment;
    this.mde = mde;
    this.results = results;
    this.settings = settings;
  }

  /**
   * Runs the script for this process. Refused when the library holds another script than the approved one: nothing was sent.
   *
   * @throws NotTakenException when it may simply be sent again
   */
  public SendResult stop(ExecutionPermit permit, StopOrder order) {
    try {
      return containment.send(permit, (machine, comment) -> run(machine, comment, order), "stop-process");
    } catch (AnotherScript e) {
      return SendResult.refused(SendResult.SCRIPT_DIFFERS);
    }
  }

  /** The library, or the setting, holds another script than the approved one. */
  private static final class AnotherScript extends RuntimeException {}

  private MachineAction run(String machine, String comment, StopOrder order) {
    boolean agreed = order.scriptSha256().equals(settings.scriptSha256());
    if (!agreed || !mde.scriptSha256(order.script()).filter(order.scriptSha256()::equals).isPresent()) {
      throw new AnotherScript();
    }
    return mde.runScript(machine, new LibraryScript(order.script(), arguments(order)), comment);
  }

  private String arguments(StopOrder order) {
    String arguments = "--pid " + order.pid() + " --start " + order.started().getEpochSecond() + " --sha256 " + order.sha256();
    return settings.protectedNames().isEmpty() ? arguments : arguments + " --protect " + String.join(",", settings.protectedNames());
  }

  /** Whether nothing of anybody is open on this machine, neither a session nor an isolation. */
  public boolean isFree(String machine) {
    return containment.openOn(machine).findAny().isEmpty();
  }

  /**
   * Cancels a session. CANCELLED only when it had not begun a moment before: what runs may end on the host all the same (contract
   * mde, sections 3.1 and 11). Otherwise what became of the process, or empty when Defender does not know the session.
   */
  public Optional<String> cancel(String caseId, String permitId, String actionId) {
    boolean waited = isWaiting(actionId);
    return containment.cancel(actionId, permitId)
        .map(action -> waited && MachineAction.CANCELLED.equals(action.status()) ? "CANCELLED" : outcome(caseId, permitId, action));
  }

  /** No when Defender does not say: a cancel does not wait for that. */
  private boolean isWaiting(String actionId) {
    try {
      return mde.action(actionId).filter(action -> MachineAction.PENDING.equals(action.status())).isPresent();
    } catch (MdeException e) {
      return false;
    }
  }

  /**
   * What became of the process, as far as it is known: SUCCEEDED, FAILED, UNKNOWN when the session ended without a transcript,
   * PENDING. A transcript is sealed.
   */
  public String outcome(String caseId, String permitId, MachineAction action) {
    return switch (action.status()) {
      case MachineAction.SUCCEEDED -> read(caseId, permitId, action).map(code -> GONE.contains(code) ? "SUCCEEDED" : "FAILED").orElse("PENDING");
      // it may have run to the kill and no further, or on after it was cancelled
      case MachineAction.FAILED, MachineAction.TIME_OUT, MachineAction.CANCELLED -> "UNKNOWN";
      default -> "PENDING";
    };
  }

  private Optional<Integer> read(String caseId, String permitId, MachineAction action) {
    Optional<StopResults.Result> known = results.find(permitId);
    if (known.isPresent()) {
      return known.map(StopResults.Result::exitCode);
    }
    Optional<Transcript> transcript = mde.transcript(action.id());
    transcript.ifPresent(left -> results.keep(caseId, permitId, left));
    return transcript.map(Transcript::exitCode);
  }
}
