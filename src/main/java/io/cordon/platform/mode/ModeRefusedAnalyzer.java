package io.cordon.platform.mode;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** A start in a mode that cannot be ends with two sentences, not with a stack trace. */
final class ModeRefusedAnalyzer extends AbstractFailureAnalyzer<ModeRefusedException> {
  @Override
  protected FailureAnalysis analyze(Throwable failure, ModeRefusedException cause) {
    return new FailureAnalysis("Cordon did not start: " + cause.getMessage(), cause.next() + " Nothing was done.", failure);
  }
}
