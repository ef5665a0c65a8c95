package io.cordon.platform.people;

import java.time.Instant;
import java.util.Set;

/**
 * A signed-in person. Identity is (tenant id, object id) and nothing else; the display name is for the screen only.
 *
 * @param roles values of the token's {@code roles} claim
 * @param groups object ids of Entra groups the person is in
 * @param vouchedAt when Entra last said so, which is when it issued the token; null when nothing says when
 */
public record Person(String tid, String oid, String displayName, Set<String> roles, Set<String> groups, Instant vouchedAt) {
  public Person {
    if (tid == null || tid.isBlank() || oid == null || oid.isBlank()) {
      throw new IllegalArgumentException("a person needs a tenant id and an object id");
    }
    roles = Set.copyOf(roles);
    groups = Set.copyOf(groups);
  }

  public Person(String tid, String oid, String displayName, Set<String> roles, Set<String> groups) {
    this(tid, oid, displayName, roles, groups, null);
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
