package io.cordon.web.board;

import io.cordon.evidence.EvidenceLog;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.core.task.TaskRejectedException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Tells every open board that something changed, and nothing else. One look at the length of the log a second and node
 * answers for all of them; none holds a thread or a connection of the database while it waits.
 */
@Component
class BoardChanges {
  /** Boards that are open on one node; one more is sent away and looks by itself now and then. */
  static final int MOST = 300;
  /** The browser comes back after it by itself, and signs in again where it must. */
  private static final Duration AT_LONGEST = Duration.ofMinutes(5);
  private static final int BEATS_OF_SILENCE = 15;
  /** However much happens, a board is read again every so many beats at most. */
  private static final int BEATS_OF_REST = 3;

  private final EvidenceLog evidence;
  private final Set<Follower> followers = ConcurrentHashMap.newKeySet();
  private final ThreadPoolTaskExecutor senders = new ThreadPoolTaskExecutor();

  BoardChanges(EvidenceLog evidence, MeterRegistry meters) {
    this.evidence = evidence;
    meters.gauge("cordon.board.followers", followers, Set::size);
    senders.setCorePoolSize(16);
    senders.setAllowCoreThreadTimeOut(true);
    senders.setQueueCapacity(MOST);
    senders.setThreadNamePrefix("board-");
    senders.setDaemon(true);
    senders.initialize();
  }

  /** Somebody who looks; what they saw last, and whether something is being sent to them at this moment. */
  private static final class Follower {
    final SseEmitter stream;
    final AtomicBoolean busy = new AtomicBoolean();
    volatile long seen;
    int silence = BEATS_OF_REST;

    Follower(long seen, SseEmitter stream) {
      this.seen = seen;
      this.stream = stream;
    }
  }

  /**
   * Follows the log from this length on.
   *
   * @return the stream; empty when too many follow already
   */
  Optional<SseEmitter> follow(long seen) {
    return followers.size() < MOST ? Optional.of(follow(seen, new SseEmitter(AT_LONGEST.toMillis()))) : Optional.empty();
  }

  SseEmitter follow(long seen, SseEmitter stream) {
    Follower follower = new Follower(seen, stream);
    follower.stream.onCompletion(() -> followers.remove(follower));
    follower.stream.onTimeout(follower.stream::complete);
    followers.add(follower);
    return stream;
  }

  @Scheduled(fixedDelay = 1_000)
  void tell() {
    if (followers.isEmpty()) {
      return;
    }
    try {
      tell(evidence.size());
    } catch (DataAccessException e) {
      // nothing is known to be new; the page itself says that the database is away
    }
  }

  void tell(long mark) {
    for (Follower follower : followers) {
      follower.silence++;
      boolean news = follower.seen != mark && follower.silence >= BEATS_OF_REST;
      if ((news || follower.silence >= BEATS_OF_SILENCE) && follower.busy.compareAndSet(false, true)) {
        follower.silence = 0;
        send(follower, news ? SseEmitter.event().name("changed").data(mark) : SseEmitter.event().comment("here"), mark);
      }
    }
  }

  /** Somebody whose line is slow holds up one of few senders, and never the look at the log. */
  private void send(Follower follower, SseEmitter.SseEventBuilder event, long mark) {
    try {
      senders.execute(() -> {
        try {
          follower.stream.send(event);
          follower.seen = mark;
        } catch (IOException | IllegalStateException e) {
          followers.remove(follower); // gone; the container ends the stream
        } finally {
          follower.busy.set(false);
        }
      });
    } catch (TaskRejectedException e) {
      follower.busy.set(false);
    }
  }

  /** A stream that stays open would hold up a stop until its patience ends. */
  @EventListener(ContextClosedEvent.class)
  void stop() {
    followers.forEach(follower -> follower.stream.complete());
    senders.shutdown();
  }
}
