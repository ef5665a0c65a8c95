package io.cordon.web.security;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.X509CertUtils;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import org.springframework.boot.ssl.pem.PemContent;

/** The application's certificate as the key that signs its assertions; Entra finds the certificate by its thumbprint. */
final class CertificateKey {
  private CertificateKey() {}

  /** Reads a PEM file with an RSA certificate and its private key. */
  static RSAKey read(Path file) {
    try {
      PemContent pem = PemContent.load(file);
      X509Certificate certificate = pem.getCertificates().get(0);
      return new RSAKey.Builder((RSAPublicKey) certificate.getPublicKey())
          .privateKey(pem.getPrivateKey())
          .x509CertSHA256Thumbprint(X509CertUtils.computeSHA256Thumbprint(certificate))
          .algorithm(JWSAlgorithm.PS256)
          .build();
    } catch (IOException | IllegalStateException | ClassCastException e) {
      throw new IllegalStateException("cordon.entra.certificate-file does not hold an RSA certificate and its key in PEM: " + file, e);
    }
  }
}
