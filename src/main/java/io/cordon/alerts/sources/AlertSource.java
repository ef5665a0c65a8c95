package io.cordon.alerts.sources;

import java.time.Instant;

/** One service that can be asked for alerts, page by page. */
interface AlertSource {
  /**
   * Where to read.
   *
   * @param since the moment from which alerts are wanted
   * @param cursor where the pass that began at that moment goes on; null at its beginning
   * @param most alerts of a page
   */
  record Position(Instant since, String cursor, int most) {}

  /** Its name in the database, in logs and metrics. */
  String name();

  /**
   * Reads one page.
   *
   * @throws io.cordon.platform.azure.AlertReadException when there is no complete answer
   */
  SourcePage read(Position position);
}
