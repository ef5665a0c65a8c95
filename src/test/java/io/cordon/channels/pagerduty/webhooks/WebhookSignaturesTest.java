package io.cordon.channels.pagerduty.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class WebhookSignaturesTest {
  private static final byte[] BODY = "{\"event\":{\"id\":\"1\"}}".getBytes(StandardCharsets.UTF_8);
  private static final String GOOD = signed("secret", BODY);

  private final WebhookSignatures signatures = new WebhookSignatures(List.of("secret", "next"));

  @Test
  void takesEachOfItsSecretsAmongOthers() {
    assertThat(signatures.match(GOOD, BODY)).isTrue();
    assertThat(signatures.match(signed("other", BODY) + ", " + signed("next", BODY), BODY)).isTrue();
    assertThat(signatures.match("v2=abc,  " + GOOD, BODY)).isTrue();
  }

  @Test
  void refusesEverythingElse() {
    byte[] changed = "{\"event\":{\"id\":\"2\"}}".getBytes(StandardCharsets.UTF_8);
    List<String> bad =
        List.of(
            "", ",", "v1=", signed("other", BODY), signed("secret", changed), GOOD.replace("v1=", "v2="), GOOD.replace("v1=", ""),
            "v1=" + GOOD.substring(3).toUpperCase(Locale.ROOT), GOOD.substring(0, GOOD.length() - 1), GOOD + "00", "v1=0",
            "v1=x,".repeat(20) + GOOD);

    assertThat(bad).noneMatch(header -> signatures.match(header, BODY));
    assertThat(signatures.match(null, BODY)).isFalse();
    assertThat(signatures.match(GOOD, changed)).isFalse();
    assertThat(new WebhookSignatures(List.of()).match(GOOD, BODY)).isFalse();
  }

  @Test
  void signsAsTheDocumentationDoes() {
    // RFC 4231, test case 2
    assertThat(WebhookSignatures.hmac("Jefe".getBytes(StandardCharsets.UTF_8), "what do ya want for nothing?".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  }

  private static String signed(String secret, byte[] body) {
    return "v1=" + WebhookSignatures.hmac(secret.getBytes(StandardCharsets.UTF_8), body);
  }
}
