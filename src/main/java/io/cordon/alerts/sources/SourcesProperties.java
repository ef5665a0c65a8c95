package io.cordon.alerts.sources;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which sources Cordon asks itself; none unless told.
 *
 * @param overlap how far before the newest alert each reading begins, since alerts become visible out of order
 * @param lookBack how far back the very first reading of a source reaches
 */
@ConfigurationProperties("cordon.sources")
record SourcesProperties(
    @DefaultValue LogAnalytics logAnalytics,
    @DefaultValue Graph graph,
    @DefaultValue("PT10M") Duration overlap,
    @DefaultValue("PT1H") Duration lookBack) {

  /** The SecurityAlert table of one workspace; its id is a GUID. */
  record LogAnalytics(boolean enabled, String workspaceId, @DefaultValue("PT1M") Duration pollInterval) {
    LogAnalytics {
      if (enabled && (workspaceId == null || !workspaceId.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"))) {
        throw new IllegalArgumentException("cordon.sources.log-analytics.workspace-id must be the GUID of a workspace");
      }
    }
  }

  /** The alerts of the tenant in Microsoft Graph. */
  record Graph(boolean enabled, @DefaultValue("PT1M") Duration pollInterval) {}

  AlertPoller.Rhythm rhythm(Duration interval) {
    return new AlertPoller.Rhythm(interval, overlap, lookBack);
  }
}
