package io.cordon.channels.pagerduty;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One page. Texts go to phones, so they hold codes and no patient data. Contract teams-pagerduty, section 7.
 *
 * @param service clinical service whose on-call is paged
 * @param dedupKey {@code cordon/<approvalId>/<tier>}; the same key never opens a second incident
 * @param source the asset alias
 */
public record PageRequest(
    String service,
    String dedupKey,
    String summary,
    String source,
    Severity severity,
    Map<String, String> details,
    List<Link> links) {

  /** PagerDuty's severities. */
  public enum Severity {
    CRITICAL,
    ERROR,
    WARNING,
    INFO;

    /** What a case of this severity is paged with; an unknown one counts as the gravest. */
    public static Severity ofSentinel(String severity) {
      return switch (severity == null ? "" : severity) {
        case "Medium" -> ERROR;
        case "Low" -> WARNING;
        case "Informational" -> INFO;
        default -> CRITICAL;
      };
    }
  }

  /** Something to open from the page. */
  public record Link(URI href, String text) {}

  public PageRequest {
    Objects.requireNonNull(service, "service");
    Objects.requireNonNull(severity, "severity");
    dedupKey = within("dedupKey", dedupKey, 255);
    summary = within("summary", summary, 1024);
    source = within("source", source, 255);
    details = Map.copyOf(details);
    links = List.copyOf(links);
  }

  /** The same page with a fixed text and the case id in the place of all that was composed; key and links stay. */
  public PageRequest bare(String fixedText, String caseId) {
    return new PageRequest(service, dedupKey, fixedText, caseId, severity, Map.of("case", caseId), links);
  }

  static String within(String field, String value, int limit) {
    if (value == null || value.isBlank() || value.length() > limit) {
      throw new IllegalArgumentException(field + " needs 1 to " + limit + " characters");
    }
    return value;
  }
}
