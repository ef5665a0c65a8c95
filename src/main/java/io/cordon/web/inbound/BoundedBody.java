package io.cordon.web.inbound;

import io.cordon.web.api.ApiException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.springframework.http.HttpStatus;

/** Reads a body that may be neither too large nor too slow. */
final class BoundedBody {
  /** Both senders give up about then themselves. */
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private BoundedBody() {}

  /**
   * The whole body.
   *
   * @throws ApiException 413 when it has more than {@code largest} bytes, 408 when it is not there in time
   */
  static byte[] read(InputStream in, int largest) throws IOException {
    long start = System.nanoTime();
    var read = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      read.write(buffer, 0, count);
      if (read.size() > largest) {
        throw new ApiException(HttpStatus.PAYLOAD_TOO_LARGE, "MESSAGE_TOO_LARGE");
      }
      if (System.nanoTime() - start > LONGEST.toNanos()) {
        throw new ApiException(HttpStatus.REQUEST_TIMEOUT, "TOO_SLOW");
      }
    }
    return read.toByteArray();
  }
}
