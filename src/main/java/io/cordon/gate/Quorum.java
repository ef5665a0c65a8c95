package io.cordon.gate;

import java.util.List;

/** Whether enough people agreed. Pure. */
final class Quorum {
  private Quorum() {}

  /** One yes to a revision: who gave it and in which role. */
  record Yes(String tid, String oid, String role) {}

  /** Whether there are this many yeses by different people, no two of them in the same role. */
  static boolean isReached(List<Yes> given, int quorum) {
    long people = given.stream().map(yes -> new Requester(yes.tid(), yes.oid())).distinct().count();
    long roles = given.stream().map(Yes::role).distinct().count();
    return Math.min(people, roles) >= quorum;
  }
}
