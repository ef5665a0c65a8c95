package io.cordon.gate.rules;

import io.cordon.gate.windows.TimeSpan;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a rule allows. It concerns machines that the register has as development without patient data and no others.
 *
 * @param clinicalServices of these services; empty for all
 * @param hosts lower-case Arc resource ids of these machines; empty for all. One of the two is given
 * @param owner object id of the person or group that answers for it
 * @param approvers object ids of everybody who must agree before it is live
 * @param expires when it ends by itself; UTC
 */
public record StandingRule(
    String id,
    Set<String> clinicalServices,
    Set<String> hosts,
    String action,
    String owner,
    Set<String> approvers,
    Instant expires,
    ZoneId zone,
    List<WeeklyWindow> weekly) {
  public StandingRule {
    clinicalServices = Set.copyOf(clinicalServices);
    hosts = Set.copyOf(hosts);
    approvers = Set.copyOf(approvers);
    weekly = List.copyOf(weekly);
  }

  /**
   * Whether the machine is one of its targets, as far as service and id go.
   *
   * @param clinicalService as the register has it, or null
   */
  public boolean names(String clinicalService, String arcId) {
    boolean service = clinicalServices.isEmpty() || clinicalService != null && clinicalServices.contains(clinicalService);
    return service && (hosts.isEmpty() || hosts.contains(arcId));
  }

  /** The time that is left of the window open now, cut where the rule expires. */
  public Optional<TimeSpan> openAt(Instant now) {
    if (!now.isBefore(expires)) {
      return Optional.empty();
    }
    return weekly.stream()
        .flatMap(window -> window.at(now, zone).stream())
        .map(TimeSpan::to)
        .max(Instant::compareTo)
        .map(closes -> new TimeSpan(now, closes.isBefore(expires) ? closes : expires));
  }
}
