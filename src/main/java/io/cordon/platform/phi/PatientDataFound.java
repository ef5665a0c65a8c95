package io.cordon.platform.phi;

/** A message was held back and nothing was sent. Send the fixed plain one in its place, or nothing. */
public final class PatientDataFound extends RuntimeException {
  private final String service;
  private final String operation;
  private final String rule;

  public PatientDataFound(String service, String operation, String rule) {
    super(service + " " + operation + " was held back by rule " + rule + "; nothing was sent");
    this.service = service;
    this.operation = operation;
    this.rule = rule;
  }

  public String service() {
    return service;
  }

  public String operation() {
    return operation;
  }

  /** The code of the rule, for metrics and evidence. */
  public String rule() {
    return rule;
  }
}
