package io.cordon.platform.azure;

import java.time.Instant;

/** Alerts of Microsoft Graph (alerts_v2), page by page. Contract sentinel-graph-arc, section 2.4. */
public interface GraphAlerts {

  /**
   * The first page of the alerts updated at this moment or later, as it came.
   *
   * @throws AlertReadException when there is no complete answer
   */
  byte[] updatedSince(Instant since, int most);

  /**
   * The page behind a page's {@code @odata.nextLink}.
   *
   * @throws AlertReadException when there is no complete answer, or the link leads elsewhere and was not followed
   */
  byte[] next(String link);
}
