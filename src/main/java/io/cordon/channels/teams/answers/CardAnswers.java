package io.cordon.channels.teams.answers;

import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cordon.channels.teams.TeamsSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bot's inbound side. A caller is checked before its body is read; whatever cannot be proved changes nothing. An answer is
 * given within three seconds, since Teams otherwise sends the same press again. Contract teams-pagerduty, sections 1.5 and 6.
 */
public class CardAnswers implements AutoCloseable {
  /** Largest body taken. */
  public static final int LARGEST = 256 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(CardAnswers.class);
  private static final long PATIENCE_MILLIS = 2_500;
  private static final ObjectMapper JSON =
      new ObjectMapper(JsonFactory.builder().streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(64).build()).build());

  /** A caller whose token was checked. */
  public static final class Caller {
    private final VerifiedCall call;

    private Caller(VerifiedCall call) {
      this.call = call;
    }
  }

  private final TeamsSettings settings;
  private final ConnectorTokens tokens;
  private final Presses presses;
  private final ExecutorService executor;
  private final MeterRegistry meters;

  CardAnswers(TeamsSettings settings, ConnectorTokens tokens, Presses presses, ExecutorService executor, MeterRegistry meters) {
    this.settings = settings;
    this.tokens = tokens;
    this.presses = presses;
    this.executor = executor;
    this.meters = meters;
  }

  /** Whether this site takes answers from Teams. */
  public boolean isOpen() {
    return settings.mode() == TeamsSettings.Mode.BOT;
  }

  /** The caller this token proves; empty when it proves none. The body is not looked at. */
  public Optional<Caller> caller(String authorization) {
    try {
      return Optional.of(new Caller(tokens.verify(authorization)));
    } catch (TokenRefused e) {
      count("token." + e.reason());
      return Optional.empty();
    }
  }

  /** Takes one activity. */
  public Reply take(Caller caller, byte[] body) {
    Optional<Activity> read = read(body);
    if (read.isEmpty()) {
      count("unreadable");
      return Reply.empty(400);
    }
    Activity activity = read.get();
    if (!isGenuine(activity, caller.call)) {
      count("envelope");
      return Reply.empty(403);
    }
    if (activity.isCardAction() || activity.isSubmit()) {
      Optional<Pressed> pressed = Pressed.of(activity);
      Reply reply = pressed.map(press -> inTime(activity, press)).orElseGet(() -> Reply.notUnderstood(Sentences.NOT_A_BUTTON));
      count(pressed.map(Pressed::verb).orElse("unknown_button"));
      return activity.isSubmit() ? Reply.empty(200) : reply;
    }
    count("other");
    return Reply.empty(activity.isInvoke() ? 501 : 200);
  }

  /** The token is about this service address and channel, and the activity about our tenant, bot and one of our channels. */
  private boolean isGenuine(Activity activity, VerifiedCall call) {
    return call.serviceUrl().equals(activity.serviceUrl())
        && isAllowedHost(activity.serviceUrl())
        && "msteams".equals(activity.channelId())
        && call.endorsements().contains(activity.channelId())
        && activity.isFor(settings.botAppId())
        && activity.isOfTenant(settings.tenantId())
        && (settings.isOurChannel(activity.channelOfThread()) || !activity.isCardAction() && !activity.isSubmit());
  }

  private boolean isAllowedHost(String serviceUrl) {
    try {
      URI uri = URI.create(serviceUrl);
      return "https".equals(uri.getScheme()) && settings.allowedHosts().contains(uri.getHost());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static Optional<Activity> read(byte[] body) {
    try {
      JsonNode json = JSON.readTree(body);
      return json != null && json.isObject() ? Optional.of(new Activity(json)) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Reply inTime(Activity activity, Pressed pressed) {
    try {
      return CompletableFuture.supplyAsync(() -> presses.handle(activity, pressed), executor).get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException | RejectedExecutionException e) {
      count("late");
      return Reply.message(Sentences.STILL_CHECKING);
    } catch (ExecutionException e) {
      LOG.warn("a press in Teams failed ({})", e.getCause().getClass().getSimpleName());
      count("failed");
      return Reply.message(Sentences.FAILED);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Reply.message(Sentences.FAILED);
    }
  }

  @Override
  public void close() {
    executor.shutdown();
  }

  private void count(String outcome) {
    meters.counter("cordon.teams.inbound", "outcome", outcome).increment();
  }
}
