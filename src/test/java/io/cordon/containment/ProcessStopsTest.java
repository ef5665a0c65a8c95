package io.cordon.containment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.node.TextNode;
import io.cordon.containment.mde.LibraryScript;
import io.cordon.containment.mde.MachineAction;
import io.cordon.containment.mde.MdeClient;
import io.cordon.evidence.EvidenceLog;
import io.cordon.gate.ExecutionPermit;
import io.cordon.gate.StopOrder;
import io.cordon.platform.http.TestHttp;
import io.cordon.platform.phi.OutgoingNet;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessStopsTest {
  private static final String SCRIPT_SHA256 = "cd".repeat(32);
  private static final long BEGUN = 1_795_000_000;

  private final MdeClient mde = mock(MdeClient.class);
  private final ExecutionPermit permit = mock(ExecutionPermit.class);

  @ParameterizedTest
  @ValueSource(strings = {"", "postgres", "dcm4chee-arc,mirth"})
  void sendsItsOrderPastTheNetWheneverTheProcessBegan(String protectedNames) {
    OutgoingNet net = TestHttp.net();
    when(permit.id()).thenReturn("x-0198f2a1b3c4d5e6f7a8b9c0d1e2f3a4");
    when(permit.mdeDeviceId()).thenReturn("device");
    when(permit.sendBefore()).thenReturn(Instant.MAX);
    when(mde.scriptSha256("stop.sh")).thenReturn(Optional.of(SCRIPT_SHA256));
    when(mde.runScript(any(), any(), any())).thenAnswer(call -> {
      net.pass("mde", "run-script", TextNode.valueOf(call.getArgument(1, LibraryScript.class).arguments()));
      return new MachineAction("m-1", "LiveResponse", "Pending", null, "device", "cordon", call.getArgument(2), null, null, 0);
    });
    List<String> names = protectedNames.isEmpty() ? List.of() : List.of(protectedNames.split(","));
    var stops =
        new ProcessStops(new Containment(mde, mock(EvidenceLog.class), Clock.systemUTC()), mde, mock(StopResults.class), new StopSettings("P2", "stop.sh", SCRIPT_SHA256, names));

    for (long begun = BEGUN; begun < BEGUN + 60; begun++) {
      var order = new StopOrder(4211, Instant.ofEpochSecond(begun), "ab".repeat(32), StopOrder.DataStatement.NO_DATABASE, "stop.sh", SCRIPT_SHA256);
      assertThat(stops.stop(permit, order)).isEqualTo(SendResult.accepted("m-1"));
    }
  }
}
