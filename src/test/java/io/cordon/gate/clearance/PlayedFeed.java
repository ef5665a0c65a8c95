package io.cordon.gate.clearance;

import io.cordon.evidence.EvidenceLog;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A clinical feed that says what it is told: its count is either of somebody or of nobody, and it is alive. */
public final class PlayedFeed implements FhirCounts {
  /** Whether somebody is treated at the machine's place. */
  public boolean busy;

  @Override
  public long count(CountSearch search) {
    boolean isAlive = search.parameters().get(0).getKey().equals("_lastUpdated");
    return isAlive || busy ? 1 : 0;
  }

  /** The real clearance with this feed behind. */
  public ClinicalClearance clearance(BeanFactory beans) {
    return new ClinicalClearance(
        beans.getBean(ClearanceBook.class),
        Optional.of(new ClinicalFeed(this, List.of(CountSearch.Kind.ENCOUNTER))),
        new FeedPlace("https://fhir.example", List.of("fhir-01")),
        beans.getBean(EvidenceLog.class),
        beans.getBean(MeterRegistry.class),
        beans.getBean(Clock.class),
        new TransactionTemplate(beans.getBean(PlatformTransactionManager.class)));
  }
}
