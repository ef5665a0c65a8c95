package io.cordon.gate.rules;

import io.cordon.evidence.EvidenceActor;
import io.cordon.evidence.EvidenceEvent;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidenceType;
import io.cordon.evidence.Sha256;
import io.cordon.gate.rules.RuleOutcome.Refusal;
import io.cordon.platform.people.Person;
import io.cordon.platform.people.Role;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes and ends standing rules. A platform administrator proposes one; it is live once everybody it names as approver has
 * agreed, the proposer not among them; it ends when it expires or one person withdraws it. Every step is evidence.
 */
public class StandingRules {
  private static final int LARGEST = 64 << 10;
  private static final Duration LONGEST = Duration.ofDays(366);
  private static final Role[] MAY_AGREE = {Role.PLATFORM_ADMIN, Role.CLINICAL_EXECUTIVE, Role.SECURITY_LEAD};

  private final RuleBook book;
  private final EvidenceLog evidence;
  private final Clock clock;
  private final TransactionTemplate transaction;

  StandingRules(RuleBook book, EvidenceLog evidence, Clock clock, TransactionTemplate transaction) {
    this.book = book;
    this.evidence = evidence;
    this.clock = clock;
    this.transaction = transaction;
  }

  /**
   * Takes a new rule, or a change of one, which replaces the live version when it is live itself.
   *
   * @throws RuleUnusable when it cannot be used
   */
  public RuleVersion propose(byte[] file, Person person) {
    if (file.length > LARGEST) {
      throw new RuleUnusable("rule", "takes at most 64 KiB");
    }
    StandingRule rule = RuleFile.read(file);
    boolean inTime = rule.expires().isAfter(clock.instant()) && rule.expires().isBefore(clock.instant().plus(LONGEST));
    if (!inTime) {
      throw new RuleUnusable("expires", "takes a time within the next year");
    }
    if (rule.approvers().contains(person.oid())) {
      throw new RuleUnusable("approvers", "takes other people than the one who proposes the rule");
    }
    return transaction.execute(status -> {
      book.lock();
      int version = book.nextVersion(rule.id());
      book.propose(rule, version, Sha256.of(RuleFile.write(rule)), person);
      RuleVersion proposed = book.find(rule.id(), version).orElseThrow();
      changed("PROPOSED", proposed, person);
      return proposed;
    });
  }

  /** Takes the agreement of one of the approvers a rule names; empty for no such version. */
  public Optional<RuleOutcome> agree(String id, int version, Person person) {
    return transaction.execute(status -> {
      book.lock();
      return book.find(id, version).map(proposed -> agree(proposed, person));
    });
  }

  private RuleOutcome agree(RuleVersion proposed, Person person) {
    Optional<Refusal> refusal = objection(proposed, person);
    if (refusal.isPresent()) {
      evidence.append(
          EvidenceEvent.ofCase(
              EvidenceType.DECISION_REFUSED, null, actor(person), Map.of("what", "STANDING_RULE", "change", named(proposed), "refusal", refusal.get().name())));
      return refusal.get().outcome();
    }
    book.agree(proposed, person);
    RuleVersion now = book.find(proposed.rule().id(), proposed.version()).orElseThrow();
    if (!now.agreed().containsAll(now.rule().approvers())) {
      changed("AGREED", now, person);
      return RuleOutcome.AGREED;
    }
    book.bringToLife(now);
    changed("LIVE", now, person);
    return RuleOutcome.LIVE;
  }

  private Optional<Refusal> objection(RuleVersion proposed, Person person) {
    boolean sameTenant = person.tid().equals(proposed.proposedTid());
    boolean newer = book.live(proposed.rule().id()).filter(live -> live.version() > proposed.version()).isPresent();
    return Stream.of(
            refuseIf(Stream.of(MAY_AGREE).noneMatch(person::has), Refusal.ROLE_MISSING),
            refuseIf(!"PROPOSED".equals(proposed.state()), Refusal.ALREADY_DECIDED),
            refuseIf(sameTenant && person.oid().equals(proposed.proposedBy()), Refusal.SAME_PERSON),
            refuseIf(!sameTenant || !proposed.rule().approvers().contains(person.oid()), Refusal.NOT_AN_APPROVER),
            refuseIf(newer, Refusal.STALE_VERSION),
            refuseIf(!clock.instant().isBefore(proposed.rule().expires()), Refusal.EXPIRED))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<Refusal> refuseIf(boolean wrong, Refusal refusal) {
    return wrong ? Optional.of(refusal) : Optional.empty();
  }

  /** Takes a proposed version away, or ends the live one; one person is enough, since people are asked from then on. */
  public Optional<RuleOutcome> end(String id, int version, Person person) {
    return transaction.execute(status -> {
      book.lock();
      return book.find(id, version).map(found -> end(found, person));
    });
  }

  private RuleOutcome end(RuleVersion found, Person person) {
    if (Stream.of(MAY_AGREE).noneMatch(person::has)) {
      return Refusal.ROLE_MISSING.outcome();
    }
    boolean live = "LIVE".equals(found.state());
    if (!live && !"PROPOSED".equals(found.state())) {
      return Refusal.ALREADY_DECIDED.outcome();
    }
    String state = live ? "WITHDRAWN" : "REJECTED";
    book.end(found, state);
    changed(state, found, person);
    return live ? RuleOutcome.WITHDRAWN : RuleOutcome.REJECTED;
  }

  /** The rules that are live or wait, by their names. */
  public List<RuleVersion> current() {
    return book.current();
  }

  /** The live rules for this action that have not expired. */
  public List<RuleVersion> liveFor(String action) {
    return book.liveFor(action);
  }

  private void changed(String deed, RuleVersion version, Person person) {
    Map<String, Object> data = new HashMap<>(Map.of("what", "STANDING_RULE", "deed", deed, "change", named(version), "sha256", version.sha256()));
    data.put("rule", version.rule().id());
    data.put("version", String.valueOf(version.version()));
    data.put("owner", version.rule().owner());
    data.put("expires", version.rule().expires().toString());
    data.put("proposedBy", version.proposedBy());
    if ("LIVE".equals(deed)) {
      data.put("approvedBy", String.join(",", version.agreed().stream().sorted().toList()));
    }
    evidence.append(EvidenceEvent.ofCase(EvidenceType.CONFIG_CHANGED, null, actor(person), data));
  }

  private static String named(RuleVersion version) {
    return version.rule().id() + "/" + version.version();
  }

  private static EvidenceActor actor(Person person) {
    Role role = Stream.of(MAY_AGREE).filter(person::has).findFirst().orElse(Role.AUDITOR);
    return new EvidenceActor(person.tid(), person.oid(), person.has(role) ? role.claim() : "NONE");
  }
}
