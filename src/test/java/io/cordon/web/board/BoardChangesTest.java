package io.cordon.web.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import io.cordon.evidence.EvidenceLog;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

class BoardChangesTest {
  private final EvidenceLog evidence = mock(EvidenceLog.class);
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final BoardChanges changes = new BoardChanges(evidence, meters);
  private final List<String> sent = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() {
    changes.stop();
  }

  @Test
  void asksNobodyWhileNobodyLooks() {
    changes.tell();
    verifyNoInteractions(evidence);
  }

  @Test
  void asksOnceForAllWhoLookAndTellsEachWhatIsNew() {
    follow(7);
    follow(7);
    follow(9);
    when(evidence.size()).thenReturn(9L);
    changes.tell();
    Awaitility.await().until(() -> sent.size() == 2);
    changes.tell();
    verify(evidence, times(2)).size();
    assertThat(sent).hasSize(2).allSatisfy(event -> assertThat(event).contains("event:changed", "data:9"));
  }

  @Test
  void doesNotTellEveryBeatHoweverMuchHappens() {
    follow(1);
    changes.tell(2);
    Awaitility.await().until(() -> sent.size() == 1);
    changes.tell(3);
    changes.tell(4);
    assertThat(sent).hasSize(1);
    changes.tell(5);
    Awaitility.await().until(() -> sent.size() == 2);
    assertThat(sent.get(1)).contains("data:5");
  }

  @Test
  void letsAQuietStreamBeat() {
    follow(9);
    for (int beat = 0; beat < 11; beat++) {
      changes.tell(9);
    }
    assertThat(sent).isEmpty();
    changes.tell(9);
    Awaitility.await().until(() -> sent.size() == 1);
    assertThat(sent.get(0)).startsWith(":here");
  }

  @Test
  void forgetsWhoIsGone() {
    changes.follow(1, new SseEmitter() {
      @Override
      public void send(SseEventBuilder event) throws IOException {
        throw new IOException("hung up");
      }
    });
    changes.tell(2);
    Awaitility.await().until(() -> followers() == 0);
  }

  @Test
  void goesOnWhenTheDatabaseIsAwayForAMoment() {
    follow(1);
    when(evidence.size()).thenThrow(new DataAccessResourceFailureException("away")).thenReturn(2L);
    changes.tell();
    changes.tell();
    Awaitility.await().until(() -> sent.size() == 1);
  }

  @Test
  void sendsAwayWhoComesWhenItIsFull() {
    for (int one = 0; one < BoardChanges.MOST; one++) {
      assertThat(changes.follow(1)).isPresent();
    }
    assertThat(changes.follow(1)).isEmpty();
    assertThat(followers()).isEqualTo(BoardChanges.MOST);
  }

  private double followers() {
    return meters.get("cordon.board.followers").gauge().value();
  }

  private void follow(long seen) {
    changes.follow(seen, new SseEmitter() {
      @Override
      public void send(SseEventBuilder event) {
        sent.add(event.build().stream().map(part -> String.valueOf(part.getData())).collect(Collectors.joining()));
      }
    });
  }
}
