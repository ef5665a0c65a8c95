package io.cordon.gate;

/**
 * What somebody had in front of them when they answered.
 *
 * @param offeredWindow key of the calendar's entry that they chose; null when they named the window by hand
 * @param clearance id of the clinical clearance they were shown; null for none
 */
public record Seen(String offeredWindow, String clearance) {
  public static final Seen NOTHING = new Seen(null, null);
}
