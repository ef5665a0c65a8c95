package io.cordon.platform.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** The platform's certificate authorities plus those of one PEM file, as one trust manager. */
public record TrustedCertificates(X509TrustManager manager) {

  /** @param pem file of certificates; one that cannot be read or holds none is an IllegalStateException */
  public static TrustedCertificates with(Path pem) {
    try (InputStream in = Files.newInputStream(pem)) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int index = 0;
      for (X509Certificate certificate : platform().getAcceptedIssuers()) {
        store.setCertificateEntry("platform-" + index++, certificate);
      }
      Collection<? extends Certificate> extra = CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (extra.isEmpty()) {
        throw new IllegalStateException("cordon.http.trusted-ca holds no certificate");
      }
      for (Certificate certificate : extra) {
        store.setCertificateEntry("extra-" + index++, certificate);
      }
      return new TrustedCertificates(managerOf(store));
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("cordon.http.trusted-ca cannot be read", e);
    }
  }

  /** TLS that trusts these. */
  public SSLContext tls() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {manager}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("No TLS on this platform", e);
    }
  }

  private static X509TrustManager platform() throws GeneralSecurityException {
    return managerOf(null);
  }

  private static X509TrustManager managerOf(KeyStore store) throws GeneralSecurityException {
    TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509TrustManager found) {
        return found;
      }
    }
    throw new IllegalStateException("No X.509 trust manager on this platform");
  }
}
