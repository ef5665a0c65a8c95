package io.cordon.platform.sealed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordon.platform.people.Person;
import io.cordon.testing.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class SealedStoreTest {
  private static final Person AUDITOR = new Person("t", "aud", "", Set.of("Auditor"), Set.of());
  private static final byte[] BYTES = "patient Zyx".getBytes(StandardCharsets.UTF_8);
  private static DriverManagerDataSource source;

  private final JdbcClient jdbc = JdbcClient.create(source);
  private final List<String> readings = new ArrayList<>();
  private ReadingLog log = (person, as, why, what) -> readings.add(as + " " + why + " " + what.id());

  @BeforeAll
  static void tables() throws IOException {
    source = new DriverManagerDataSource(TestDatabase.create("sealed"), "postgres", "postgres");
    for (String name : List.of("V20261124_1900__cases_and_approvals", "V20261125_0320__sealed_key")) {
      try (InputStream sql = SealedStoreTest.class.getResourceAsStream("/db/migration/" + name + ".sql")) {
        new JdbcTemplate(source).execute(new String(sql.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
  }

  @BeforeEach
  void empty() {
    jdbc.sql("delete from sealed_material").update();
  }

  @Test
  void opensWhatItSealedAndTellsTheLogFirst() {
    UUID id = store(keys(1)).seal(null, "alert", BYTES).id();

    assertThat(store(keys(1)).open(id, AUDITOR, ReadingReason.AUDIT)).isEqualTo(BYTES);
    assertThat(readings).containsExactly("AUDITOR AUDIT " + id);
  }

  @Test
  void givesNothingOutWhenTheReadingCannotBeRecorded() {
    UUID id = store(keys(1)).seal(null, "alert", BYTES).id();
    log = (person, as, why, what) -> {
      throw new IllegalStateException("the log is away");
    };

    assertThatThrownBy(() -> store(keys(1)).open(id, AUDITOR, ReadingReason.AUDIT)).hasMessage("the log is away");
  }

  @Test
  void refusesEverybodyElse() {
    UUID id = store(keys(1)).seal(null, "alert", BYTES).id();
    Person clinician = new Person("t", "clin", "", Set.of("Clinical.Approver", "Platform.Admin"), Set.of());

    assertRefused("SEALED_NOT_ALLOWED", keys(1), id, clinician);
    assertRefused("SEALED_UNKNOWN", keys(1), UUID.randomUUID(), AUDITOR);
    assertThat(readings).isEmpty();
  }

  @Test
  void noticesThatTheBytesOrTheirHashChanged() {
    UUID hash = store(keys(1)).seal(null, "alert", BYTES).id();
    UUID cipher = store(keys(1)).seal(null, "alert", BYTES).id();
    jdbc.sql("update sealed_material set sha256 = :other where id = :id").param("other", "0".repeat(64)).param("id", hash).update();
    jdbc.sql("update sealed_material set cipher = set_byte(cipher, 0, get_byte(cipher, 0) # 1) where id = :id").param("id", cipher).update();

    assertRefused("SEALED_CHANGED", keys(1), hash, AUDITOR);
    assertRefused("SEALED_CHANGED", keys(1), cipher, AUDITOR);
    assertThat(readings).isEmpty();
  }

  @Test
  void readsOldMaterialAfterAChangeOfKeys() {
    UUID old = store(keys(1)).seal(null, "alert", BYTES).id();
    UUID nameless = store(keys(1)).seal(null, "alert", BYTES).id();
    jdbc.sql("update sealed_material set key_id = null where id = :id").param("id", nameless).update();
    UUID young = store(keys(2, 1)).seal(null, "alert", BYTES).id();

    for (UUID id : List.of(old, nameless, young)) {
      assertThat(store(keys(2, 1)).open(id, AUDITOR, ReadingReason.AUDIT)).isEqualTo(BYTES);
    }
    assertRefused("SEALED_KEY_MISSING", keys(2), old, AUDITOR);
    assertThat(store(keys(2, 1)).fingerprint(BYTES)).isEqualTo(store(keys(1)).fingerprint(BYTES));
  }

  private void assertRefused(String code, SealingKeys keys, UUID id, Person person) {
    assertThatThrownBy(() -> store(keys).open(id, person, ReadingReason.AUDIT)).isInstanceOf(SealedRefusedException.class).hasMessage(code);
  }

  private static SealingKeys keys(int current, int... earlier) {
    return new SealingKeys(key(current), java.util.Arrays.stream(earlier).mapToObj(SealedStoreTest::key).toList());
  }

  private static SecretKeySpec key(int number) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) number;
    return new SecretKeySpec(bytes, "AES");
  }

  private SealedStore store(SealingKeys keys) {
    Clock clock = Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);
    return new SealedStore(jdbc, clock, keys, log, new TransactionTemplate(new JdbcTransactionManager(source)));
  }
}
