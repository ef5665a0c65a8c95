package io.cordon.channels.teams.answers;

import io.cordon.channels.teams.TeamsSettings;
import io.cordon.platform.http.JsonHttp;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class AnswersConfiguration {
  private static final int THREADS = 8;
  private static final int WAITING = 64;

  @Bean
  CardAnswers cardAnswers(TeamsSettings settings, JsonHttp http, Presses presses, Clock clock, MeterRegistry meters) {
    var keys = new ConnectorKeys(http, settings.connectorMetadata(), clock);
    var tokens = new ConnectorTokens(keys, settings.connectorIssuer(), settings.botAppId(), clock);
    return new CardAnswers(settings, tokens, presses, threads(), meters);
  }

  /** Bounded, so that a flood is turned away and not kept. */
  private static ExecutorService threads() {
    var pool =
        new ThreadPoolExecutor(
            THREADS, THREADS, 60, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), work -> new Thread(work, "teams-answer"));
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }
}
