package io.cordon.channels.pagerduty;

import java.util.List;

/** Who is on call for a clinical service. It informs; being on call lets nobody answer. */
public interface OnCalls {
  /** Those on call now, the first to be woken first; empty when it is not known. At most a minute old. */
  List<OnCall> now(String clinicalService);
}
