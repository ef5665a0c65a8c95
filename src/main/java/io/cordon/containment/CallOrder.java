package io.cordon.containment;

import java.util.List;

/** Whose machines are isolated first when Defender takes fewer calls than there are approvals. */
public record CallOrder(List<String> mostCriticalFirst) {
  public CallOrder {
    mostCriticalFirst = List.copyOf(mostCriticalFirst);
  }

  /** The rank of a clinical service for {@link CallBudget#take}; a service that nobody put in order comes last. */
  public int rank(String clinicalService) {
    int place = mostCriticalFirst.indexOf(clinicalService);
    return CallBudget.FIRST + 1 + (place < 0 ? mostCriticalFirst.size() : place);
  }
}
