package io.cordon.platform.people;

import java.util.Set;

/**
 * A signed-in person. Identity is (tenant id, object id) and nothing else; the display name is for the screen only.
 *
 * @param roles values of the token's {@code roles} claim
 * @param groups object ids of Entra groups the person is in
 */
public record Person(String tid, String oid, String displayName, Set<String> roles, Set<String> groups) {
  public Person {
    if (tid == null || tid.isBlank() || oid == null || oid.isBlank()) {
      throw new IllegalArgumentException("a person needs a tenant id and an object id");
    }
    roles = Set.copyOf(roles);
    groups = Set.copyOf(groups);
  }

  /** Whether the person holds this app role. */
  public boolean has(Role role) {
    return roles.contains(role.claim());
  }

  @Override
  public String toString() {
    return "Person[" + tid + "/" + oid + "]";
  }
}
