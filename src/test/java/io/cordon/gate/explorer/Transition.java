package io.cordon.gate.explorer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordon.containment.mde.MachineAction;
import io.cordon.gate.DecisionOutcome;
import java.time.Instant;
import java.util.List;

/**
 * One event and what it did, as rows and as Defender saw it.
 *
 * @param now when it happened
 * @param calls how many isolations Defender was asked for in it
 * @param taken every isolation Defender ever took
 * @param said what the gate answered, null when it was not asked
 * @param changed whether the state is another one
 */
record Transition(
    String event, ObjectNode before, ObjectNode after, Instant now, long calls, List<MachineAction> taken, DecisionOutcome said, boolean changed) {}
