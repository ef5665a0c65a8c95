package io.cordon.playbook;

import io.cordon.alerts.CaseBook;
import io.cordon.channels.CaseOrigin;
import org.springframework.stereotype.Component;

/** Tells the channels what a case began with. */
@Component
class CaseOrigins implements CaseOrigin {
  private final CaseBook cases;

  CaseOrigins(CaseBook cases) {
    this.cases = cases;
  }

  @Override
  public String detectorOf(String caseId) {
    return cases.find(caseId).orElseThrow().detector();
  }
}
