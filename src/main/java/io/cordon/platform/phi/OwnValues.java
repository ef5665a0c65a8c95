package io.cordon.platform.phi;

import java.util.regex.Pattern;

/** Values that are ours as a whole, by their strict shapes: ids, keys of pages, orders, addresses and instants need no rule. Pure. */
final class OwnValues {
  private static final String ID = "[a-z]{1,2}-[0-9a-f]{32}";
  // digits of an id may read as a birthday behind a slash, and a page held back for its key would never be sent
  private static final String PAGE_KEY = "cordon/" + ID + "/[a-z]+(?:-[a-z]+|-\\d{1,7}){0,6}";
  // one start in ten, in seconds since 1970, has the check digit of a provider number
  private static final String STOP_ORDER =
      "--pid \\d{1,10} --start \\d{1,10} --sha256 [0-9a-f]{64}(?: --protect [A-Za-z0-9_.-]{1,40}(?:,[A-Za-z0-9_.-]{1,40}){0,40})?";
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
    shapes = Pattern.compile(String.join("|", ID, PAGE_KEY, STOP_ORDER, GUID, INSTANT, DEVICE, ARC, TEAMS, page));
  }

  boolean isOne(String value) {
    return shapes.matcher(value).matches();
  }
}
