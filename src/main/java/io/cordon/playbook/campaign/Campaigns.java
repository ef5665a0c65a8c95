package io.cordon.playbook.campaign;

import io.cordon.alerts.CaseBook;
import io.cordon.alerts.CaseView;
import io.cordon.assets.Capability;
import io.cordon.assets.MdeLookupUnavailable;
import io.cordon.evidence.EvidenceEvent;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidenceType;
import io.cordon.gate.ApprovalDesk;
import io.cordon.gate.ApprovalRequest;
import io.cordon.gate.ApprovalRequests;
import io.cordon.gate.Plan;
import io.cordon.gate.Plans;
import io.cordon.platform.database.Again;
import io.cordon.platform.people.Person;
import io.cordon.platform.people.Role;
import io.cordon.playbook.OtherPlan;
import io.cordon.playbook.Playbooks;
import io.cordon.playbook.TaskRefusedException;
import io.cordon.playbook.handlers.AssetProver;
import io.cordon.playbook.handlers.ProvedAsset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Puts several machines into one question for each clinical service, for an attack that is on many of them. Each is proved
 * by exact identity first; one that cannot be refuses the whole, so that nobody takes part of a campaign for all of it.
 */
@Component
public class Campaigns {
  private static final Pattern DEVICE = Pattern.compile("[0-9a-fA-F]{40}");

  private final CaseBook cases;
  private final AssetProver prover;
  private final CampaignTargets targets;
  private final Playbooks playbooks;
  private final ApprovalRequests requests;
  private final ApprovalDesk desk;
  private final Plans plans;
  private final OtherPlan otherPlan;
  private final EvidenceLog evidence;
  private final TransactionTemplate transaction;

  Campaigns(
      CaseBook cases,
      AssetProver prover,
      CampaignTargets targets,
      Playbooks playbooks,
      ApprovalRequests requests,
      ApprovalDesk desk,
      Plans plans,
      OtherPlan otherPlan,
      EvidenceLog evidence,
      TransactionTemplate transaction) {
    this.cases = cases;
    this.prover = prover;
    this.targets = targets;
    this.playbooks = playbooks;
    this.requests = requests;
    this.desk = desk;
    this.plans = plans;
    this.otherPlan = otherPlan;
    this.evidence = evidence;
    this.transaction = transaction;
  }

  /** A machine with its proof, the open case it has of its own, null when none, and its place among those that were named. */
  private record Proved(ProvedAsset asset, String ownCase, int place) {
    CampaignTarget target() {
      return new CampaignTarget(asset.proof().mdeDeviceId(), asset.proof().arcId(), asset.name(), asset.facts().system());
    }
  }

  /**
   * Starts a playbook on a case that waits for triage, about its machine alone when no other is named.
   *
   * @throws TaskRefusedException when it cannot be; nothing was changed then
   */
  public void start(String caseId, String key, List<String> named, Person person) {
    if (named.isEmpty()) {
      playbooks.launch(caseId, key, person);
    } else {
      playbooks.requireKnown(key);
      launch(caseId, named, person);
    }
  }

  /**
   * Asks about the machine of a case that waits for triage and about others. Cases that wait for triage themselves join
   * this one. Whoever launches it, or worked on one of the cases, cannot approve.
   *
   * @param named each a Defender device id (40 hex digits) or the id of an open case; the case's own machine need not be named
   * @throws TaskRefusedException when it cannot be; nothing was changed then
   */
  void launch(String caseId, List<String> named, Person person) {
    playbooks.requireTriage(caseId, person);
    String own = cases.find(caseId).orElseThrow().mdeDeviceId();
    if (own == null) {
      throw new TaskRefusedException("NO_SENSOR");
    }
    List<String> all = new ArrayList<>(List.of(own));
    all.addAll(named);
    List<Proved> proved = prove(caseId, all, 0);
    Again.transaction(transaction, () -> begin(caseId, proved, person));
  }

  /**
   * Changes the machines of a question that waits for its answer: it is voided and asked anew, saying what changed.
   * Whoever changes it cannot approve.
   *
   * @param named all the machines it is to be about, as for {@link #launch}
   * @throws TaskRefusedException when it cannot be; nothing was changed then
   */
  public void change(String approvalId, List<String> named, Person person) {
    ApprovalRequest request = requests.find(approvalId).orElseThrow();
    Plan plan = plans.find(request.planId()).orElseThrow();
    if (!person.has(Role.SOC_ANALYST)) {
      throw new TaskRefusedException("TASK_OF_OTHERS");
    }
    // one of a single approver would need two from now on; it is taken back and launched as a campaign instead
    if (!request.state().isLive() || named.isEmpty() || !"CLINICAL_AND_SECURITY".equals(plan.route())) {
      throw new TaskRefusedException("PLAN_CANNOT_CHANGE");
    }
    List<Proved> proved = prove(request.caseId(), named, 1);
    for (int place = 0; place < proved.size(); place++) {
      if (!plan.clinicalService().equals(proved.get(place).target().clinicalService())) {
        throw new TaskRefusedException("TARGET_OF_OTHER_SERVICE", place + 1);
      }
    }
    Again.transaction(transaction, () -> askAbout(request, plan, proved, person));
  }

