package io.cordon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import okhttp3.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MdeLiveResponseTest {
  @RegisterExtension final RunningSandbox sandbox = new RunningSandbox();

  @Test
  void runsOneScriptOfTheLibraryAndKeepsWhatItLeftBehindForHalfAnHour() throws Exception {
    sandbox.cloud.mde.live.upload("stop.sh", "ab");
    sandbox.cloud.mde.live.scripts(arguments -> arguments.contains("--pid 7") ? 20 : 0);
    assertThat(run("unknown.sh", "").code()).isEqualTo("InvalidInput");
    String id = run("stop.sh", "--pid 7").body().path("id").asText();
    assertThat(run("stop.sh", "--pid 8").code()).as("one session a machine").isEqualTo("ActiveRequestAlreadyExists");
    assertThat(link(id).status()).as("nothing before it ended").isEqualTo(404);
    sandbox.pass(Duration.ofSeconds(31));
    String secret = link(id).body().path("value").asText();
    assertThat(fetch(secret).body().path("exit_code").asInt()).isEqualTo(20);
    assertThat(fetch(secret.replaceAll("sig=.", "sig=x")).status()).isEqualTo(403);
    sandbox.pass(Duration.ofMinutes(31));
    assertThat(fetch(secret).status()).isEqualTo(403);
    assertThat(sandbox.cloud.mde.live.runs()).containsExactly("--pid 7");
  }

  @Test
  void takesTenSessionsAMinuteFromWhoeverMay() throws Exception {
    sandbox.cloud.mde.live.upload("stop.sh", "ab");
    String path = "/api/machines/" + sandbox.device("pacs-gw-01").mdeId + "/runliveresponse";
    assertThat(sandbox.send("POST", sandbox.token(MdeAccess.AUDIENCE, MdeAccess.ISOLATE), path, "{}").status()).isEqualTo(403);
    for (int i = 0; i < 10; i++) {
      assertThat(run("unknown.sh", "").status()).isEqualTo(400);
    }
    assertThat(run("stop.sh", "").status()).isEqualTo(429);
    assertThat(sandbox.get(token(), "/api/libraryfiles").body().at("/value/0/sha256").asText()).isEqualTo("ab");
  }

  private RunningSandbox.Got run(String script, String arguments) throws Exception {
    String body =
        Call.JSON.writeValueAsString(
            Map.of("Comment", "cordon:one", "Commands", List.of(Map.of("type", "RunScript", "params",
                List.of(Map.of("key", "ScriptName", "value", script), Map.of("key", "Args", "value", arguments))))));
    return sandbox.send("POST", token(), "/api/machines/" + sandbox.device("pacs-gw-01").mdeId + "/runliveresponse", body);
  }

  private RunningSandbox.Got link(String id) throws Exception {
    return sandbox.get(token(), "/api/machineactions/" + id + "/GetLiveResponseResultDownloadLink(index=0)");
  }

  private RunningSandbox.Got fetch(String link) throws Exception {
    return sandbox.call(new Request.Builder().url(link).build());
  }

  private String token() {
    return sandbox.token(MdeAccess.AUDIENCE, MdeAccess.LIVE_RESPONSE, MdeAccess.READ, MdeAccess.LIBRARY);
  }
}
