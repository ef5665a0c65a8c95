package io.cordon.evidence;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;

/** Checks the log where it is, in one read-only snapshot of the database, against its own checkpoints and those given. */
final class LiveLog {
  private static final int FETCH = 5_000;
  /** The checkpoints with which keys changed and the newest ones; there may be one for every five seconds of six years. */
  private static final String NOTES = """
      select note from evidence_checkpoint where size >= (select min(size) from (
          select size from evidence_checkpoint order by size desc limit 1000) newest)
        or size in (select (select min(c.size) from evidence_checkpoint c where c.size > k.from_size) from evidence_key k where k.ordinal > 0)
       order by size""";

  private LiveLog() {}

  static BundleReport verify(String url, String vkey, List<String> earlier) throws SQLException {
    Properties login = new Properties();
    login.setProperty("user", System.getenv().getOrDefault("PGUSER", System.getProperty("user.name")));
    login.setProperty("password", System.getenv().getOrDefault("PGPASSWORD", ""));
    login.setProperty("readOnly", "true");
    try (Connection connection = DriverManager.getConnection(url, login)) {
      connection.setReadOnly(true);
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      return verify(connection, vkey, earlier);
    }
  }

  static BundleReport verify(Connection connection, String vkey, List<String> earlier) throws SQLException {
    List<VerifierKey> keys = texts(connection, "select vkey from evidence_key order by ordinal").stream().map(VerifierKey::parse).toList();
    List<String> notes = texts(connection, NOTES);
    if (keys.isEmpty() || notes.isEmpty()) {
      return BundleReport.badBundle("nothing was signed yet");
    }
    List<String> older = new ArrayList<>(notes.subList(0, notes.size() - 1));
    older.addAll(earlier);
    VerifierKey trusted = vkey == null ? keys.get(keys.size() - 1) : VerifierKey.parse(vkey);
    LogClaims claims;
    try {
      claims = LogClaims.of(notes.get(notes.size() - 1), older, keys, trusted);
    } catch (IllegalArgumentException e) {
      return BundleReport.badBundle(e.getMessage());
    }
    return entries(connection, claims);
  }

  private static BundleReport entries(Connection connection, LogClaims claims) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(FETCH);
      try (ResultSet rows = statement.executeQuery("select seq, leaf, leaf_hash from evidence_entry order by seq")) {
        return entries(rows, claims);
      }
    }
  }

  private static BundleReport entries(ResultSet rows, LogClaims claims) throws SQLException {
    Frontier frontier = new Frontier();
    for (long seq = 0; seq < claims.newest().size(); seq++) {
      if (!rows.next() || rows.getLong("seq") != seq) {
        return BundleReport.badEntry(seq, "missing or cut off");
      }
      byte[] hash = Hash.leaf(rows.getBytes("leaf"));
      String fault = Arrays.equals(hash, rows.getBytes("leaf_hash")) ? EntryCheck.fault(rows.getBytes("leaf"), seq) : "does not match its stored hash";
      if (fault != null) {
        return BundleReport.badEntry(seq, fault);
      }
      frontier.append(hash);
      String other = claims.otherThan(frontier);
      if (other != null) {
        return BundleReport.badBundle(other);
      }
    }
    return BundleReport.good(claims.newest());
  }

  private static List<String> texts(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
      List<String> texts = new ArrayList<>();
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
      return texts;
    }
  }
}
