package io.cordon.gate;

import io.cordon.gate.Standing.Source;
import io.cordon.platform.azure.DirectoryUnavailable;
import io.cordon.platform.azure.EntraPeople;
import io.cordon.platform.azure.EntraPerson;
import io.cordon.platform.people.Person;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks Entra; while it cannot be reached, a token of the last minutes vouches instead. */
final class ApproverDirectoryEntra implements ApproverDirectory {
  private static final Logger LOG = LoggerFactory.getLogger(ApproverDirectoryEntra.class);

  private final EntraPeople people;
  private final GateProperties properties;
  private final Clock clock;
  private final MeterRegistry meters;

  ApproverDirectoryEntra(EntraPeople people, GateProperties properties, Clock clock, MeterRegistry meters) {
    this.people = people;
    this.properties = properties;
    this.clock = clock;
    this.meters = meters;
  }

  @Override
  public Standing standing(Person person, String clinicalService) {
    Standing standing = person.tid().equals(properties.tenantId()) ? ask(person, clinicalService) : vouchedBy(Source.NOBODY, person);
    meters.counter("cordon.approver.lookups", "source", standing.source().name().toLowerCase(Locale.ROOT)).increment();
    return standing;
  }

  private Standing ask(Person person, String clinicalService) {
    String group = properties.clinicalServices().get(clinicalService);
    try {
      return answered(person, people.find(person.oid(), group == null ? Set.of() : Set.of(group)));
    } catch (DirectoryUnavailable e) {
      boolean fresh = isFresh(person.vouchedAt());
      LOG.warn("who may answer could not be looked up in Entra ({}); {}", e.reason(),
          fresh ? "a token younger than " + properties.tokenAge() + " vouches instead" : "the answer is refused");
      return vouchedBy(fresh ? Source.TOKEN : Source.NOBODY, person);
    }
  }

  private static Standing answered(Person asked, Optional<EntraPerson> found) {
    if (found.isEmpty() || !found.get().enabled()) {
      return vouchedBy(Source.NO_ACCOUNT, asked);
    }
    EntraPerson entra = found.get();
    if (entra.guest()) {
      return vouchedBy(Source.GUEST, asked);
    }
    return new Standing(
        new Person(asked.tid(), asked.oid(), entra.displayName(), entra.roles(), entra.groups(), asked.vouchedAt()), Source.DIRECTORY);
  }

  /** The same person; what the token says of roles and groups counts only where the token is what vouches. */
  private static Standing vouchedBy(Source source, Person person) {
    return new Standing(
        source == Source.TOKEN ? person : new Person(person.tid(), person.oid(), person.displayName(), Set.of(), Set.of(), person.vouchedAt()),
        source);
  }

  private boolean isFresh(Instant vouchedAt) {
    return vouchedAt != null && clock.instant().isBefore(vouchedAt.plus(properties.tokenAge()));
  }
}
