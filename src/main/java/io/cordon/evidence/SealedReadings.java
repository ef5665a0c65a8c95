package io.cordon.evidence;

import io.cordon.platform.people.Person;
import io.cordon.platform.people.Role;
import io.cordon.platform.sealed.ReadingLog;
import io.cordon.platform.sealed.ReadingReason;
import io.cordon.platform.sealed.SealedItem;
import java.util.List;
import java.util.Map;

/** Makes every reading of sealed material an entry in the log. */
final class SealedReadings implements ReadingLog {
  private final EvidenceLog log;

  SealedReadings(EvidenceLog log) {
    this.log = log;
  }

  @Override
  public void opens(Person person, Role as, ReadingReason why, SealedItem what) {
    log.append(
        new EvidenceEvent(
            EvidenceType.SEALED_READ,
            what.caseId(),
            new EvidenceActor(person.tid(), person.oid(), as.claim()),
            Map.of("material", what.id().toString(), "reason", why.name()),
            List.of(new EvidenceRef(what.kind(), what.sha256(), true))));
  }
}
