package io.cordon.containment.signs;

import io.cordon.containment.signs.Signs.Probe;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * DICOM's own question whether a service is there: one association, one C-ECHO, one release. The machine may still be an
 * attacker's, so answers are short and in time, or are none.
 */
final class DicomEcho {
  private static final int ASSOCIATE_RQ = 0x01;
  private static final int ASSOCIATE_AC = 0x02;
  private static final int DATA = 0x04;
  private static final int RELEASE_RQ = 0x05;
  private static final int RELEASE_RP = 0x06;
  /** Bytes; what answers here takes a few hundred. */
  private static final int LONGEST = 16_384;

  private final Socket socket;
  private final long until;

  private DicomEcho(Socket socket, long until) {
    this.socket = socket;
    this.until = until;
  }

  /**
   * Asks, all in all within this time.
   *
   * @param called the application entity that is asked, 1 to 16 characters of ASCII
   * @return ANSWERED for a C-ECHO that succeeded; UNKNOWN when something answers that is no DICOM, or does not take Cordon
   * @throws IOException when nothing answers in time
   */
  static Probe ask(InetSocketAddress at, String called, Duration patience) throws IOException {
    long until = System.nanoTime() + patience.toNanos();
    try (Socket socket = new Socket()) {
      socket.connect(at, (int) patience.toMillis());
      return new DicomEcho(socket, until).ask(called);
    }
  }

  private Probe ask(String called) throws IOException {
    send(ASSOCIATE_RQ, DicomMessages.association(called, LONGEST));
    if (!DicomMessages.takesVerification(receive(ASSOCIATE_AC))) {
      return Probe.PROBE_UNKNOWN;
    }
    send(DATA, DicomMessages.echo());
    Probe probe = DicomMessages.isSuccess(receive(DATA)) ? Probe.PROBE_ANSWERED : Probe.PROBE_UNKNOWN;
    release();
    return probe;
  }

  private void release() {
    try {
      send(RELEASE_RQ, new byte[4]);
      receive(RELEASE_RP);
    } catch (IOException e) {
      // a farewell; the question was answered before
    }
  }

  private void send(int type, byte[] body) throws IOException {
    socket.getOutputStream().write(ByteBuffer.allocate(6 + body.length).put((byte) type).put((byte) 0).putInt(body.length).put(body).array());
  }

  /** What came, or nothing when it is of another type or longer than any of its type. */
  private ByteBuffer receive(int type) throws IOException {
    ByteBuffer head = read(6);
    boolean isIt = head.getShort() >> 8 == type;
    int length = head.getInt();
    return isIt && length >= 0 && length <= LONGEST ? read(length) : ByteBuffer.allocate(0);
  }

  private ByteBuffer read(int length) throws IOException {
    ByteBuffer read = ByteBuffer.allocate(length);
    while (read.hasRemaining()) {
      long left = Duration.ofNanos(until - System.nanoTime()).toMillis();
      if (left < 1) {
        throw new SocketTimeoutException();
      }
      socket.setSoTimeout((int) left);
      int got = socket.getInputStream().read(read.array(), read.position(), read.remaining());
      if (got < 0) {
        throw new EOFException();
      }
      read.position(read.position() + got);
    }
    return read.flip();
  }
}
