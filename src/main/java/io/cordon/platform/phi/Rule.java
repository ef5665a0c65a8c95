package io.cordon.platform.phi;

import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One kind of identifier.
 *
 * @param code names it in metrics and evidence
 * @param confirms looks closer at what the pattern found, such as at a check digit
 */
record Rule(String code, Pattern pattern, Predicate<String> confirms) {
  static Rule of(String code, String... alternatives) {
    return new Rule(code, Pattern.compile(String.join("|", alternatives), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE), found -> true);
  }

  static Rule exactly(String code, String pattern) {
    return new Rule(code, Pattern.compile(pattern), found -> true);
  }

  Rule confirmedBy(Predicate<String> closer) {
    return new Rule(code, pattern, closer);
  }

  boolean fires(String text) {
    Matcher matcher = pattern.matcher(new CountedText(text));
    while (matcher.find()) {
      if (confirms.test(matcher.group())) {
        return true;
      }
    }
    return false;
  }
}
