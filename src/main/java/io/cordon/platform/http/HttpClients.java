package io.cordon.platform.http;

import java.io.IOException;
import java.net.Proxy;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSource;

/**
 * The only place where an OkHttpClient is built: no redirects, no automatic resend of any kind, the platform's
 * certificate authorities plus the configured ones. Retrying is the engine's business (design section 2).
 */
public final class HttpClients {
  private final OkHttpClient client;

  /** Connections that go through the proxy of this Java, where one is set. */
  public HttpClients(HttpSettings settings) {
    this(settings, null);
  }

  private HttpClients(HttpSettings settings, Proxy proxy) {
    OkHttpClient.Builder builder =
        new OkHttpClient.Builder()
            .proxy(proxy)
            .followRedirects(false)
            .followSslRedirects(false)
            .retryOnConnectionFailure(false)
            .connectTimeout(settings.connectTimeout())
            .readTimeout(settings.readTimeout())
            .writeTimeout(settings.readTimeout())
            .callTimeout(settings.longestCall())
            .eventListenerFactory(SendMark::forCall)
            .addNetworkInterceptor(HttpClients::withoutInvitationToResend);
    if (settings.trustedCa() != null) {
      TrustedCertificates trusted = TrustedCertificates.with(settings.trustedCa());
      builder.sslSocketFactory(trusted.tls().getSocketFactory(), trusted.manager());
    }
    this.client = builder.build();
  }

  /** Connections past every proxy: what a proxy answers proves nothing of the machine behind it. */
  public static HttpClients direct(HttpSettings settings) {
    return new HttpClients(settings, Proxy.NO_PROXY);
  }

  public OkHttpClient client() {
    return client;
  }

  /**
   * The body of a response, as long as it has at most {@code limit} bytes.
   *
   * @throws IOException when the body is larger or was cut off
   */
  public static byte[] body(Response response, long limit) throws IOException {
    BufferedSource source = response.body().source();
    Buffer read = new Buffer();
    while (read.size() <= limit) {
      if (source.read(read, limit + 1 - read.size()) == -1) {
        return read.readByteArray();
      }
    }
    throw new IOException("Response body above " + limit + " bytes");
  }

  // OkHttp resends a request by itself on 503 with "Retry-After: 0", POST included.
  private static Response withoutInvitationToResend(Interceptor.Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    boolean invites = response.code() == 503 && "0".equals(response.header("Retry-After"));
    return invites ? response.newBuilder().removeHeader("Retry-After").build() : response;
  }
}
