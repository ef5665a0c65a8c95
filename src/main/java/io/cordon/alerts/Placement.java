package io.cordon.alerts;

import io.cordon.alerts.IntakeResult.Disposition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Where an alert belongs. Pure; what it goes by is locked.
 *
 * @param caseId null when a case is to be opened
 * @param joins the case that works on the machine and takes the alert; null when there is none or it is over
 * @param known whether the detection is in the case already, so that its tactics are no new ones
 * @param over cases that are open and no longer work on their machine, which thereby becomes free for another case
 */
record Placement(Disposition disposition, String caseId, LockedCase joins, boolean known, List<String> over) {
  static Placement of(IncomingAlert alert, KnownAlert found, Map<String, LockedCase> cases) {
    if (found.same()) {
      return new Placement(Disposition.DUPLICATE, found.known(), null, true, List.of());
    }
    List<String> over = new ArrayList<>();
    if (found.known() != null) {
      LockedCase known = cases.get(found.known());
      if (takesMore(known, over) || !isWorseThanWasDealtWith(alert, known)) {
        Disposition disposition = found.own() != null ? Disposition.UPDATED : Disposition.JOINED;
        return new Placement(disposition, known.id(), known.works() ? known : null, true, over);
      }
    }
    if (found.home() != null && takesMore(cases.get(found.home()), over)) {
      return new Placement(Disposition.JOINED, found.home(), cases.get(found.home()), false, over);
    }
    return new Placement(Disposition.OPENED, null, null, false, over);
  }

  private static boolean takesMore(LockedCase one, List<String> over) {
    if (one.open() && !one.works()) {
      over.add(one.id());
    }
    return one.works();
  }

  /** News about an alert whose case is over opens a new one only if it is worse than that was. */
  private static boolean isWorseThanWasDealtWith(IncomingAlert alert, LockedCase one) {
    return !alert.falsePositive() && Severity.isGraver(alert.severity(), one.severity());
  }

  /** Whether only the alert itself is to be written down: no case changes and no playbook hears of it. */
  boolean isQuiet(IncomingAlert alert, KnownAlert found) {
    if (disposition == Disposition.DUPLICATE) {
      return true;
    }
    boolean changesTheCase = joins != null && (joins.learnsFrom(alert) || !joins.machineKnown() && found.named() < alert.aliases().size());
    return caseId != null && over.isEmpty() && !alert.falsePositive() && !changesTheCase;
  }
}
