package io.cordon.alerts.sources;

import io.cordon.platform.azure.GraphAlerts;
import java.time.temporal.ChronoUnit;

/** Alerts of Microsoft Graph, by the time of their last update (contract sentinel-graph-arc, section 2.4). */
final class GraphSource implements AlertSource {
  private final GraphAlerts graph;

  GraphSource(GraphAlerts graph) {
    this.graph = graph;
  }

  @Override
  public String name() {
    return "graph";
  }

  @Override
  public SourcePage read(Position position) {
    byte[] page =
        position.cursor() == null
            ? graph.updatedSince(position.since().truncatedTo(ChronoUnit.MILLIS), position.most())
            : graph.next(position.cursor());
    return GraphPage.split(page);
  }
}
