package io.cordon.playbook;

import io.cordon.alerts.CaseBook;
import io.cordon.channels.CaseSeverity;
import org.springframework.stereotype.Component;

/** Tells the channels how grave a case is. */
@Component
class CaseSeverities implements CaseSeverity {
  private final CaseBook cases;

  CaseSeverities(CaseBook cases) {
    this.cases = cases;
  }

  @Override
  public String of(String caseId) {
    return cases.find(caseId).orElseThrow().severity();
  }
}
