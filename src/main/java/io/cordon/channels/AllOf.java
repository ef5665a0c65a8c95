package io.cordon.channels;

/** Does several things though one of them fails; the first failure is thrown when all were tried. */
final class AllOf {
  private RuntimeException first;

  void attempt(Runnable deed) {
    try {
      deed.run();
    } catch (RuntimeException e) {
      first = first == null ? e : first;
    }
  }

  void end() {
    if (first != null) {
      throw first;
    }
  }
}
