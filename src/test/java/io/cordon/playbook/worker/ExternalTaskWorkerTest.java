package io.cordon.playbook.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ExternalTaskService;
import org.camunda.bpm.engine.exception.NotFoundException;
import org.camunda.bpm.engine.externaltask.ExternalTaskQueryTopicBuilder;
import org.camunda.bpm.engine.externaltask.LockedExternalTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.CannotCreateTransactionException;

class ExternalTaskWorkerTest {
  private final ExternalTaskService tasks = mock(ExternalTaskService.class);
  private final LockedExternalTask task = mock(LockedExternalTask.class);

  @BeforeEach
  void oneTaskIsDue() {
    when(task.getId()).thenReturn("t-1");
    when(task.getRetries()).thenReturn(null);
    when(task.getTopicName()).thenReturn("teams.post");
    ExternalTaskQueryTopicBuilder fetch = mock(ExternalTaskQueryTopicBuilder.class);
    when(tasks.fetchAndLock(anyInt(), eq("node"), anyBoolean())).thenReturn(fetch);
    when(fetch.topic(anyString(), anyLong())).thenReturn(fetch);
    when(fetch.execute()).thenReturn(List.of(task)).thenReturn(List.of());
  }

  @Test
  void reportsAFailureAgainWhenTheDatabaseDidNotTakeIt() {
    doThrow(new CannotCreateTransactionException("no connection")).doNothing().when(tasks).handleFailure(any(), any(), any(), anyInt(), anyLong());

    assertThat(worker(new IllegalStateException("Teams is away")).runDue()).isEqualTo(1);
    verify(tasks, times(2)).handleFailure("t-1", "node", "IllegalStateException", 4, 10_000);
  }

  @Test
  void reportsAlsoThatItWasAskedToWait() {
    doThrow(new CannotCreateTransactionException("no connection")).doNothing().when(tasks).handleFailure(any(), any(), any(), anyInt(), anyLong());

    worker(new RetryLaterException(Duration.ofSeconds(3))).runDue();
    verify(tasks, times(2)).handleFailure("t-1", "node", "waits as asked", 5, 3_000);
  }

  @Test
  void reportsNothingTwiceOfATaskThatIsGone() {
    doThrow(new NotFoundException("gone")).when(tasks).handleFailure(any(), any(), any(), anyInt(), anyLong());

    worker(new IllegalStateException("Teams is away")).runDue();
    verify(tasks, times(1)).handleFailure(any(), any(), any(), anyInt(), anyLong());
  }

  @Test
  void reportsASuccessAgainToo() {
    when(tasks.createExternalTaskQuery()).thenThrow(new CannotCreateTransactionException("no connection"));
    doThrow(new CannotCreateTransactionException("no connection")).doNothing().when(tasks).complete("t-1", "node", Map.of());

    worker(null).runDue();
    verify(tasks, times(2)).complete("t-1", "node", Map.of());
  }

  private ExternalTaskWorker worker(RuntimeException failure) {
    TopicHandler handler = mock(TopicHandler.class);
    when(handler.topic()).thenReturn("teams.post");
    if (failure == null) {
      when(handler.handle(any())).thenReturn(Map.of());
    } else {
      when(handler.handle(any())).thenThrow(failure);
    }
    return new ExternalTaskWorker(tasks, List.of(handler), "node", 0, Duration.ofMinutes(2), () -> true);
  }
}
