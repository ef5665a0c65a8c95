package io.cordon.platform.logs;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuietLogTest {
  private static final String CANARY = "Zyxmann";
  private final QuietFailure failures = new QuietFailure();
  private final QuietMessage messages = new QuietMessage();

  @BeforeEach
  void start() {
    failures.start();
    messages.start();
  }

  @Test
  void printsAFailureOfAParserWithoutWhatItWasGiven() {
    Throwable failure = thrownBy(() -> new ObjectMapper().readTree("{\"a\": " + CANARY));

    assertThat(failure.getMessage()).contains(CANARY);
    assertThat(failures.convert(event("io.cordon.web", "failed", failure)))
        .contains("JsonParseException").contains("QuietLogTest").doesNotContain(CANARY);
  }

  @Test
  void printsNoMessageOfACause() {
    Throwable row = new SQLException("Detail: Key (name)=(" + CANARY + ")");
    row.setStackTrace(new StackTraceElement[] {new StackTraceElement("org.postgresql.Query", "run", "Query.java", 1)});
    Throwable wrapped = new IllegalStateException(row);

    assertThat(failures.convert(event("org.camunda", "failed", wrapped)))
        .contains("Caused by: java.sql.SQLException").contains("org.postgresql.Query").doesNotContain(CANARY);
  }

  @Test
  void keepsTheAdviceOurOwnCodeGives() {
    Throwable advice = new IllegalStateException("the key file cannot be read: set cordon.x", new java.io.IOException("/home/" + CANARY));
    advice.getCause().setStackTrace(new StackTraceElement[0]);

    assertThat(failures.convert(event("org.springframework", "failed", advice))).contains("set cordon.x").doesNotContain(CANARY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Invalid character found in the request target [/x?" + CANARY + "]", "Unrecognized token '" + CANARY + "'",
        "invalid input syntax for type uuid: \"" + CANARY + "\"", "Detail: Key (name)=(" + CANARY + ") exists", "name=" + CANARY,
        "ENGINE-16004 failed\nDetail: " + CANARY, "Patient/" + CANARY,
        "cannot read [" + CANARY, "cannot read '" + CANARY, "parameter (" + CANARY
      })
  void leavesOutWhatALibraryQuotes(String message) {
    assertThat(messages.convert(event("org.apache.tomcat", message, null))).doesNotContain(CANARY).isNotEmpty();
  }

  @Test
  void leavesOutArgumentsAndWhatAFailureSays() {
    assertThat(messages.convert(event("org.camunda", "failed: " + CANARY + " x", new IllegalStateException(CANARY + " x")))).isEqualTo("failed: ..");
    assertThat(messages.convert(event("org.camunda", "job {} failed: {}", null, 7, CANARY))).isEqualTo("job 7 failed: ..");
  }

  @Test
  void printsOurOwnTextsAsTheyAre() {
    assertThat(messages.convert(event("io.cordon.web", "topic 'x' of case c-1 failed (IOException)", null)))
        .isEqualTo("topic 'x' of case c-1 failed (IOException)");
    assertThat(messages.convert(event("com.zaxxer.hikari", "HikariPool-1 - Start completed.", null))).isEqualTo("HikariPool-1 - Start completed.");
  }

  private static LoggingEvent event(String logger, String message, Throwable failure, Object... arguments) {
    Logger from = new LoggerContext().getLogger(logger);
    return new LoggingEvent("x", from, Level.ERROR, message, failure, arguments);
  }

  private interface Deed {
    void run() throws Exception;
  }

  private static Throwable thrownBy(Deed deed) {
    try {
      deed.run();
      return null;
    } catch (Exception e) {
      return e;
    }
  }
}
