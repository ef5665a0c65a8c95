package io.cordon.web.security;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.cordon.platform.http.HttpSettings;
import io.cordon.platform.http.TrustedCertificates;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.oauth2.client.endpoint.NimbusJwtClientAuthenticationParametersConverter;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestTemplate;

/** The Entra application as Spring Security needs it; addresses are explicit, so starting asks nobody. */
@Configuration
@ConditionalOnExpression("!'${cordon.entra.client-id:}'.isBlank()")
@EnableConfigurationProperties(HttpSettings.class)
class EntraConfiguration {
  static final String REGISTRATION = "entra";
  /** Entra announces new keys weeks ahead; a token lives about an hour, so a stale key opens little. */
  private static final Duration OUTAGE = Duration.ofHours(4);

  private final EntraProperties entra;
  private final ClientHttpRequestFactory requests;
  private final JWKSource<SecurityContext> keys;

  EntraConfiguration(EntraProperties entra, HttpSettings http) {
    this.entra = entra;
    this.requests = requests(http);
    this.keys = keys(entra, requests);
  }

  /** To the identity provider as to everybody else: no redirects, the configured timeouts and authorities. */
  private static ClientHttpRequestFactory requests(HttpSettings settings) {
    HttpClient.Builder client =
        HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).connectTimeout(settings.connectTimeout());
    if (settings.trustedCa() != null) {
      client.sslContext(TrustedCertificates.with(settings.trustedCa()).tls());
    }
    var factory = new JdkClientHttpRequestFactory(client.build());
    factory.setReadTimeout(settings.readTimeout());
    return factory;
  }

  @Bean
  @ConditionalOnMissingBean
  JwtDecoder consoleAndApiTokens() {
    return decoder(Tokens.accessToken(entra));
  }

  @Bean
  ClientRegistrationRepository registrations() {
    return new InMemoryClientRegistrationRepository(
        ClientRegistration.withRegistrationId(REGISTRATION)
            .clientId(entra.clientId())
            .clientSecret(entra.clientSecret())
            .clientAuthenticationMethod(credential())
            .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
            .redirectUri("{baseUrl}/login/oauth2/code/{registrationId}")
            .scope("openid", "profile")
            .authorizationUri(entra.authorizationEndpoint())
            .tokenUri(entra.tokenEndpoint())
            .jwkSetUri(entra.keys())
            .issuerUri(entra.issuer())
            .userNameAttributeName("oid")
            .build());
  }

  private ClientAuthenticationMethod credential() {
    if (entra.certificateFile() != null) {
      return ClientAuthenticationMethod.PRIVATE_KEY_JWT;
    }
    return entra.clientSecret().isBlank() ? ClientAuthenticationMethod.NONE : ClientAuthenticationMethod.CLIENT_SECRET_POST;
  }

  @Bean
  JwtDecoderFactory<ClientRegistration> idTokens() {
    return registration ->
        decoder(
            new DelegatingOAuth2TokenValidator<>(
                Tokens.times(), new OidcIdTokenValidator(registration), Tokens.tenant(entra)));
  }

  @Bean
  RestClientAuthorizationCodeTokenResponseClient tokenClient() {
    var client = new RestClientAuthorizationCodeTokenResponseClient();
    if (entra.certificateFile() != null) {
      RSAKey key = CertificateKey.read(entra.certificateFile());
      client.addParametersConverter(new NimbusJwtClientAuthenticationParametersConverter<>(registration -> key));
    }
    client.setRestClient(
        RestClient.builder()
            .requestFactory(requests)
            .messageConverters(
                converters -> {
                  converters.clear();
                  converters.add(new FormHttpMessageConverter());
                  converters.add(new OAuth2AccessTokenResponseHttpMessageConverter());
                })
            .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
            .build());
    return client;
  }

  private NimbusJwtDecoder decoder(OAuth2TokenValidator<Jwt> validator) {
    var processor = new DefaultJWTProcessor<SecurityContext>();
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.RS256, keys));
    // claims are the validator's
    processor.setJWTClaimsSetVerifier((claims, context) -> { });
    NimbusJwtDecoder decoder = new NimbusJwtDecoder(processor);
    decoder.setJwtValidator(validator);
    return decoder;
  }

  /** Kept for five minutes, asked for twice, and kept on while Entra does not answer: alerts come in during its outage too. */
  private static JWKSource<SecurityContext> keys(EntraProperties entra, ClientHttpRequestFactory requests) {
    RestTemplate http = new RestTemplate(requests);
    ResourceRetriever retriever = address -> {
      try {
        return new Resource(http.getForObject(address.toString(), String.class), "application/json");
      } catch (RestClientException e) {
        throw new IOException("the keys of Entra could not be read", e);
      }
    };
    try {
      return JWKSourceBuilder.create(URI.create(entra.keys()).toURL(), retriever).retrying(true).outageTolerant(OUTAGE.toMillis()).build();
    } catch (MalformedURLException e) {
      throw new IllegalStateException("cordon.entra.authority-host is no address", e);
    }
  }
}
