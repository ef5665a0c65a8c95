package io.cordon.evidence.anchors;

import io.cordon.evidence.EvidenceType;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the newest checkpoint in every store: at once after a grant, an intent or a result, else as often as the settings
 * say. Off the way of everything else: a store that is away delays nothing, but is seen.
 */
public class Anchoring {
  private static final Logger LOG = LoggerFactory.getLogger(Anchoring.class);
  private static final Set<EvidenceType> URGENT = EnumSet.of(
      EvidenceType.APPROVAL_GRANTED, EvidenceType.BREAK_GLASS, EvidenceType.ACTION_INTENT, EvidenceType.ACTION_RESULT,
      EvidenceType.ACTION_UNRESOLVED, EvidenceType.ACTION_CANCELLED, EvidenceType.ACTION_DEVIATION, EvidenceType.ACTION_FOUND_LATE, EvidenceType.RELEASE_INTENT,
      EvidenceType.RELEASE_RESULT, EvidenceType.KEY_ROTATED, EvidenceType.MATERIAL_PURGED);

  private final AnchorBook book;
  private final List<AnchorStore> stores;
  private final AnchorsProperties settings;
  private final Clock clock;
  private final MeterRegistry meters;

  Anchoring(AnchorBook book, List<AnchorStore> stores, AnchorsProperties settings, Clock clock, MeterRegistry meters) {
    this.book = book;
    this.stores = List.copyOf(stores);
    this.settings = settings;
    this.clock = clock;
    this.meters = meters;
    stores.forEach(store -> TimeGauge
        .builder("cordon.evidence.anchor.lag", () -> lag(store).toMillis() / 1000.0, TimeUnit.SECONDS)
        .tag("store", store.name()).register(meters));
  }

  /** Keeps what is due; a store that fails does not keep the others from it. */
  void keepWhatIsDue() {
    book.newest().ifPresent(newest -> stores.forEach(store -> keepIfDue(store, newest)));
  }

  private void keepIfDue(AnchorStore store, AnchorBook.Signed newest) {
    AnchorBook.Kept kept = book.kept(store.name());
    Instant now = clock.instant();
    boolean due = !now.isBefore(kept.at().plus(settings.every()));
    if (newest.size() <= kept.size() || !due && !book.has(URGENT, kept.size(), newest.size())) {
      return;
    }
    try {
      store.keep(String.format("checkpoint-%015d.txt", newest.size()), newest.note().getBytes(StandardCharsets.UTF_8));
      book.keep(store.name(), newest.size(), now);
      meters.counter("cordon.evidence.anchors", "store", store.name()).increment();
    } catch (AnchorFailed e) {
      meters.counter("cordon.evidence.anchor.failures", "store", store.name(), "code", e.code()).increment();
      LOG.warn("{} does not keep the checkpoint of {} entries: {}; trying again", store.name(), newest.size(), e.code());
    }
  }

  /** For how long the oldest checkpoint that this store does not keep has been signed; zero when it keeps the newest. */
  private Duration lag(AnchorStore store) {
    return book.firstAfter(book.kept(store.name()).size()).map(at -> Duration.between(at, clock.instant())).orElse(Duration.ZERO);
  }

  /** Names of the stores that are behind by more than the settings allow. */
  List<String> late() {
    return stores.stream().filter(store -> lag(store).compareTo(settings.lateAfter()) > 0).map(AnchorStore::name).toList();
  }

  /** Every store and what it keeps, in the order of the settings. */
  public List<AnchorState> states() {
    return stores.stream().map(store -> {
      AnchorBook.Kept kept = book.kept(store.name());
      return new AnchorState(store.name(), kept.size(), kept.size() == 0 ? null : kept.at(), lag(store).compareTo(settings.lateAfter()) > 0);
    }).toList();
  }

  /** How many stores there are. */
  int stores() {
    return stores.size();
  }
}
