package io.cordon.platform.logs;

import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import io.cordon.platform.phi.PatientDataNet;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import org.slf4j.helpers.MessageFormatter;

/**
 * Prints messages of ours as they are: they hold ids and codes. Of a library's, what may be input is left out: arguments,
 * the message of a failure, what stands in quotes, in brackets or after "=". What then looks like patient data all the
 * same is not printed at all.
 */
public class QuietMessage extends MessageConverter {
  private static final Pattern QUOTED =
      Pattern.compile("'[^'\\n]{0,2000}'|\"[^\"\\n]{0,2000}\"|\\[[^\\]\\n]{0,2000}\\]|\\{[^}\\n]{0,2000}\\}|\\([^)\\n]{0,2000}\\)|(?:[\"\\[{(]|(?<![\\w])').{0,8000}$|(?<==)[^\\s,;)]+");
  private static final int MOST_READ = 8_000;
  private static final int LONGEST = 400;
  private static final String ITS_OWN_ADVICE = "org.springframework.boot.diagnostics.";

  private final PatientDataNet net = new PatientDataNet(Map.of());

  @Override
  public String convert(ILoggingEvent event) {
    boolean trusted = event.getLoggerName().startsWith("io.cordon.") || event.getLoggerName().startsWith(ITS_OWN_ADVICE);
    return trusted || event.getMessage() == null ? event.getFormattedMessage() : quiet(withoutFailure(withoutTexts(event), event));
  }

  private static String withoutTexts(ILoggingEvent event) {
    Object[] arguments = event.getArgumentArray() == null ? new Object[0] : event.getArgumentArray();
    Object[] shown =
        Arrays.stream(arguments).map(one -> one instanceof Number || one instanceof Boolean || one instanceof Enum ? one : "..").toArray();
    return MessageFormatter.arrayFormat(event.getMessage(), shown).getMessage();
  }

  private static String withoutFailure(String message, ILoggingEvent event) {
    String left = message;
    for (IThrowableProxy one = event.getThrowableProxy(); one != null; one = one.getCause()) {
      left = one.getMessage() == null || one.getMessage().isBlank() ? left : left.replace(one.getMessage(), "..");
    }
    return left;
  }

  private String quiet(String message) {
    String first = message.lines().findFirst().orElse("");
    String bare = cut(QUOTED.matcher(cut(first, MOST_READ)).replaceAll(".."), LONGEST);
    return net.check(bare).map(hit -> "(held back by rule " + hit.rule() + ")").orElse(bare);
  }

  private static String cut(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest);
  }
}
