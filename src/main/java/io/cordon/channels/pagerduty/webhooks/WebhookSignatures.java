package io.cordon.channels.pagerduty.webhooks;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Whether a body was signed with one of our secrets: {@code v1=} and lower-case hex HMAC-SHA256 over the raw bytes, several
 * separated by commas while a secret is changed. Contract teams-pagerduty, section 9.
 */
final class WebhookSignatures {
  private static final String VERSION = "v1=";
  private static final int MOST = 16;

  private final List<byte[]> secrets;

  WebhookSignatures(List<String> secrets) {
    this.secrets = secrets.stream().map(secret -> secret.getBytes(StandardCharsets.UTF_8)).toList();
  }

  /** Whether any of the given signatures is that of one of our secrets; every pair is compared, in constant time. */
  boolean match(String header, byte[] body) {
    if (header == null) {
      return false;
    }
    List<byte[]> given =
        List.of(header.split(",", MOST + 1)).stream()
            .limit(MOST)
            .map(String::strip)
            .filter(one -> one.startsWith(VERSION))
            .map(one -> one.substring(VERSION.length()).getBytes(StandardCharsets.UTF_8))
            .toList();
    boolean match = false;
    for (byte[] secret : secrets) {
      byte[] ours = hmac(secret, body).getBytes(StandardCharsets.UTF_8);
      for (byte[] one : given) {
        match |= MessageDigest.isEqual(ours, one);
      }
    }
    return match;
  }

  static String hmac(byte[] secret, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no HMAC-SHA256", e);
    }
  }
}
