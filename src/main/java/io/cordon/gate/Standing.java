package io.cordon.gate;

import io.cordon.platform.people.Person;

/**
 * Who somebody is at the moment of an answer.
 *
 * @param person with the roles and groups that count now; without any when {@code source} names nobody who vouches
 */
public record Standing(Person person, Source source) {
  /** Who vouches for the person, or why nobody does. */
  public enum Source {
    /** Entra, asked now. */
    DIRECTORY,
    /** A token young enough, because Entra could not be asked. */
    TOKEN,
    /** Entra could not be asked, and the token is too old or there is none. */
    NOBODY,
    /** Entra knows no such account, or it may not sign in any more. */
    NO_ACCOUNT,
    /** Entra knows the account as another organisation's. */
    GUEST
  }
}
