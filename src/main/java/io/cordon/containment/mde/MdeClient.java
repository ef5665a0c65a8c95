package io.cordon.containment.mde;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The calls we make to MDE, each sent at most once. Contract mde, sections 2 to 5, 7 and 10. Every method may throw
 * {@link MdeRefused}, {@link MdeThrottled} or {@link MdeUnavailable}; after these nothing was accepted. Those that change
 * something may also throw {@link MdeAmbiguous}: read {@link #actionsOf} before sending again.
 *
 * <p>Comments come from {@link ActionComment}.
 */
public interface MdeClient {

  /**
   * The machine as it is in the moment of acting. Beside {@code assets.MdeMachines}, which proves what a host is when a case
   * opens and whose answer is remembered: here a failure decides whether and when the action is tried again.
   */
  Optional<MdeMachine> machine(String machineId);

  /** Asks for full isolation, the only kind Linux has. The answer is an acceptance, and possibly of an older action. */
  MachineAction isolate(String machineId, String comment);

  MachineAction unisolate(String machineId, String comment);

  /** Asks for a live response session that runs one library script; one session a machine at a time. */
  MachineAction runScript(String machineId, LibraryScript script, String comment);

  /** The sha256 of a library script as lower-case hex, empty when the library has none of this name. */
  Optional<String> scriptSha256(String name);

  /** What the script of a finished session left behind, empty while there is nothing. */
  Optional<Transcript> transcript(String actionId);

  Optional<MachineAction> action(String actionId);

  /** Every action on this machine created at or after {@code since}, newest first; complete, or it throws. */
  List<MachineAction> actionsOf(String machineId, Instant since);

  /**
   * Every isolation and release of any machine created at or after {@code since}; every page, or it throws. One row that cannot
   * be read must not hide all the others: it is counted.
   */
  ListedActions isolationsSince(Instant since);

  /** Asks to cancel; an action already final is refused. */
  MachineAction cancel(String actionId, String comment);
}
