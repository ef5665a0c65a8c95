package io.cordon.sandbox;

import io.cordon.Cordon;

/** Cordon as the child of a test; ends when the test's JVM does, however that ends. */
public final class ChildMain {
  private ChildMain() {}

  public static void main(String[] arguments) {
    endWithTheParent();
    Cordon.main(arguments);
  }

  static void endWithTheParent() {
    ProcessHandle.current().parent().orElseThrow().onExit().thenRun(() -> Runtime.getRuntime().halt(1));
  }
}
