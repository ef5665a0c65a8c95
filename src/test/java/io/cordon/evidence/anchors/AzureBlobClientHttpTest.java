package io.cordon.evidence.anchors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordon.platform.azure.FixedTokens;
import io.cordon.platform.http.TestHttp;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AzureBlobClientHttpTest {
  private static final byte[] TEXT = "note".getBytes();
  private final MockWebServer azure = new MockWebServer();
  private AzureBlobClientHttp store;

  @BeforeEach
  void start() throws Exception {
    azure.start();
    String container = azure.url("/anchors").toString();
    store = new AzureBlobClientHttp(TestHttp.clients(null), new FixedTokens(), container);
  }

  @AfterEach
  void stop() {
    azure.close();
  }

  @Test
  void putsABlobThatMustNotExistIntoAnImmutableContainer() throws Exception {
    policy("true");
    answer(201, "");
    answer(201, "");
    store.keep("checkpoint-7.txt", TEXT);
    store.keep("checkpoint-8.txt", TEXT);
    RecordedRequest look = azure.takeRequest();
    assertThat(look.getMethod() + " " + look.getTarget()).isEqualTo("HEAD /anchors?restype=container");
    RecordedRequest put = azure.takeRequest();
    assertThat(put.getMethod() + " " + put.getTarget()).isEqualTo("PUT /anchors/checkpoint-7.txt");
    assertThat(put.getHeaders().get("If-None-Match")).isEqualTo("*");
    assertThat(put.getHeaders().get("x-ms-blob-type")).isEqualTo("BlockBlob");
    assertThat(put.getHeaders().get("x-ms-version")).isNotBlank();
    assertThat(put.getHeaders().get("Authorization")).startsWith("Bearer ");
    assertThat(put.getBody().utf8()).isEqualTo("note");
    assertThat(azure.takeRequest().getTarget()).as("the policy is looked at once").isEqualTo("/anchors/checkpoint-8.txt");
  }

  @Test
  void takesWhatIsThereAsKeptOnlyIfItIsTheSame() {
    policy("true");
    answer(409, "");
    answer(200, "note");
    store.keep("checkpoint-7.txt", TEXT);
    answer(412, "");
    answer(200, "another");
    assertThatThrownBy(() -> store.keep("checkpoint-7.txt", TEXT)).hasMessageContaining("OTHER_TEXT");
  }

  @Test
  void doesNotTrustAContainerThatForgets() {
    policy("false");
    assertThatThrownBy(() -> store.keep("checkpoint-7.txt", TEXT)).hasMessageContaining("NOT_IMMUTABLE");
    assertThat(azure.getRequestCount()).isEqualTo(1);
  }

  @Test
  void saysWhatFailedInAWordOfOurs() {
    answer(403, "<Error>secret</Error>");
    assertThatThrownBy(() -> store.keep("checkpoint-7.txt", TEXT)).hasMessage("checkpoint not anchored: STATUS_403");
    azure.close();
    assertThatThrownBy(() -> store.keep("checkpoint-7.txt", TEXT)).hasMessageContaining("NOT_REACHED");
  }

  private void policy(String immutable) {
    azure.enqueue(new MockResponse.Builder().code(200).addHeader("x-ms-has-immutability-policy", immutable).build());
  }

  private void answer(int status, String body) {
    azure.enqueue(new MockResponse.Builder().code(status).body(body).build());
  }
}
