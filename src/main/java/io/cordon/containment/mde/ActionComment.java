package io.cordon.containment.mde;

import java.util.regex.Pattern;

/**
 * The comment of a machine action: our correlation token, then codes. It is kept in the vendor's cloud and cannot be
 * edited, so free text has no place in it. Contract mde, section 10, point 12.
 */
public final class ActionComment {
  static final int MAX_LENGTH = 500;
  private static final Pattern SHAPE = Pattern.compile("cordon:[A-Za-z0-9-]{6,64}( [A-Za-z0-9._:/-]{1,64}){0,8}");

  private ActionComment() {}

  /**
   * {@code cordon:<permitId> code code ...}
   *
   * @throws IllegalArgumentException when a part is not a plain code
   */
  public static String of(String permitId, String... codes) {
    return validated(token(permitId) + (codes.length == 0 ? "" : " " + String.join(" ", codes)));
  }

  /** The token by which an action is recognised as sent for this permit. */
  public static String token(String permitId) {
    return "cordon:" + permitId;
  }

  /** Whether the comment of an action, possibly null, carries the token of this permit. */
  public static boolean carries(String comment, String permitId) {
    String token = token(permitId);
    return comment != null && (comment.equals(token) || comment.startsWith(token + " "));
  }

  static String validated(String comment) {
    if (comment == null || comment.length() > MAX_LENGTH || !SHAPE.matcher(comment).matches()) {
      throw new IllegalArgumentException("An action comment is our token and codes, at most 500 characters");
    }
    return comment;
  }
}
