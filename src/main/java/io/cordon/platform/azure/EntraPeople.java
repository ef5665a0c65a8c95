package io.cordon.platform.azure;

import java.util.Collection;
import java.util.Optional;

/** The people of the hospital's Entra tenant, asked now. Contract sentinel-graph-arc, section 6, and teams-pagerduty, section 11.7. */
public interface EntraPeople {
  /** How many groups one question may name. */
  int MOST_GROUPS = 20;

  /**
   * The person with this object id: roles in Cordon's own application, given directly or through a group, and which of
   * these groups they are in, also through other groups.
   *
   * @param oid a GUID
   * @param groupIds at most {@value #MOST_GROUPS} GUIDs of groups
   * @return empty when the tenant has no such person
   * @throws DirectoryUnavailable when it cannot be told now; nothing may be concluded from that
   */
  Optional<EntraPerson> find(String oid, Collection<String> groupIds);
}
