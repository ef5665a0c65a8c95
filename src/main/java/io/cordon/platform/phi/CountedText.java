package io.cordon.platform.phi;

/**
 * A text that can be looked at only so many times, which bounds the work of a pattern that backtracks. Counted rather
 * than timed, so that a busy machine holds no message back.
 */
final class CountedText implements CharSequence {
  /** The pattern asked for more than it may. */
  static final class Exhausted extends RuntimeException {
    private Exhausted() {
      super("a rule took too many steps", null, false, false);
    }
  }

  private static final int BASE = 200_000;
  private static final int PER_CHARACTER = 400;

  private final String text;
  private final int from;
  private final int to;
  private final long[] left;

  CountedText(String text) {
    this(text, 0, text.length(), new long[] {BASE + (long) PER_CHARACTER * text.length()});
  }

  private CountedText(String text, int from, int to, long[] left) {
    this.text = text;
    this.from = from;
    this.to = to;
    this.left = left;
  }

  @Override
  public char charAt(int index) {
    if (--left[0] < 0) {
      throw new Exhausted();
    }
    return text.charAt(from + index);
  }

  @Override
  public int length() {
    return to - from;
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return new CountedText(text, from + start, from + end, left);
  }

  @Override
  public String toString() {
    return text.substring(from, to);
  }
}
