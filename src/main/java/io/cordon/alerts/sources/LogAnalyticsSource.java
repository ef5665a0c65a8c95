package io.cordon.alerts.sources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordon.platform.azure.AlertReadException;
import io.cordon.platform.azure.LogAnalytics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The SecurityAlert table of a Log Analytics workspace, by ingestion time (contract sentinel-graph-arc, section 2.5). Many
 * rows can share one ingestion time, so a hash of the row breaks the tie; it is also all of a row that enters a query.
 */
final class LogAnalyticsSource implements AlertSource {
  private static final String INGESTED = "CordonIngested";
  private static final String KEY = "CordonKey";
  private static final String COLUMNS =
      "SystemAlertId, VendorOriginalId, TimeGenerated, StartTime, EndTime, AlertName, AlertSeverity, Status, ProviderName,"
          + " ProductName, ResourceId, CompromisedEntity, Entities, Tactics, Techniques, AlertLink";
  /** Kusto reads seven digits of a second and no more. */
  private static final DateTimeFormatter KUSTO = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSS'Z'").withZone(ZoneOffset.UTC);
  private static final Pattern CURSOR = Pattern.compile("(\\d{4}-\\d{2}-\\d{2}T[\\d:]{8}\\.\\d{7}Z) ([0-9a-f]{64})");

  private final LogAnalytics workspaces;
  private final String workspaceId;

  LogAnalyticsSource(LogAnalytics workspaces, String workspaceId) {
    this.workspaces = workspaces;
    this.workspaceId = workspaceId;
  }

  @Override
  public String name() {
    return "log-analytics";
  }

  @Override
  public SourcePage read(Position position) {
    List<ObjectNode> rows = workspaces.query(workspaceId, query(position));
    Optional<String> next = rows.size() < position.most() ? Optional.empty() : Optional.of(cursor(rows.get(rows.size() - 1)));
    return new SourcePage(rows.stream().map(LogAnalyticsSource::item).toList(), next);
  }

  private static String query(Position position) {
    Matcher cursor = CURSOR.matcher(String.valueOf(position.cursor()));
    boolean goesOn = cursor.matches();
    String from = "datetime(" + (goesOn ? cursor.group(1) : KUSTO.format(position.since())) + ")";
    return "SecurityAlert | where ingestion_time() >= " + from
        + " | where ProviderName in ('MDATP', 'Azure Security Center') or ProductName has 'Sentinel'"
        + " | project " + COLUMNS + ", " + INGESTED + "=ingestion_time()"
        + " | extend " + KEY + "=hash_sha256(tostring(pack_all()))"
        + (goesOn ? " | where " + INGESTED + " > " + from + " or strcmp(" + KEY + ", '" + cursor.group(2) + "') > 0" : "")
        + " | order by " + INGESTED + " asc, " + KEY + " asc | take " + position.most();
  }

  private static String cursor(ObjectNode row) {
    Instant at = ingested(row);
    String cursor = at == null ? "" : KUSTO.format(at) + " " + row.path(KEY).asText();
    if (!CURSOR.matcher(cursor).matches()) {
      throw AlertReadException.unusable("UNREADABLE");
    }
    return cursor;
  }

  private static SourcePage.Item item(ObjectNode row) {
    Instant at = ingested(row);
    JsonNode alert = row.without(List.of(INGESTED, KEY));
    return new SourcePage.Item(alert.toString().getBytes(StandardCharsets.UTF_8), at);
  }

  private static Instant ingested(ObjectNode row) {
    try {
      return Instant.parse(row.path(INGESTED).asText());
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
