package io.cordon.channels;

/** How grave a case is; a port, since channels know no cases. */
public interface CaseSeverity {
  /** The severity as Sentinel names it: High, Medium, Low or Informational. */
  String of(String caseId);
}
