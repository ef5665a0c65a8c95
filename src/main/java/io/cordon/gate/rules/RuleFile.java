package io.cordon.gate.rules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.cordon.evidence.CanonicalJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** A rule as JSON: reads what people send, and writes the one form that is stored and hashed. */
final class RuleFile {
  private static final JsonMapper JSON =
      JsonMapper.builder().addModule(new JavaTimeModule()).enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
  private static final String ID = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";
  private static final String ARC = "/subscriptions/[a-z0-9-]{1,64}/resourcegroups/[a-z0-9._()-]{1,90}/providers/microsoft\\.hybridcompute/machines/[a-z0-9._-]{1,64}";
  private static final int MOST = 50;

  private RuleFile() {}

  private record Times(Set<DayOfWeek> days, LocalTime from, LocalTime to) {}

  private record Written(
      String id, String env, Set<String> clinicalServices, Set<String> hosts, String action, String owner, Set<String> approvers, Instant expires,
      String zone, List<Times> weekly) {}

  /** @throws RuleUnusable when any part is not as it must be */
  static StandingRule read(byte[] file) {
    Written written;
    try {
      written = JSON.readValue(file, Written.class);
    } catch (JsonProcessingException e) {
      throw new RuleUnusable("rule", "takes a JSON object with id, env, clinicalServices or hosts, action, owner, approvers, expires, zone and weekly");
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory cannot be read", e);
    }
    require(written != null && matches(written.id, ID), "id", "takes up to 64 letters, digits, dots and dashes");
    require("Dev".equals(written.env), "env", "takes Dev only; production and unknown machines are always asked about");
    Set<String> services = orEmpty(written.clinicalServices);
    Set<String> hosts = lower(orEmpty(written.hosts));
    require(services.stream().allMatch(service -> matches(service, "PACS|FHIR|EHR")), "clinicalServices", "takes PACS, FHIR and EHR");
    require(hosts.stream().allMatch(host -> matches(host, ARC)) && hosts.size() <= MOST, "hosts", "takes up to 50 Arc resource ids");
    require(!services.isEmpty() || !hosts.isEmpty(), "hosts", "a rule names clinical services, hosts, or both");
    require("ISOLATE".equals(written.action), "action", "takes ISOLATE");
    require(matches(written.owner, ID), "owner", "takes the object id of the person or group that answers for the rule");
    Set<String> approvers = orEmpty(written.approvers);
    boolean named = !approvers.isEmpty() && approvers.size() <= 5 && approvers.stream().allMatch(approver -> matches(approver, ID));
    require(named, "approvers", "takes the object ids of one to five people who must agree");
    require(written.expires != null, "expires", "takes an instant such as 2027-01-31T00:00:00Z");
    return new StandingRule(
        written.id, services, hosts, written.action, written.owner, approvers, written.expires, zone(written.zone), weekly(written.weekly));
  }

  private static ZoneId zone(String name) {
    try {
      return ZoneId.of(Objects.requireNonNullElse(name, ""));
    } catch (DateTimeException e) {
      throw new RuleUnusable("zone", "takes a time zone such as Europe/Zurich");
    }
  }

  private static List<WeeklyWindow> weekly(List<Times> written) {
    try {
      require(written != null && !written.isEmpty() && written.size() <= MOST, "weekly", "takes the times of a week in which the rule holds");
      return written.stream().map(times -> new WeeklyWindow(times.days, times.from, times.to)).toList();
    } catch (IllegalArgumentException | NullPointerException e) {
      throw new RuleUnusable("weekly", "takes days, from and to; to is later than from, or 00:00 for the end of the day");
    }
  }

  /** The stored form; {@link #read} takes it back. */
  static String write(StandingRule rule) {
    return new String(
        CanonicalJson.write(
            Map.of(
                "id", rule.id(), "env", "Dev", "clinicalServices", sorted(rule.clinicalServices()), "hosts", sorted(rule.hosts()), "action", rule.action(),
                "owner", rule.owner(), "approvers", sorted(rule.approvers()), "expires", rule.expires().toString(), "zone", rule.zone().getId(),
                "weekly", rule.weekly().stream().map(RuleFile::times).toList())),
        StandardCharsets.UTF_8);
  }

  private static Map<String, Object> times(WeeklyWindow window) {
    return Map.of("days", window.days().stream().sorted().map(DayOfWeek::name).toList(), "from", window.from().toString(), "to", window.to().toString());
  }

  private static List<String> sorted(Set<String> values) {
    return values.stream().sorted().toList();
  }

  private static Set<String> orEmpty(Set<String> values) {
    return values == null ? Set.of() : values;
  }

  private static Set<String> lower(Set<String> values) {
    Set<String> lower = new HashSet<>();
    values.forEach(value -> lower.add(String.valueOf(value).toLowerCase(Locale.ROOT)));
    return lower;
  }

  private static boolean matches(String text, String shape) {
    return text != null && text.matches(shape);
  }

  private static void require(boolean holds, String field, String takes) {
    if (!holds) {
      throw new RuleUnusable(field, takes);
    }
  }
}
