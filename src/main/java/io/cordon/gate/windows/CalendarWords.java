package io.cordon.gate.windows;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The categories Cordon reads in a calendar; every other word in it is dropped where it is read.
 *
 * @param offer category of an entry that offers a window
 * @param blackout category of an entry in which nothing may start; the stronger of the two
 * @param services clinical services; an entry filed under none of them is for all
 */
record CalendarWords(String offer, String blackout, Set<String> services) {
  private static final Duration SHORTEST = Duration.ofMinutes(1);

  CalendarWords {
    services = Set.copyOf(services);
  }

  /** Whether nothing may start in an entry filed under these. */
  boolean forbid(Collection<String> categories) {
    return filed(categories).contains(blackout);
  }

  /** Whether an entry filed under these categories is one for Cordon; of any other not even the times are looked at. */
  boolean areIn(Collection<String> categories) {
    Set<String> filed = filed(categories);
    return filed.contains(blackout) || filed.contains(offer);
  }

  /**
   * The entry, when its categories make it one. One that ends no later than it begins, as where the clocks skip its hour, offers
   * nothing; as a blackout it forbids all between the two, a minute at least.
   */
  Optional<CalendarEntry> entry(String uid, Instant from, Instant to, Collection<String> categories) {
    Set<String> filed = filed(categories);
    boolean forbids = filed.contains(blackout);
    boolean offers = filed.contains(offer) && from.isBefore(to);
    if (!forbids && !offers) {
      return Optional.empty();
    }
    TimeSpan span = from.isBefore(to) ? new TimeSpan(from, to) : new TimeSpan(to, from.isAfter(to) ? from : from.plus(SHORTEST));
    Set<String> of = services.stream().filter(filed::contains).collect(Collectors.toSet());
    return Optional.of(new CalendarEntry(key(uid, span), span, forbids, of));
  }

  private static Set<String> filed(Collection<String> categories) {
    Set<String> filed = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    categories.stream().map(String::strip).forEach(filed::add);
    return filed;
  }

  // an id given elsewhere can be any text, somebody's name among them
  private static String key(String uid, TimeSpan span) {
    try {
      byte[] text = (uid + "|" + span.from()).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text), 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }
}
