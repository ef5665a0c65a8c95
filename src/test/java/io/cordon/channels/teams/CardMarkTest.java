package io.cordon.channels.teams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordon.platform.mode.ModeRefusedException;
import io.cordon.platform.mode.OperatingMode;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CardMarkTest {
  private final JsonNode card = ApprovalCard.ofText("Maintenance window needed");

  @Test
  void saysFirstOfAllThatItIsAnExercise() {
    JsonNode marked = new CardMark(OperatingMode.DRILL).on(card);
    assertThat(marked.at("/body/0/text").asText()).startsWith("DRILL: ");
    assertThat(marked.at("/body/1/text").asText()).isEqualTo("Maintenance window needed");
    assertThat(new CardMark(OperatingMode.DRILL).on("Approved")).isEqualTo("DRILL: Approved");
  }

  @Test
  void leavesWhatIsRealAsItIs() {
    assertThat(new CardMark(OperatingMode.LIVE).on(card)).isEqualTo(card);
    assertThat(new CardMark(OperatingMode.LIVE).on("Approved")).isEqualTo("Approved");
  }

  @Test
  void sendsCardsOfShadowToNoRealChannel() {
    assertThat(settings("19:shadow").inShadow().channelOf("PACS")).isEqualTo("19:shadow");
    assertThat(settings("19:shadow").inShadow().isOurChannel("19:pacs")).isFalse();
    assertThatThrownBy(() -> settings(null).inShadow()).isInstanceOf(ModeRefusedException.class);
    assertThatThrownBy(() -> settings("19:pacs").inShadow()).isInstanceOf(ModeRefusedException.class);
  }

  private static TeamsSettings settings(String shadow) {
    return new TeamsSettings(
        "https://smba.trafficmanager.net", null, "tenant", "bot", Map.of("PACS", "19:pacs"), null, null, null, null, null, shadow, null);
  }
}
