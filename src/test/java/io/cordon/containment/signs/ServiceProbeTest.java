package io.cordon.containment.signs;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordon.containment.signs.Signs.Probe;
import io.cordon.platform.http.TestHttp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against real sockets. */
class ServiceProbeTest {
  private final ServiceProbe probe = new ServiceProbe(TestHttp.json(), true);

  @Test
  void connectsToAPort() throws IOException {
    int port;
    try (ServerSocket dicom = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = dicom.getLocalPort();
      assertThat(probe.look("tcp://127.0.0.1:" + port)).isEqualTo(Probe.PROBE_ANSWERED);
    }
    assertThat(probe.look("tcp://127.0.0.1:" + port)).as("once it is closed").isEqualTo(Probe.PROBE_SILENT);
    assertThat(probe.look("http://127.0.0.1:" + port + "/")).isEqualTo(Probe.PROBE_SILENT);
  }

  @ParameterizedTest
  @CsvSource(delimiter = ';', value = {
    "/metadata; 200; {\"resourceType\":\"CapabilityStatement\"}; PROBE_ANSWERED",
    "/r4/metadata; 200; {\"resourceType\":\"OperationOutcome\"}; PROBE_UNKNOWN",
    "/metadata; 200; <html>sign in</html>; PROBE_UNKNOWN",
    "/metadata; 401; {}; PROBE_UNKNOWN",
    "/metadata; 302; {}; PROBE_UNKNOWN",
    "/metadata; 503; {}; PROBE_SILENT",
    "/viewer; 200; <html>here</html>; PROBE_ANSWERED",
    "/viewer; 401; {}; PROBE_ANSWERED",
    "/viewer; 502; {}; PROBE_SILENT",
  })
  void asksAServerOfTheWeb(String path, int status, String body, Probe seen) throws Exception {
    try (MockWebServer server = new MockWebServer()) {
      server.start();
      server.enqueue(new MockResponse.Builder().code(status).body(body).build());
      assertThat(probe.look(server.url(path).toString())).isEqualTo(seen);
      var asked = server.takeRequest();
      assertThat(asked.getMethod()).isEqualTo("GET");
      assertThat(asked.getHeaders().get("Authorization")).isNull();
    }
  }

  @Test
  void asksNobodyWhereTheRegisterNamesNone() {
    assertThat(probe.look(null)).isEqualTo(Probe.PROBE_NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp://127.0.0.1:22", "http://localhost:8080/", "http://169.254.169.254/metadata", "tcp://[::1]:22", "tcp://0.0.0.0:22", "dicom://127.0.0.1:104/PACS"})
  void asksNothingOnItsOwnHost(String address) {
    assertThat(new ServiceProbe(TestHttp.json(), false).look(address)).isEqualTo(Probe.PROBE_UNKNOWN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp://pacs", "tcp://:104", "http://:/x", "tcp://a_b:104", "dicom://127.0.0.1/PACS", "tcp://no-such-host.invalid:104"})
  void takesNoAddressForAnAnswerThatIsNone(String address) {
    assertThat(probe.look(address)).isIn(Probe.PROBE_UNKNOWN, Probe.PROBE_SILENT);
  }
}
