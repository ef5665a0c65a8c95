package io.cordon.playbook.handlers;

import io.cordon.alerts.CaseBook;
import io.cordon.alerts.CaseView;
import io.cordon.alerts.PlaybookStarter;
import io.cordon.assets.AssetProofs;
import io.cordon.assets.Capability;
import io.cordon.assets.MdeLookupUnavailable;
import io.cordon.assets.register.EffectiveFacts;
import io.cordon.evidence.EvidenceEvent;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidenceType;
import io.cordon.playbook.PlaybookTasks;
import io.cordon.playbook.worker.RetryLaterException;
import io.cordon.playbook.worker.TopicHandler;
import io.cordon.playbook.worker.Work;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Finds the one machine of a case by exact id in Arc and in Defender; none, several or half a match asks the SOC. */
@Component
class ResolveAssetHandler implements TopicHandler {
  private final CaseBook cases;
  private final AssetProver prover;
  private final AssetProofs proofs;
  private final EvidenceLog evidence;
  private final PlaybookStarter news;
  private final TransactionTemplate transaction;

  ResolveAssetHandler(
      CaseBook cases, AssetProver prover, AssetProofs proofs, EvidenceLog evidence, PlaybookStarter news, TransactionTemplate transaction) {
    this.cases = cases;
    this.prover = prover;
    this.proofs = proofs;
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
    Object chosen = work.variables().get("assetChoice");
    if (chosen != null && chosen.toString().matches(PlaybookTasks.UNIX_HOST)) {
      return unixHost(work.caseId(), chosen.toString());
    }
    List<String> names = chosen == null ? cases.aliases(work.caseId()) : List.of("mde:" + chosen);
    Optional<AssetProver.Found> found = find(work, names, chosen != null);
    ProvedAsset asset = found.map(AssetProver.Found::asset).orElse(null);
    if (asset == null) {
      return notFound(work.caseId(), found.map(answer -> answer.outcome().name()).orElse("UNREACHABLE"));
    }
    if (asset.proof().stale() && !work.lastTry()) {
      throw new IllegalStateException("what is known about the machine is too old, and could not be read again");
    }
    if (Boolean.TRUE.equals(transaction.execute(status -> record(work.caseId(), asset)))) {
      return Map.of("assetOutcome", "MERGED");
    }
    CaseView view = cases.find(work.caseId()).orElseThrow();
    Map<String, Object> variables = new PolicyInputs(asset.facts(), asset.proof().capability(), view.severity(), view.detector()).asVariables();
    variables.put("assetOutcome", "RESOLVED");
    return variables;
  }

  /** Empty when Azure or Defender could not be reached to the last; then a person is asked, who can read elsewhere. */
  private Optional<AssetProver.Found> find(Work work, List<String> names, boolean chosen) {
    try {
      return Optional.of(prover.find(names, chosen));
    } catch (MdeLookupUnavailable e) {
      Optional<Duration> asked = e.retryAfter();
      if (asked.isPresent()) {
        throw new RetryLaterException(asked.get());
      }
      return byTheLastTry(work, e);
    } catch (RuntimeException e) {
      return byTheLastTry(work, e);
    }
  }

  private static Optional<AssetProver.Found> byTheLastTry(Work work, RuntimeException failure) {
    if (work.lastTry()) {
      return Optional.empty();
    }
    throw failure;
  }

  /** A host that neither Defender nor Arc knows: its name is the word of whoever named it, and all else about it is unknown. */
  private Map<String, Object> unixHost(String caseId, String named) {
    transaction.executeWithoutResult(status -> {
      evidence.append(
          EvidenceEvent.ofCase(
              EvidenceType.ASSET_RESOLVED, caseId, null,
              Map.of("outcome", "UNIX_HOST", "by", "SOC_CHOICE", "capability", Capability.SYSLOG_ONLY.name())));
      cases.hostNamed(caseId, named.substring("unix:".length()));
    });
    CaseView view = cases.find(caseId).orElseThrow();
    Map<String, Object> variables = new PolicyInputs(EffectiveFacts.UNKNOWN, Capability.SYSLOG_ONLY, view.severity(), view.detector()).asVariables();
    variables.put("assetOutcome", "RESOLVED");
    return variables;
  }

  private Map<String, Object> notFound(String caseId, String outcome) {
    evidence.append(EvidenceEvent.ofCase(EvidenceType.ASSET_RESOLVED, caseId, null, Map.of("outcome", outcome)));
    return Map.of("assetOutcome", outcome);
  }

  /** Records the machine; returns whether another open case has it already, into which this one went. */
  private boolean record(String caseId, ProvedAsset asset) {
    CaseView view = cases.find(caseId).orElseThrow();
    if (view.mergedInto() != null) {
      return true;
    }
    evidence.append(EvidenceEvent.ofCase(EvidenceType.ASSET_RESOLVED, caseId, null, asset.asEvidence()));
    proofs.keep(caseId, asset.proof());
    Optional<CaseBook.Merged> merged =
        cases.machineKnown(caseId, asset.name(), asset.proof().mdeDeviceId(), asset.proof().arcId(), asset.facts().system(), news::working);
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
