package io.cordon.gate.clearance;

/** A FHIR R4 server, asked for numbers only. */
interface FhirCounts {
  /**
   * How many resources match.
   *
   * @throws FeedFailed when there is no answer that counts
   */
  long count(CountSearch search);
}
