package io.cordon.playbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import io.cordon.gate.Verdict;
import io.cordon.testing.OutsideWorld;
import io.cordon.testing.RegisteredMachine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whether a machine is there is seen just before it is isolated, and not believed of what Defender remembers. */
class OnlineProofTest extends PlayedCase {
  @BeforeEach
  void ask() {
    openACase();
    outside.calls.clear();
  }

  @Test
  void sendsNothingForAMachineThatArcLost() {
    outside.arcStatus = "Disconnected";
    approve();
    assertAPersonIsAsked();
  }

  @Test
  void sendsNothingWhenNobodyCanSayWhetherTheMachineIsThere() {
    outside.arcIsDown = true;
    approve();
    assertThat(process("containLinuxHost")).as("asked again first").isNotWaitingAt("userTask_reviewOutcome");
    settleThroughAllTries();
    assertAPersonIsAsked();
  }

  @Test
  void actsWhenTheMachinesOwnServiceAnswersThoughArcLostIt() throws IOException {
    try (ServerSocket service = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      RegisteredMachine.asDevelopment(jdbc);
      jdbc.sql("update asset_register set service_probe = :address where arc_id = :arc")
          .param("address", "tcp://127.0.0.1:" + service.getLocalPort())
          .param("arc", OutsideWorld.ARC)
          .update();
      outside.arcStatus = "Disconnected";
      approve();
    }
    assertThat(count("isolate")).isEqualTo(1);
  }

  private void approve() {
    assertThat(answer(Verdict.APPROVE, PACS_APPROVER).code()).isEqualTo("GRANTED");
    settle();
    fireTimer("catchEvent_windowOpens");
    settle();
  }

  private void assertAPersonIsAsked() {
    assertThat(outside.calls).doesNotContain("isolate");
    assertThat(process("containLinuxHost")).isWaitingAt("userTask_reviewOutcome");
  }
}
