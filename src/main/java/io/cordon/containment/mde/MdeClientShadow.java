package io.cordon.containment.mde;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads as Defender would answer had it been sent what was held back. Holding back is not done here but where requests leave. */
final class MdeClientShadow implements MdeClient {
  private final MdeClient mde;
  private final HeldActions held;

  MdeClientShadow(MdeClient mde, HeldActions held) {
    this.mde = mde;
    this.held = held;
  }

  @Override
  public Optional<MdeMachine> machine(String machineId) {
    return mde.machine(machineId);
  }

  @Override
  public MachineAction isolate(String machineId, String comment) {
    return mde.isolate(machineId, comment);
  }

  @Override
  public MachineAction unisolate(String machineId, String comment) {
    return mde.unisolate(machineId, comment);
  }

  @Override
  public MachineAction runScript(String machineId, LibraryScript script, String comment) {
    return mde.runScript(machineId, script, comment);
  }

  @Override
  public Optional<String> scriptSha256(String name) {
    return mde.scriptSha256(name);
  }

  /** Nothing ran, so there is nothing to read: as if the script had done what it was asked to. */
  @Override
  public Optional<Transcript> transcript(String actionId) {
    return actionId.startsWith(HeldActions.PREFIX) ? Optional.of(new Transcript(0, new byte[0])) : mde.transcript(actionId);
  }

  @Override
  public Optional<MachineAction> action(String actionId) {
    return actionId.startsWith(HeldActions.PREFIX) ? held.find(actionId) : mde.action(actionId);
  }

  @Override
  public List<MachineAction> actionsOf(String machineId, Instant since) {
    return Stream.concat(held.of(machineId, since).stream(), mde.actionsOf(machineId, since).stream())
        .sorted(Comparator.comparing(MachineAction::created, Comparator.nullsFirst(Comparator.<Instant>reverseOrder())))
        .toList();
  }

  /** What was held back is not among them: nobody else can see it. */
  @Override
  public ListedActions isolationsSince(Instant since) {
    return mde.isolationsSince(since);
  }

  @Override
  public MachineAction cancel(String actionId, String comment) {
    return mde.cancel(actionId, comment);
  }
}
