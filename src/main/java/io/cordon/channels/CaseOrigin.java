package io.cordon.channels;

/** What a case began with; a port, since channels know no cases. */
public interface CaseOrigin {
  /**
   * What raised the first alert, such as Defender for Endpoint; Other for a product without a name here, Cordon when the machine was
   * isolated past it, and UNKNOWN when an analyst opened the case without an alert.
   */
  String detectorOf(String caseId);
}
