package io.cordon.containment.signs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cordon.containment.signs.Signs.Probe;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** A C-ECHO to a DICOM service that is not ours: DCMTK's, where it is installed. */
@EnabledIf("isInstalled")
class DicomPeerTest {
  private static final String STORESCP = "/usr/bin/storescp";

  @TempDir Path home;
  private Process peer;
  private int port;

  static boolean isInstalled() {
    return new File(STORESCP).canExecute();
  }

  @AfterEach
  void stopThePeer() throws InterruptedException {
    peer.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
  }

  @Test
  void isAnsweredByAServiceOfDicom() throws IOException {
    start();
    assertThat(ask()).isEqualTo(Probe.PROBE_ANSWERED);
  }

  @Test
  void doesNotKnowWhetherOneThatTurnsItAwayIsWell() throws IOException {
    start("--refuse");
    assertThat(ask()).isEqualTo(Probe.PROBE_UNKNOWN);
  }

  private void start(String... options) throws IOException {
    try (ServerSocket freed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = freed.getLocalPort();
    }
    ProcessBuilder command = new ProcessBuilder(STORESCP, "--aetitle", "PACS");
    command.command().addAll(List.of(options));
    command.command().add(String.valueOf(port));
    peer = command.directory(home.toFile()).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
  }

  /** Asks until it has started. */
  private Probe ask() {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    return await().ignoreExceptions().until(() -> DicomEcho.ask(address, "PACS", Duration.ofSeconds(5)), Objects::nonNull);
  }
}
