package io.cordon.platform.azure;

import java.util.Set;

/**
 * What Entra says of a person.
 *
 * @param enabled whether the account may sign in
 * @param guest whether it is another organisation's account
 * @param roles values of app roles in Cordon's application
 * @param groups those of the groups asked for that the person is in
 */
public record EntraPerson(String displayName, boolean enabled, boolean guest, Set<String> roles, Set<String> groups) {
  public EntraPerson {
    roles = Set.copyOf(roles);
    groups = Set.copyOf(groups);
  }

  @Override
  public String toString() {
    return "EntraPerson[" + roles + "]";
  }
}
