package io.cordon.playbook.handlers;

import io.cordon.alerts.CaseBook;
import io.cordon.alerts.CaseView;
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
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Finds the one machine of a case by exact id in Azure Arc; none, several or half a match asks the SOC. */
@Component
class ResolveAssetHandler implements TopicHandler {
  private final CaseBook cases;
  private final ArcInventory inventory;
  private final EvidenceLog evidence;
  private final TransactionTemplate transaction;

  ResolveAssetHandler(CaseBook cases, ArcInventory inventory, EvidenceLog evidence, TransactionTemplate transaction) {
    this.cases = cases;
    this.inventory = inventory;
    this.evidence = evidence;
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
    transaction.executeWithoutResult(status -> record(work.caseId(), machine));
    CaseView view = cases.find(work.caseId()).orElseThrow();
    Map<String, Object> variables = new LinkedHashMap<>(PolicyInputs.of(machine.tags(), view.severity()).asVariables());
    variables.put("assetOutcome", "RESOLVED");
    return variables;
  }

  private List<ArcMachine> lookUp(String alias) {
    String id = alias.substring(4);
    return alias.startsWith("mde:") ? inventory.byMdeDeviceId(id) : inventory.byArcId(id);
  }

  private void record(String caseId, ArcMachine machine) {
    String system = PolicyInputs.of(machine.tags(), "UNKNOWN").system();
    cases.machineKnown(caseId, machine.name(), machine.mdeDeviceId(), machine.arcId(), system);
    evidence.append(
        new EvidenceEvent(
            EvidenceType.ASSET_RESOLVED,
            caseId,
            null,
            Map.of("mde", machine.mdeDeviceId(), "arc", machine.arcId(), "by", "EXACT_ID"),
            List.of()));
  }
}
