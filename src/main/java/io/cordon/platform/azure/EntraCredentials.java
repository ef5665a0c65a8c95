package io.cordon.platform.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.policy.FixedDelayOptions;
import com.azure.core.http.policy.RetryOptions;
import com.azure.identity.AadCredentialBuilderBase;
import com.azure.identity.ClientCertificateCredentialBuilder;
import com.azure.identity.ClientSecretCredentialBuilder;
import java.time.Duration;

/** Builds the credential the settings describe: the certificate when there is one, else the secret. */
final class EntraCredentials {
  private EntraCredentials() {}

  static TokenCredential of(EntraSettings settings, HttpClient http) {
    if (!settings.isComplete()) {
      throw new IllegalStateException("cordon.entra needs tenant-id, client-id and a certificate or secret");
    }
    if (settings.certificateFile() != null) {
      return common(new ClientCertificateCredentialBuilder(), settings, http)
          .pemCertificate(settings.certificateFile().toString())
          .build();
    }
    return common(new ClientSecretCredentialBuilder(), settings, http).clientSecret(settings.clientSecret()).build();
  }

  private static <B extends AadCredentialBuilderBase<B>> B common(B builder, EntraSettings settings, HttpClient http) {
    builder
        .tenantId(settings.tenantId())
        .clientId(settings.clientId())
        .authorityHost(settings.authorityHost())
        .httpClient(http)
        .retryOptions(new RetryOptions(new FixedDelayOptions(0, Duration.ofMillis(1))));
    return settings.isMicrosoftAuthority() ? builder : builder.disableInstanceDiscovery();
  }
}
