package io.cordon.platform.logs;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;

/**
 * Prints a failure by its classes and places. Its message only when our own code wrote it: parsers, drivers and the engine
 * quote what they were given.
 */
public class QuietFailure extends ThrowableProxyConverter {
  private static final int MOST_FRAMES = 12;
  private static final int MOST_CAUSES = 8;

  @Override
  protected String throwableProxyToString(IThrowableProxy failure) {
    StringBuilder text = new StringBuilder();
    IThrowableProxy one = failure;
    for (int depth = 0; one != null && depth < MOST_CAUSES; depth++, one = one.getCause()) {
      describe(text, depth == 0 ? "" : "Caused by: ", one);
    }
    return text.toString();
  }

  private static void describe(StringBuilder text, String lead, IThrowableProxy failure) {
    text.append(lead).append(failure.getClassName());
    StackTraceElementProxy[] frames = failure.getStackTraceElementProxyArray();
    if (frames.length > 0 && isOurs(frames[0]) && !repeatsItsCause(failure)) {
      text.append(": ").append(failure.getMessage());
    }
    text.append('\n');
    int printed = 0;
    for (StackTraceElementProxy frame : frames) {
      if (printed == 0 || (isOurs(frame) && printed < MOST_FRAMES)) {
        text.append("\t").append(frame.getSTEAsString()).append('\n');
        printed++;
      }
    }
  }

  private static boolean repeatsItsCause(IThrowableProxy failure) {
    String caused = failure.getCause() == null ? null : failure.getCause().getMessage();
    return failure.getMessage() == null || (caused != null && failure.getMessage().contains(caused));
  }

  private static boolean isOurs(StackTraceElementProxy frame) {
    return frame.getStackTraceElement().getClassName().startsWith("io.cordon.");
  }
}
