package io.cordon.containment.signs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordon.containment.signs.Signs.Probe;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against a socket that answers as it is told; {@link DicomPeerTest} asks a real service. */
class DicomEchoTest {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  /** Context 1 and the maximum length, after 64 bytes that are not looked at. */
  private static final String ACCEPTED = "020000000061" + "00010000" + "20".repeat(32) + "00".repeat(32) + "21000019" + "01000000" + "40000011" + hex("1.2.840.10008.1.2");
  private static final String REJECTED = "03000000000400010103";
  private static final String ABORTED = "07000000000400000200";

  private ServerSocket server;

  @AfterEach
  void closeTheServer() throws IOException {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void asksForItselfByNameAndTakesSuccessForAnAnswer() throws Exception {
    CompletableFuture<byte[]> asked = answers(ACCEPTED, echoed("3080", "0000"));
    assertThat(ask()).isEqualTo(Probe.PROBE_ANSWERED);
    byte[] association = asked.get();
    assertThat(new String(association, 4, 32, StandardCharsets.US_ASCII)).isEqualTo("PACS            CORDON          ");
    assertThat(new String(association, StandardCharsets.US_ASCII)).contains("1.2.840.10008.1.1", "1.2.840.10008.1.2", "1.2.840.10008.3.1.1.1");
  }

  @ParameterizedTest
  @CsvSource({
    // it does not know Cordon; it does not take C-ECHO; no answer to the echo; it failed; it is full; no DICOM at all
    REJECTED + ",",
    ABORTED + ",",
    "0200000000480001,",
    "5353482d322e302d4f70656e5353480d0a,",
    "020000000010ffffffffffffffffffffffffffffffff,",
    "02007fffffff,",
    "02008fffffff,",
  })
  void takesNothingElseForOne(String first, String second) throws Exception {
    answers(first, second == null ? "" : second);
    assertThat(ask(Duration.ofSeconds(1))).isIn(Probe.PROBE_UNKNOWN, null);
  }

  @ParameterizedTest
  @CsvSource({"3080, 2201", "3000, 0000", "0180, 0000"})
  void takesNoOtherAnswerForSuccess(String command, String status) throws Exception {
    answers(ACCEPTED, echoed(command, status));
    assertThat(ask()).isEqualTo(Probe.PROBE_UNKNOWN);
  }

  @Test
  void takesNoServiceForOneThatRefusesTheQuestion() throws Exception {
    answers(ACCEPTED.replace("01000000" + "40000011", "01000300" + "40000011"), echoed("3080", "0000"));
    assertThat(ask()).isEqualTo(Probe.PROBE_UNKNOWN);
  }

  @Test
  void waitsNoLongerThanItsPatienceHoweverSlowlyItIsAnswered() throws Exception {
    server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    CompletableFuture.runAsync(() -> {
      try (Socket socket = server.accept()) {
        socket.getOutputStream().write(HexFormat.of().parseHex("020000001000"));
        while (true) {
          socket.getOutputStream().write(0);
          Thread.sleep(50);
        }
      } catch (IOException | InterruptedException e) {
        // the other side hung up
      }
    });
    assertThatThrownBy(() -> DicomEcho.ask(address(), "PACS", Duration.ofMillis(300))).isInstanceOf(IOException.class);
  }

  @Test
  void saysSoWhenNothingListens() throws Exception {
    server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    InetSocketAddress freed = address();
    server.close();
    assertThatThrownBy(() -> DicomEcho.ask(freed, "PACS", PATIENCE)).isInstanceOf(IOException.class);
  }

  private Probe ask() throws IOException {
    return DicomEcho.ask(address(), "PACS", PATIENCE);
  }

  /** Null when it hung up or said nothing. */
  private Probe ask(Duration patience) {
    try {
      return DicomEcho.ask(address(), "PACS", patience);
    } catch (IOException e) {
      return null;
    }
  }

  private InetSocketAddress address() {
    return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
  }

  /** Answers the first message and the second; gives the first. */
  private CompletableFuture<byte[]> answers(String first, String second) throws IOException {
    server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    return CompletableFuture.supplyAsync(() -> {
      try (Socket socket = server.accept()) {
        byte[] asked = null;
        for (String answer : List.of(first, second)) {
          byte[] message = receive(socket.getInputStream());
          asked = asked == null ? message : asked;
          OutputStream out = socket.getOutputStream();
          out.write(HexFormat.of().parseHex(answer));
        }
        return asked;
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    });
  }

  private static byte[] receive(InputStream in) throws IOException {
    byte[] head = in.readNBytes(6);
    return head.length < 6 ? head : in.readNBytes(Integer.parseInt(HexFormat.of().formatHex(head, 2, 6), 16));
  }

  /** C-ECHO-RSP with this command field and status, both little endian. */
  private static String echoed(String command, String status) {
    String elements = "00000200" + "12000000" + hex("1.2.840.10008.1.1") + "00" + "00000001" + "02000000" + command + "00002001" + "02000000" + "0100" + "00000008" + "02000000" + "0101"
        + "00000009" + "02000000" + status;
    String all = "00000000" + "04000000" + "42000000" + elements;
    int length = all.length() / 2 + 2;
    return "0400" + "%08x".formatted(length + 4) + "%08x".formatted(length) + "0103" + all;
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
  }
}
