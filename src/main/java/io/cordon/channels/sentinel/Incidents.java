package io.cordon.channels.sentinel;

import java.util.UUID;

/**
 * Incidents of the workspace. Contract sentinel-graph-arc, section 3. May throw {@link SentinelRejected} or {@link
 * SentinelUnavailable}.
 */
interface Incidents {
  /** Longest comment Sentinel takes, in characters. */
  int LONGEST = 30_000;

  /** Most comments an incident takes. */
  int MOST = 100;

  /** Writes a comment under an id of our choice; the same id again changes nothing. */
  void comment(UUID incidentId, UUID commentId, String text);

  /** Makes a New incident Active and leaves everything else of it as it is; does nothing to any other. */
  void activate(UUID incidentId);
}
