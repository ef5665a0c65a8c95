package io.cordon.web.console;

import io.cordon.alerts.CaseBook;
import io.cordon.alerts.CaseView;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What to call the machine of a case: its name, or the case's id while it is not known which machine it is. */
final class Machines {
  private Machines() {}

  static Map<String, String> of(CaseBook cases, Stream<String> caseIds) {
    return caseIds.distinct().collect(Collectors.toMap(id -> id, id -> cases.find(id).map(Machines::name).orElse(id)));
  }

  static String name(CaseView about) {
    return about.machineName() == null || about.machineName().isBlank() ? about.id() : about.machineName();
  }
}
