package io.cordon.playbook.handlers;

import io.cordon.alerts.CaseBook;
import io.cordon.alerts.CaseView;
import io.cordon.alerts.PlaybookStarter;
import io.cordon.assets.ArcInventory;
import io.cordon.assets.ArcMachine;
import io.cordon.evidence.EvidenceEvent;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidenceType;
import io.cordon.playbook.worker.TopicHandler;
import io.cordon.playbook.worker.Work;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Finds the one machine of a case by exact id in Azure Arc; none, several or half a match asks the SOC. */
@Component
class ResolveAssetHandler implements TopicHandler {
  private final CaseBook cases;
  private final ArcInventory inventory;
  private final EvidenceLog evidence;
  private final PlaybookStarter news;
  private final TransactionTemplate transaction;

  ResolveAssetHandler(
      CaseBook cases, ArcInventory inventory, EvidenceLog evidence, PlaybookStarter news, TransactionTemplate transaction) {
    this.cases = cases;
    this.inventory = inventory;
    this.evidence = evidence;
    this.news = news;
    this.transaction = transaction;
  }

  @Override
  public String topic() {
    return "assets.resolve";
  }

  @Override
  public Map<String, Object> handle(Work work) {
    Map<String, ArcMachine> found = new LinkedHashMap<>();
    Object chosen = work.variables().get("assetChoice");
    List<String> names = chosen == null ? cases.aliases(work.caseId()) : List.of("mde:" + chosen);
    names.forEach(name -> lookUp(name).forEach(machine -> found.put(machine.arcId(), machine)));
    if (found.size() != 1) {
      return Map.of("assetOutcome", found.isEmpty() ? "NONE" : "SEVERAL");
    }
    ArcMachine machine = found.values().iterator().next();
    if (machine.mdeDeviceId() == null || inventory.byMdeDeviceId(machine.mdeDeviceId()).size() != 1) {
      return Map.of("assetOutcome", "SEVERAL");
    }
    if (Boolean.TRUE.equals(transaction.execute(status -> record(work.caseId(), machine)))) {
      return Map.of("assetOutcome", "MERGED");
    }
    CaseView view = cases.find(work.caseId()).orElseThrow();
    Map<String, Object> variables = new LinkedHashMap<>(PolicyInputs.of(machine.tags(), view.severity()).asVariables());
    variables.put("assetOutcome", "RESOLVED");
    return variables;
  }

  private List<ArcMachine> lookUp(String alias) {
    String id = alias.substring(4);
    return alias.startsWith("mde:") ? inventory.byMdeDeviceId(id) : inventory.byArcId(id);
  }

  /** Records the machine; returns whether another open case has it already, into which this one went. */
  private boolean record(String caseId, ArcMachine machine) {
    CaseView view = cases.find(caseId).orElseThrow();
    if (view.mergedInto() != null) {
      return true;
    }
    evidence.append(
        EvidenceEvent.ofCase(
            EvidenceType.ASSET_RESOLVED, caseId, null, Map.of("mde", machine.mdeDeviceId(), "arc", machine.arcId(), "by", "EXACT_ID")));
    String system = PolicyInputs.of(machine.tags(), "UNKNOWN").system();
    Optional<CaseBook.Merged> merged = cases.machineKnown(caseId, machine.name(), machine.mdeDeviceId(), machine.arcId(), system, news::works);
    merged.ifPresent(other -> {
      evidence.append(EvidenceEvent.ofCase(EvidenceType.CASE_MERGED, caseId, null, Map.of("into", other.into())));
      evidence.append(EvidenceEvent.ofCase(EvidenceType.CASE_MERGED, other.into(), null, Map.of("from", caseId)));
      if (other.graver()) {
        news.graver(other.into());
      }
    });
    return merged.isPresent();
  }
}
