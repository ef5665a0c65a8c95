package io.cordon.gate.explorer;

import static io.cordon.gate.explorer.GateWorld.CASE;
import static io.cordon.gate.explorer.GateWorld.CLOSES;
import static io.cordon.gate.explorer.GateWorld.OPENS;
import static io.cordon.gate.explorer.GateWorld.person;

import io.cordon.containment.mde.MdeAmbiguous;
import io.cordon.containment.mde.MdeThrottled;
import io.cordon.gate.LastAnswer;
import io.cordon.gate.Verdict;
import io.cordon.platform.people.Person;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.dao.DuplicateKeyException;

/** Whatever can happen at the gate; another thing that can happen is another line. */
final class GateEvents {
  static final Person FIRST = person("clin.first", "Clinical.Approver", "group-pacs");
  static final Person SECOND = person("clin.second", "Clinical.Approver", "group-pacs");
  static final Person REQUESTER = person("soc.clin", "Clinical.Approver", "group-pacs");
  static final Person OTHER_SERVICE = person("clin.ehr", "Clinical.Approver", "group-ehr");
  static final Person LEAD = person("sec.lead", "Security.Lead");
  static final Person EXECUTIVE = person("clin.exec", "Clinical.Executive");
  static final Person SOC = person("soc.one", "Soc.Analyst");

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration LONGER = Duration.ofMinutes(90);

  /** Something that happens; it may fail as anything may. */
  record Event(String name, Consumer<GateWorld> deed) {}

  /** What happens on a usual night, in every order. */
  static final List<Event> USUAL =
      List.of(
          new Event("approves", w -> w.answer(FIRST, Verdict.APPROVE, HOUR)),
          new Event("another approves a longer window", w -> w.answerAfterAnother(SECOND, Verdict.APPROVE, LONGER)),
          new Event("answers again on the first page", w -> w.answerOnTheFirstPage(FIRST, Verdict.APPROVE, LONGER)),
          new Event("security approves", w -> w.answer(LEAD, Verdict.APPROVE, HOUR)),
          new Event("the executive approves", w -> w.answer(EXECUTIVE, Verdict.APPROVE, HOUR)),
          new Event("another holds", w -> w.answer(SECOND, Verdict.HOLD, HOUR)),
          new Event("rejects", w -> w.answer(FIRST, Verdict.REJECT, HOUR)),
          new Event("nobody answers", GateWorld::nobodyAnswers),
          new Event("the SOC withdraws", w -> w.withdraw(SOC, "FALSE_ALARM")),
          new Event("the plan changes", GateWorld::ask),
          new Event("the window opens", w -> w.comes(OPENS)),
          new Event("the window closes", w -> w.comes(CLOSES)),
          new Event("a playbook wants to act, and it is signed", w -> w.fails(DuplicateKeyException.class, () -> w.intend(false), w::sign)),
          new Event("is sent", GateWorld::send),
          new Event("the node dies before Defender is reached", w -> sending(w, false, GateOnly.Death::new)),
          new Event("the node dies when Defender has taken it", w -> sending(w, true, GateOnly.Death::new)),
          new Event("is read back a minute later", GateWorld::readBack),
          new Event("a node may send and falls asleep", GateWorld::fallAsleep),
          new Event("the sleeping node goes on", GateWorld::wakeUp),
          new Event("the clinical feed says otherwise", w -> w.feed.busy = !w.feed.busy),
          new Event("a playbook looks again", GateWorld::lookAgain),
          new Event("says to go on", w -> w.answerLast(LastAnswer.Answer.PROCEED, FIRST)),
          new Event("says to stop", w -> w.answerLast(LastAnswer.Answer.STOP, FIRST)),
          new Event("nobody answers the last question", GateWorld::nobodyAnswersLast));

  /** What else can happen; not as deep. */
  static final List<Event> UNUSUAL =
      List.of(
          new Event("the requester approves", w -> w.answer(REQUESTER, Verdict.APPROVE, HOUR)),
          new Event("an approver of another service approves", w -> w.answer(OTHER_SERVICE, Verdict.APPROVE, HOUR)),
          new Event("approves, and the node dies before the commit", w -> dying(w, () -> w.answer(FIRST, Verdict.APPROVE, HOUR))),
          new Event("the SOC withdraws, and the node dies before the commit", w -> dying(w, () -> w.withdraw(SOC, "FALSE_ALARM"))),
          new Event("the alerts turn out false", w -> w.transaction.executeWithoutResult(status -> w.withdrawal.withdrawAsFalse(CASE))),
          new Event("the deadline's timer fires early", w -> w.fails(IllegalStateException.class, () -> w.ifThereIs(w.newest(), w::expire))),
          new Event("the case becomes graver", w -> w.transaction.executeWithoutResult(status -> w.desk.supersede(CASE))),
          new Event("a playbook wants to act, unsigned", w -> w.fails(DuplicateKeyException.class, () -> w.intend(false))),
          new Event("a playbook wants to act by another case's plan", w -> w.fails(IllegalArgumentException.class, () -> w.intend(true))),
          new Event("the answer of Defender is lost", w -> sending(w, true, () -> new MdeAmbiguous("isolate", null))),
          new Event("Defender asks to come later", w -> sending(w, false, () -> new MdeThrottled("isolate", Duration.ofSeconds(5)))),
          new Event("is polled", w -> w.follow("mde.poll")),
          new Event("is cancelled", w -> w.follow("mde.cancel")),
          new Event("the window is about to open", w -> w.comes(OPENS.minusSeconds(1))),
          new Event("the guard is reached", w -> w.comes(CLOSES.minus(Duration.ofMinutes(2)))));

  private GateEvents() {}

  private static void dying(GateWorld world, Runnable deed) {
    world.playbooks.die = true;
    deed.run();
  }

  private static void sending(GateWorld world, boolean taken, java.util.function.Supplier<RuntimeException> how) {
    world.outside.isolateFails = how;
    world.outside.takenThoughItFails = taken;
    world.send();
  }
}
