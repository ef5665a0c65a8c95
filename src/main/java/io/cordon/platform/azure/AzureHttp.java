package io.cordon.platform.azure;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import io.cordon.platform.http.HttpClients;
import java.io.IOException;
import java.io.UncheckedIOException;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Lets the Azure SDKs send through our own factory, so that trust and timeouts are configured once. */
final class AzureHttp implements HttpClient {
  private static final long BODY_LIMIT = 16L << 20;

  private final OkHttpClient client;

  AzureHttp(HttpClients clients) {
    this.client = clients.client();
  }

  @Override
  public Mono<HttpResponse> send(HttpRequest request) {
    return Mono.fromCallable(() -> exchange(request)).subscribeOn(Schedulers.boundedElastic());
  }

  @Override
  public HttpResponse sendSync(HttpRequest request, Context context) {
    try {
      return exchange(request);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HttpResponse exchange(HttpRequest request) throws IOException {
    try (Response response = client.newCall(translated(request)).execute()) {
      HttpHeaders headers = new HttpHeaders();
      response.headers().forEach(h -> headers.add(HttpHeaderName.fromString(h.getFirst()), h.getSecond()));
      return new AzureHttpResponse(request, response.code(), headers, HttpClients.body(response, BODY_LIMIT));
    }
  }

  private static Request translated(HttpRequest request) {
    Request.Builder builder = new Request.Builder().url(request.getUrl());
    request.getHeaders().forEach(h -> h.getValuesList().forEach(value -> builder.addHeader(h.getName(), value)));
    return builder.method(request.getHttpMethod().toString(), body(request)).build();
  }

  private static RequestBody body(HttpRequest request) {
    return switch (request.getHttpMethod()) {
      case POST, PUT, PATCH -> RequestBody.create(
          request.getBodyAsBinaryData() == null ? new byte[0] : request.getBodyAsBinaryData().toBytes());
      default -> null;
    };
  }
}
