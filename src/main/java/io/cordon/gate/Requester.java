package io.cordon.gate;

import io.cordon.platform.people.Person;

/** Somebody who asked for what a case may do: launched it, said which machine it is, or changed its plan. */
record Requester(String tid, String oid) {
  boolean is(Person person) {
    return tid.equals(person.tid()) && oid.equals(person.oid());
  }
}
