package io.cordon.platform.ids;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;

/** Makes identifiers such as {@code c-0198f2a1b3c4d5e6f7a8b9c0}: kind, 48 bits of time, 80 random bits. */
public final class Ids {
  private static final SecureRandom RANDOM = new SecureRandom();
  private final Clock clock;

  public Ids(Clock clock) {
    this.clock = clock;
  }

  /** A new identifier of this kind (one or two letters); later ones sort after earlier ones by millisecond. */
  public String next(String kind) {
    byte[] random = new byte[10];
    RANDOM.nextBytes(random);
    return "%s-%012x%s".formatted(kind, clock.millis(), HexFormat.of().formatHex(random));
  }
}
