package io.cordon.channels;

import io.cordon.gate.ApprovalRequest;
import java.time.Instant;
import java.util.Optional;

/** What a card says of patients and of the last question; typed facts put into our own words. */
interface ClinicalFacts {
  /** What was last counted where the plan's machines serve. */
  Optional<String> clearance(String planId);

  /** Until when approvers can answer the question right before acting; empty while there is none. */
  Optional<Instant> askedAgainUntil(ApprovalRequest request);
}
