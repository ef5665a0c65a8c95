package io.cordon.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The one query for new alerts that the workspace is known to answer; anything else is not understood. */
final class SecurityAlertQuery {
  private static final String TIME = "datetime\\((\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{7}Z)\\)";
  private static final Pattern QUERY =
      Pattern.compile(
          "SecurityAlert \\| where ingestion_time\\(\\) >= " + TIME
              + " \\| where ProviderName in \\('MDATP', 'Azure Security Center'\\) or ProductName has 'Sentinel'"
              + " \\| project ([\\w, ]+), (\\w+)=ingestion_time\\(\\)"
              + " \\| extend (\\w+)=hash_sha256\\(tostring\\(pack_all\\(\\)\\)\\)"
              + "(?: \\| where \\3 > " + TIME + " or strcmp\\(\\4, '([0-9a-f]{64})'\\) > 0)?"
              + " \\| order by \\3 asc, \\4 asc \\| take (\\d{1,6})");
  private static final Set<String> COLUMNS =
      Set.of("TenantId", "TimeGenerated", "DisplayName", "AlertName", "AlertSeverity", "Description", "ProviderName", "VendorName",
          "VendorOriginalId", "SystemAlertId", "ResourceId", "AlertType", "ConfidenceLevel", "StartTime", "EndTime",
          "ProcessingEndTime", "RemediationSteps", "ExtendedProperties", "Entities", "ExtendedLinks", "ProductName",
          "ProductComponentName", "AlertLink", "Status", "CompromisedEntity", "Tactics", "Techniques", "Type");
  private static final DateTimeFormatter SEVEN_DIGITS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSS'Z'").withZone(ZoneOffset.UTC);

  private record Row(List<String> values, Instant at, String key) {}

  private final List<String> columns;
  private final Matcher parts;

  private SecurityAlertQuery(List<String> columns, Matcher parts) {
    this.columns = columns;
    this.parts = parts;
  }

  /** The query, or empty when any part of it is not understood. */
  static Optional<SecurityAlertQuery> of(String text) {
    Matcher parts = QUERY.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    List<String> columns = List.of(parts.group(2).split(", "));
    return COLUMNS.containsAll(columns) ? Optional.of(new SecurityAlertQuery(columns, parts)) : Optional.empty();
  }

  /** The answer in the shape of the query API. */
  Map<String, Object> run(List<PlacedAlerts.Placed> placed) {
    List<List<String>> rows =
        placed.stream()
            .filter(one -> !truncated(one.at()).isBefore(Instant.parse(parts.group(1))))
            .filter(one -> isAsked(one.alert()))
            .map(this::row)
            .filter(this::isBehindTheCursor)
            .sorted(Comparator.comparing(Row::at).thenComparing(Row::key))
            .limit(Integer.parseInt(parts.group(7)))
            .map(row -> Stream.concat(row.values().stream(), Stream.of(SEVEN_DIGITS.format(row.at()), row.key())).toList())
            .toList();
    List<Map<String, String>> names =
        Stream.concat(columns.stream(), Stream.of(parts.group(3), parts.group(4)))
            .map(name -> Map.of("name", name, "type", name.equals(parts.group(3)) || name.startsWith("Time") || name.endsWith("Time") ? "datetime" : "string"))
            .toList();
    return Map.of("tables", List.of(Map.of("name", "PrimaryResult", "columns", names, "rows", rows)));
  }

  private static boolean isAsked(ObjectNode alert) {
    return List.of("MDATP", "Azure Security Center").contains(alert.path("ProviderName").asText())
        || alert.path("ProductName").asText().matches("(?i)(.*\\W)?sentinel(\\W.*)?");
  }

  private Row row(PlacedAlerts.Placed placed) {
    List<String> values = columns.stream().map(column -> placed.alert().path(column).asText("")).toList();
    return new Row(values, truncated(placed.at()), sha256(values + " " + placed.at()));
  }

  private boolean isBehindTheCursor(Row row) {
    return parts.group(5) == null || row.at().isAfter(Instant.parse(parts.group(5))) || row.key().compareTo(parts.group(6)) > 0;
  }

  private static Instant truncated(Instant at) {
    return at.minusNanos(at.getNano() % 100);
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
