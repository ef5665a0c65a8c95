package io.cordon.platform.phi;

import java.util.regex.Pattern;

/**
 * What is ours by its strict shape and needs no rule: ids wherever they stand, and as a whole keys of pages, orders, addresses and
 * instants. Their digits may read as anything: a birthday, the check digit of a provider number, a hospital's own number. Pure.
 */
final class OwnValues {
  private static final String ID = "[a-z]{1,2}-[0-9a-f]{32}";
  private static final Pattern ID_IN_TEXT = Pattern.compile("(?<![0-9A-Za-z])" + ID + "(?![0-9A-Za-z])");
  /** In the place of an id: still a word, since a rule may look at what stands before it. */
  private static final String SOME_ID = "x";
  private static final String PAGE_KEY = "cordon/(?:digest/[A-Z]{1,20}/\\d{1,9}|evidence/[A-Z_]{1,40})";
  private static final String ROUTING_KEY = "R[0-9A-Z]{31}|[0-9a-f]{32}";
  private static final String STOP_ORDER =
      "--pid \\d{1,10} --start \\d{1,10} --sha256 [0-9a-f]{64}(?: --protect [A-Za-z0-9_.-]{1,40}(?:,[A-Za-z0-9_.-]{1,40}){0,40})?";
  private static final String PLACES = "Location/[A-Za-z0-9.-]{1,64}(?:,Location/[A-Za-z0-9.-]{1,64}){0,199}+";
  private static final String GUID = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";
  private static final String INSTANT = "20\\d{2}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?Z";
  private static final String DEVICE = "[0-9a-fA-F]{40}";
  private static final String ARC =
      "(?i:/subscriptions/" + GUID + "/resourcegroups/[a-z0-9._()-]{1,90}/providers/microsoft\\.hybridcompute/machines/[a-z0-9._-]{1,54})";
  private static final String TEAMS = "28:" + GUID + "|19:[A-Za-z0-9_-]{1,80}@thread\\.(?:tacv2|skype)";

  private final Pattern shapes;

  /**
   * @param consoleUrl where the console is, which is part of links to a case or a request
   */
  OwnValues(String consoleUrl) {
    String page = Pattern.quote(consoleUrl) + "(?:/(?:approvals|cases|tasks)(?:/(?:" + ID + "|" + GUID + "))?)?";
    shapes = Pattern.compile(String.join("|", ID, PAGE_KEY, ROUTING_KEY, STOP_ORDER, PLACES, GUID, INSTANT, DEVICE, ARC, TEAMS, page));
  }

  /** The text with each id of ours made a plain word. */
  static String withoutIds(String text) {
    return ID_IN_TEXT.matcher(text).replaceAll(SOME_ID);
  }

  /** Whether the whole value is ours. */
  boolean isOne(String value) {
    return shapes.matcher(value).matches();
  }
}
