package io.cordon.containment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.node.TextNode;
import io.cordon.containment.mde.ActionComment;
import io.cordon.containment.mde.MachineAction;
import io.cordon.containment.mde.MdeClient;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidenceType;
import io.cordon.gate.ExecutionPermit;
import io.cordon.platform.phi.OutgoingNet;
import io.cordon.platform.phi.PatientDataFound;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A comment that may not leave never keeps an action from being sent or recognised: the bare token goes instead. */
class HeldBackCommentTest {
  private static final String PERMIT = "x-0198f2a1b3c4d5e6f7a8b9c0d1e2f3a4";

  private final MdeClient mde = mock(MdeClient.class);
  private final EvidenceLog evidence = mock(EvidenceLog.class);
  private final Containment containment = new Containment(mde, evidence, Clock.systemUTC());
  private final ExecutionPermit permit = mock(ExecutionPermit.class);

  @BeforeEach
  void aPermit() {
    when(permit.id()).thenReturn(PERMIT);
    when(permit.mdeDeviceId()).thenReturn("device");
    when(permit.sendBefore()).thenReturn(Instant.MAX);
  }

  @Test
  void passesTheNet() {
    OutgoingNet net = OutgoingNet.of(Map.of(), "https://cordon.hospital.example", new SimpleMeterRegistry());
    for (String deed : new String[] {"isolate", "release", "cancel"}) {
      net.pass("mde", deed, TextNode.valueOf(ActionComment.of(PERMIT, deed)));
    }
    net.pass("mde", "isolate", TextNode.valueOf(ActionComment.of(PERMIT)));
  }

  @Test
  void sendsTheBareTokenInItsPlace() {
    when(mde.isolate(any(), any())).thenAnswer(call -> {
      if (call.getArgument(1, String.class).contains(" ")) {
        throw new PatientDataFound("mde", "isolate", "SITE_NUMBER");
      }
      return new MachineAction("m-1", "Isolate", "Pending", "Full", "device", "cordon", call.getArgument(1), null, null, 0);
    });

    assertThat(containment.isolate(permit)).isEqualTo(SendResult.accepted("m-1"));
    verify(mde).isolate("device", "cordon:" + PERMIT);
    verify(evidence).append(argThat(entry ->
        entry.type() == EvidenceType.NOTIFY_FAILED && entry.data().equals(Map.of("channel", "MDE", "permit", PERMIT, "rule", "SITE_NUMBER"))));
  }

  @Test
  void sendsNothingWhenNotEvenTheTokenPasses() {
    when(mde.isolate(eq("device"), anyString())).thenThrow(new PatientDataFound("mde", "isolate", "SITE_NUMBER"));

    assertThat(containment.isolate(permit)).isEqualTo(SendResult.refused(SendResult.HELD_BACK));
  }
}
