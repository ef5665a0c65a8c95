package io.cordon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import okhttp3.FormBody;
import okhttp3.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulatedFhirTest {
  private static final String COUNT = "location=Location/mr-1&status=in-progress&_summary=count";

  @RegisterExtension final RunningSandbox sandbox = new RunningSandbox();

  @Test
  void answersWithANumberAndEveryParameterItUnderstood() throws IOException {
    assertThat(sandbox.control("POST", "/_sandbox/fhir", "{\"location\":\"mr-1\",\"encounters\":2}").status()).isEqualTo(200);
    RunningSandbox.Got got = ask("/fhir/r4/Encounter/_search", COUNT, true);
    assertThat(got.body().path("total").asInt()).isEqualTo(2);
    assertThat(got.body().has("entry")).isFalse();
    assertThat(got.body().at("/link/0/url").asText()).contains("location=").contains("status=");
    assertThat(ask("/fhir/r4/Encounter/_search", COUNT.replace("mr-1", "mr-2"), true).body().path("total").asInt()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "/fhir/r4/Encounter/_search, location=Location/mr-1",
    "/fhir/r4/Encounter/_search, location=Location/mr-1&_summary=true",
    "/fhir/r4/Encounter/_search, patient=Patient/1&_summary=count",
    "/fhir/r4/Encounter, location=Location/mr-1&_summary=count",
    "/fhir/r4/Patient/_search, _summary=count"})
  void refusesWhateverWantsMoreThanANumber(String path, String form) throws IOException {
    assertThat(ask(path, form, true).status()).isEqualTo(400);
  }

  @Test
  void refusesTheLenientAndTheUnknown() throws IOException {
    assertThat(ask("/fhir/r4/Encounter/_search", COUNT, false).status()).isEqualTo(400);
    assertThat(sandbox.form("/fhir/r4/Encounter/_search", Map.of("_summary", "count")).status()).isEqualTo(401);
    assertThat(sandbox.control("POST", "/_sandbox/fhir", "{}").status()).isEqualTo(400);
  }

  private RunningSandbox.Got ask(String path, String fields, boolean strict) throws IOException {
    FormBody.Builder form = new FormBody.Builder();
    for (String field : fields.split("&")) {
      form.add(field.split("=", 2)[0], field.split("=", 2)[1]);
    }
    Request.Builder request =
        new Request.Builder().url(sandbox.cloud.cloudUrl() + path).post(form.build())
            .header("Authorization", "Bearer " + sandbox.token(SimulatedFhir.AUDIENCE, SimulatedFhir.READ));
    return sandbox.call((strict ? request.header("Prefer", "handling=strict") : request).build());
  }
}
