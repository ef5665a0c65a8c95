package io.cordon.evidence.anchors;

import io.cordon.platform.azure.AccessTokens;
import io.cordon.platform.azure.TokenUnavailable;
import io.cordon.platform.http.HttpClients;
import java.io.IOException;
import java.util.Arrays;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * A container of Azure Blob Storage under a locked time-based retention policy. The two requests it takes, Put Blob and
 * Get Blob, are written out: the SDK for them would bring retries and an HTTP pipeline of its own.
 */
final class AzureBlobClientHttp implements AnchorStore {
  private static final String SCOPE = "https://storage.azure.com/.default";
  private static final String VERSION = "2023-11-03";
  private static final MediaType TEXT = MediaType.get("text/plain; charset=utf-8");
  private static final long LARGEST = 1 << 16;

  private final OkHttpClient client;
  private final AccessTokens tokens;
  private final String container;
  private boolean immutable;

  /** @param container address of the container, such as {@code https://account.blob.core.windows.net/cordon-anchors} */
  AzureBlobClientHttp(HttpClients clients, AccessTokens tokens, String container) {
    this.client = clients.client();
    this.tokens = tokens;
    this.container = container;
  }

  @Override
  public String name() {
    return "azure-blob";
  }

  @Override
  public void keep(String name, byte[] text) {
    try {
      requireImmutable();
      put(name, text);
    } catch (IOException e) {
      throw new AnchorFailed(AnchorFailed.NOT_REACHED);
    } catch (TokenUnavailable e) {
      throw new AnchorFailed(AnchorFailed.NO_TOKEN);
    }
  }

  private void requireImmutable() throws IOException {
    if (immutable) {
      return;
    }
    try (Response response = send(request(container + "?restype=container").head())) {
      requireStatus(response, 200);
      immutable = "true".equals(response.header("x-ms-has-immutability-policy"));
    }
    if (!immutable) {
      throw new AnchorFailed(AnchorFailed.NOT_IMMUTABLE);
    }
  }

  private void put(String name, byte[] text) throws IOException {
    Request.Builder put = request(container + "/" + name)
        .header("x-ms-blob-type", "BlockBlob").header("If-None-Match", "*").put(RequestBody.create(text, TEXT));
    try (Response response = send(put)) {
      // 409 with the condition, 412 without it being asked first: either way there is something already
      if (response.code() == 409 || response.code() == 412) {
        requireSame(name, text);
      } else {
        requireStatus(response, 201);
      }
    }
  }

  private void requireSame(String name, byte[] text) throws IOException {
    try (Response response = send(request(container + "/" + name).get())) {
      requireStatus(response, 200);
      if (!Arrays.equals(HttpClients.body(response, LARGEST), text)) {
        throw new AnchorFailed(AnchorFailed.OTHER_TEXT);
      }
    }
  }

  private Request.Builder request(String url) {
    return new Request.Builder().url(url).header("x-ms-version", VERSION).header("Authorization", "Bearer " + tokens.bearer(SCOPE));
  }

  private Response send(Request.Builder request) throws IOException {
    return client.newCall(request.build()).execute();
  }

  private void requireStatus(Response response, int expected) {
    if (response.code() == 401) {
      tokens.forget(SCOPE);
    }
    if (response.code() != expected) {
      throw new AnchorFailed("STATUS_" + response.code());
    }
  }
}
