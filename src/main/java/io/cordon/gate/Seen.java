package io.cordon.gate;

/**
 * What somebody had in front of them when they answered.
 *
 * @param offeredWindow key of the calendar's entry that they chose; null when they named the window by hand
 * @param clearance id of the clinical clearance they were shown; null for none
 * @param machinesAtOnce the number of machines without network at once that they confirmed; 0 when they confirmed none
 */
public record Seen(String offeredWindow, String clearance, int machinesAtOnce) {
  public static final Seen NOTHING = new Seen(null, null);

  /** Somebody who confirmed no number. */
  public Seen(String offeredWindow, String clearance) {
    this(offeredWindow, clearance, 0);
  }
}
