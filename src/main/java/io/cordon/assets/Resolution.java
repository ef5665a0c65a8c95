package io.cordon.assets;

/**
 * What a look-up by exact ids came to.
 *
 * @param match null unless exactly one machine fits every name
 */
public record Resolution(Outcome outcome, AssetMatch match) {
  /** None and several are both for a person to settle. */
  public enum Outcome {
    ONE,
    NONE,
    SEVERAL
  }

  static final Resolution NONE = new Resolution(Outcome.NONE, null);
  static final Resolution SEVERAL = new Resolution(Outcome.SEVERAL, null);
}
