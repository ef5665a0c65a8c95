package io.cordon.web.security;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;

/** HTTP to the identity provider: no redirects, short timeouts, the usual CAs and the hospital's own when configured. */
final class TrustedHttp {
  private TrustedHttp() {}

  static ClientHttpRequestFactory requests(String extraCa) {
    HttpClient.Builder client =
        HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).connectTimeout(Duration.ofSeconds(5));
    if (extraCa != null && !extraCa.isBlank()) {
      client.sslContext(trusting(Path.of(extraCa.strip())));
    }
    var factory = new JdkClientHttpRequestFactory(client.build());
    factory.setReadTimeout(Duration.ofSeconds(10));
    return factory;
  }

  private static SSLContext trusting(Path pem) {
    try (InputStream in = Files.newInputStream(pem)) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int index = 0;
      for (X509Certificate usual : usualAuthorities()) {
        store.setCertificateEntry("usual-" + index++, usual);
      }
      for (Certificate extra : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("extra-" + index++, extra);
      }
      TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("cordon.http.trusted-ca is not a readable PEM file of certificates", e);
    }
  }

  private static X509Certificate[] usualAuthorities() throws GeneralSecurityException {
    TrustManagerFactory usual = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    usual.init((KeyStore) null);
    return ((X509TrustManager) usual.getTrustManagers()[0]).getAcceptedIssuers();
  }
}
