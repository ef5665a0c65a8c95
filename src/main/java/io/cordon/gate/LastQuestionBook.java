package io.cordon.gate;

import io.cordon.platform.people.Person;
import io.cordon.platform.time.SqlTime;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The last questions as rows; one an approval, ever. */
class LastQuestionBook {
  private final JdbcClient jdbc;

  LastQuestionBook(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Optional<LastQuestion> find(String approvalId) {
    return jdbc.sql("select approval_id, reason, asked_at, answer_deadline, answer from last_question where approval_id = :id")
        .param("id", approvalId)
        .query(LastQuestion.class)
        .optional();
  }

  void insert(LastQuestion question) {
    jdbc.sql("insert into last_question (approval_id, reason, asked_at, answer_deadline) values (:id, :reason, :asked, :deadline)")
        .param("id", question.approvalId())
        .param("reason", question.reason())
        .param("asked", SqlTime.of(question.askedAt()))
        .param("deadline", SqlTime.of(question.answerDeadline()))
        .update();
  }

  void answer(String approvalId, String answer, Person person, Instant at) {
    jdbc.sql("update last_question set answer = :answer, tid = :tid, oid = :oid, answered_at = :at where approval_id = :id and answer is null")
        .param("answer", answer)
        .param("tid", person.tid())
        .param("oid", person.oid())
        .param("at", SqlTime.of(at))
        .param("id", approvalId)
        .update();
  }
}
