package io.cordon.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Lets the sequencer and the signer die before each of their statements and on both sides of each commit, a commit between
 * numbering and checkpoint among them. Whoever comes next must go on as if nothing had been, and the verifier must say so.
 */
class EvidenceCrashTest {
  private static final int APPENDED = 3;

  @TempDir Path folder;
  private EmbeddedPostgres server;
  private EvidenceDatabase db;

  /** Passes every catch of what a running program could handle. */
  private static final class Death extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** Connections whose user dies at a step: before a statement, before a commit, or right after one. */
  private static final class Mortal extends DelegatingDataSource {
    private final int last;
    private int steps;

    private Mortal(DataSource source, int last) {
      super(source);
      this.last = last;
    }

    @Override
    public Connection getConnection() throws SQLException {
      Connection connection = super.getConnection();
      return (Connection) Proxy.newProxyInstance(Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
        boolean commits = method.getName().equals("commit");
        if (commits || method.getName().equals("prepareStatement")) {
          step();
        }
        try {
          Object answer = method.invoke(connection, arguments);
          if (commits) {
            step();
          }
          return answer;
        } catch (InvocationTargetException e) {
          throw e.getCause();
        }
      });
    }

    private void step() {
      if (++steps == last) {
        throw new Death();
      }
    }
  }

  @BeforeEach
  void start() throws IOException {
    server = EvidenceDatabase.start();
    db = EvidenceDatabase.create(server, "mortal");
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @Test
  void losesAndDoublesNothingWhereverItDies() throws Exception {
    Set<UUID> appended = new HashSet<>();
    int numberedOnly = 0;
    boolean died = true;
    int deaths = 0;
    for (int step = 1; died; step++) {
      appended.addAll(append());
      died = dies(step);
      deaths += died ? 1 : 0;
      long signed = db.jdbc.sql("select coalesce(max(size), 0) from evidence_checkpoint").query(Long.class).single();
      numberedOnly += db.log.size() > signed ? 1 : 0;
      Files.writeString(folder.resolve("last.next"), "half a memory");
      pump(db).flush();
      isWhole(appended);
    }
    assertThat(deaths).as("places where it died").isGreaterThan(12);
    assertThat(numberedOnly).as("deaths between numbering and checkpoint").isGreaterThan(3);
    assertThat(verified()).startsWith("OK " + appended.size() + " entries");
  }

  private boolean dies(int step) {
    try {
      pump(EvidenceDatabase.over(new Mortal(db.source, step))).flush();
      return false;
    } catch (Death death) {
      return true;
    }
  }

  private List<UUID> append() {
    return db.log.appendAll(IntStream.range(0, APPENDED).mapToObj(i -> EvidenceEvent.ofCase(EvidenceType.ACTION_INTENT, "c-1", null, Map.of("permit", "x-1"))).toList());
  }

  private void isWhole(Set<UUID> appended) {
    assertThat(db.jdbc.sql("select stage_id from evidence_entry").query(UUID.class).list()).containsExactlyInAnyOrderElementsOf(appended);
    assertThat(db.jdbc.sql("select max(seq) + 1 from evidence_entry").query(Long.class).single()).isEqualTo(appended.size());
    assertThat(db.jdbc.sql("select max(size) from evidence_checkpoint").query(Long.class).single()).isEqualTo(appended.size());
    assertThat(db.jdbc.sql("select count(*) from evidence_stage where state = 'STAGED'").query(Long.class).single()).isZero();
  }

  /** What the verifier says of the whole log, every checkpoint there was included. */
  private String verified() throws Exception {
    Path file = folder.resolve("bundle.zip");
    try (OutputStream out = Files.newOutputStream(file)) {
      new EvidenceBundle(db.log, new PublishedKeys(db.jdbc, Bundles.KEY.verifierKey())).write(out);
    }
    var said = new java.io.ByteArrayOutputStream();
    VerifyCommand.run(new String[] {file.toString()}, new PrintStream(said, true));
    try (Connection connection = db.source.getConnection()) {
      connection.setAutoCommit(false);
      assertThat(LiveLog.verify(connection, Bundles.KEY.verifierKey().text(), List.of()).text()).startsWith("OK");
    }
    return said.toString();
  }

  private EvidencePump pump(EvidenceDatabase database) {
    return database.pump(folder.resolve("last"), Bundles.KEY, null);
  }
}
