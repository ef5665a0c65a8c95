package io.cordon.platform.phi;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says whether a text looks as if it held patient data. Whatever cannot be looked at to its end counts as a hit: too
 * much text, or a rule that takes too long. Pure; the same text always gets the same answer.
 */
public final class PatientDataNet {
  private final List<Rule> rules;

  /**
   * @param sitePatterns a hospital's own numbers, which have no national format: name of the rule to pattern
   */
  public PatientDataNet(Map<String, String> sitePatterns) {
    this.rules = Rules.with(sitePatterns);
  }

  /** The first rule that fires on the text or on what is encoded in it. */
  public Optional<Hit> check(String text) {
    try {
      return Encodings.readings(text).stream().flatMap(reading -> first(reading).stream()).findFirst();
    } catch (Encodings.TooMuch | StackOverflowError e) {
      return Optional.of(new Hit("TOO_LARGE"));
    }
  }

  private Optional<Hit> first(String text) {
    return rules.stream().filter(rule -> fires(rule, text)).findFirst().map(rule -> new Hit(rule.code()));
  }

  /** Fails closed: a rule that was not done counts as one that fired. */
  private static boolean fires(Rule rule, String text) {
    try {
      return rule.fires(text);
    } catch (CountedText.Exhausted | StackOverflowError e) {
      return true;
    }
  }
}