  private Plan askAbout(ApprovalRequest request, Plan plan, List<Proved> proved, Person person) {
    if (!desk.planChanges(request.id())) {
      throw new TaskRefusedException("PLAN_CANNOT_CHANGE");
    }
    cases.requestedBy(request.caseId(), person, "CHANGED_PLAN");
    take(request.caseId(), proved, person);
    Plan other = plans.change(plan, PlanTargets.of(proved.stream().map(Proved::target).toList()));
    otherPlan.askAbout(other.id(), request);
    return other;
  }

  /** @param first place of the first of them, as the person counts who named them */
  private List<Proved> prove(String caseId, List<String> named, int first) {
    if (named.size() > Plans.MOST_MACHINES) {
      throw new TaskRefusedException("TARGETS_TOO_MANY");
    }
    List<Proved> proved = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < named.size(); i++) {
      Proved one = prove(caseId, device(named.get(i), first + i), first + i);
      if (seen.add(one.asset().proof().mdeDeviceId())) {
        proved.add(one);
      }
    }
    return proved;
  }

  private String device(String name, int place) {
    if (DEVICE.matcher(name).matches()) {
      return name;
    }
    return cases.find(name)
        .filter(one -> "OPEN".equals(one.state()))
        .map(CaseView::mdeDeviceId)
        .orElseThrow(() -> new TaskRefusedException("TARGET_UNKNOWN", place));
  }

  private Proved prove(String caseId, String device, int place) {
    ProvedAsset asset = find(device, place);
    if (asset == null || asset.proof().stale()) {
      throw new TaskRefusedException("TARGET_UNKNOWN", place);
    }
    if (asset.proof().capability() != Capability.FULL) {
      throw new TaskRefusedException("TARGET_CANNOT_BE_ISOLATED", place);
    }
    if (!"false".equals(asset.facts().neverIsolate())) {
      throw new TaskRefusedException("TARGET_NEVER_ISOLATED", place);
    }
    Optional<String> own = cases.openCaseOfMachine(asset.proof().mdeDeviceId(), asset.proof().arcId()).filter(other -> !other.equals(caseId));
    if (own.isPresent() && !playbooks.waitsForTriage(own.get())) {
      throw new TaskRefusedException("TARGET_HAS_ITS_OWN", place);
    }
    return new Proved(asset, own.orElse(null), place);
  }

  private ProvedAsset find(String device, int place) {
    try {
      return prover.find(List.of("mde:" + device), true).asset();
    } catch (MdeLookupUnavailable e) {
      throw new TaskRefusedException("TARGETS_UNREACHABLE", place);
    }
  }

  private int begin(String caseId, List<Proved> proved, Person person) {
    targets.keep(caseId, proved.stream().map(Proved::target).toList());
    take(caseId, proved, person);
    int services = targets.services(caseId);
    playbooks.answerTriage(caseId, person, Map.of("triageDecision", "CONTAIN_SEVERAL", "services", services));
    return services;
  }

  private void take(String caseId, List<Proved> proved, Person person) {
    for (Proved one : proved) {
      evidence.append(EvidenceEvent.ofCase(EvidenceType.ASSET_RESOLVED, caseId, null, one.asset().asEvidence()));
      if (one.ownCase() != null) {
        // first, while the other case is its own: who worked on it is among those who asked
        playbooks.answerTriage(one.ownCase(), person, Map.of("triageDecision", "JOINED"));
        evidence.append(EvidenceEvent.ofCase(EvidenceType.CASE_MERGED, one.ownCase(), null, Map.of("into", caseId)));
        evidence.append(EvidenceEvent.ofCase(EvidenceType.CASE_MERGED, caseId, null, Map.of("from", one.ownCase())));
      }
      // an alert may have opened one while the others were proved
      if (!cases.alsoAbout(caseId, one.asset().proof().mdeDeviceId(), one.asset().proof().arcId(), one.ownCase())) {
        throw new TaskRefusedException("TARGET_HAS_ITS_OWN", one.place());
      }
    }
  }
}
