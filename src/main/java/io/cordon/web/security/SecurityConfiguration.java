package io.cordon.web.security;

import jakarta.servlet.DispatcherType;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.Http403ForbiddenEntryPoint;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/**
 * Four chains: what Teams and PagerDuty call, API by bearer token, operations, console by sign-in. Without a configured Entra application all of it
 * is denied except the health probes.
 */
@Configuration
@EnableWebSecurity
@EnableConfigurationProperties(EntraProperties.class)
class SecurityConfiguration {
  private static final Logger log = LoggerFactory.getLogger(SecurityConfiguration.class);

  private final EntraProperties entra;
  private final String stepUpContext;
  private final SessionLimit limit;

  SecurityConfiguration(
      EntraProperties entra,
      @Value("${cordon.entra.step-up-context:}") String stepUpContext,
      @Value("${cordon.entra.longest-session:PT10H}") Duration longestSession,
      Clock clock) {
    this.entra = entra;
    this.stepUpContext = stepUpContext;
    this.limit = new SessionLimit(longestSession, clock);
    if (longestSession.compareTo(FreshSignIn.COUNTS) < 0) {
      throw new IllegalStateException("cordon.entra.longest-session is the time until people must sign in again, at least " + FreshSignIn.COUNTS);
    }
    if (!stepUpContext.matches("(c[0-9]{1,2})?")) {
      throw new IllegalStateException("cordon.entra.step-up-context is an Entra authentication context, c1 to c99");
    }
    if (!entra.isConfigured()) {
      log.warn("cordon.entra is not configured: nobody can sign in and every page and call is denied. "
          + "Set cordon.entra.tenant-id, client-id and authority-host, then start again.");
    }
  }

  /** No token of ours and neither Origin nor Referer: each of these proves itself to its controller. */
  @Bean
  @Order(0)
  SecurityFilterChain inboundChain(HttpSecurity http) throws Exception {
    http.securityMatcher("/api/teams/**", "/api/pagerduty/**");
    http.csrf(csrf -> csrf.disable());
    http.sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
    http.requestCache(cache -> cache.disable());
    http.exceptionHandling(failed -> failed.authenticationEntryPoint((request, response, e) -> SecurityProblems.denied(response)));
    allow(http, AccessRules.INBOUND);
    return http.build();
  }

  @Bean
  @Order(1)
  SecurityFilterChain apiChain(HttpSecurity http, ObjectProvider<JwtDecoder> decoder) throws Exception {
    http.securityMatcher("/api/**");
    bearer(http, decoder);
    allow(http, AccessRules.API);
    return http.build();
  }

  @Bean
  @Order(2)
  SecurityFilterChain operationsChain(HttpSecurity http, ObjectProvider<JwtDecoder> decoder) throws Exception {
    http.securityMatcher("/actuator/**", "/actuator");
    bearer(http, decoder);
    allow(http, AccessRules.OPERATIONS);
    return http.build();
  }

  @Bean
  @Order(3)
  SecurityFilterChain consoleChain(
      HttpSecurity http,
      ObjectProvider<ClientRegistrationRepository> registrations,
      ObjectProvider<RestClientAuthorizationCodeTokenResponseClient> tokens,
      TypedDrafts drafts)
      throws Exception {
    headers(http, entra.isConfigured() ? " " + entra.signInOrigin() : "");
    if (!entra.isConfigured()) {
      http.authorizeHttpRequests(all -> all.anyRequest().denyAll());
      http.exceptionHandling(failed -> failed.authenticationEntryPoint(new Http403ForbiddenEntryPoint()));
      return http.build();
    }
    var resolver =
        new DefaultOAuth2AuthorizationRequestResolver(registrations.getObject(), "/oauth2/authorization");
    resolver.setAuthorizationRequestCustomizer(OAuth2AuthorizationRequestCustomizers.withPkce());
    http.oauth2Login(
        login ->
            login
                .loginPage("/oauth2/authorization/" + EntraConfiguration.REGISTRATION)
                .failureUrl("/denied")
                .authorizationEndpoint(
                    endpoint -> endpoint.authorizationRequestResolver(new FreshSignInRequests(resolver, stepUpContext)))
                .tokenEndpoint(endpoint -> endpoint.accessTokenResponseClient(tokens.getObject()))
                .userInfoEndpoint(endpoint -> endpoint.oidcUserService(new SignedInPeople(entra))));
    http.addFilterAfter(limit, SecurityContextHolderFilter.class);
    http.sessionManagement(session -> session.sessionFixation(fixation -> fixation.changeSessionId()));
    http.logout(logout -> logout.logoutSuccessUrl("/signed-out"));
    http.exceptionHandling(
        failed -> failed.accessDeniedHandler((request, response, e) -> {
          Optional<String> page = e instanceof CsrfException ? drafts.keep(request, response) : Optional.empty();
          if (page.isPresent()) {
            response.setStatus(303);
            response.setHeader("Location", request.getContextPath() + page.get());
            return;
          }
          response.setStatus(403);
          request.setAttribute("sessionOver", e instanceof CsrfException);
          request.getRequestDispatcher("/denied").forward(request, response);
        }));
    allow(http, AccessRules.CONSOLE);
    return http.build();
  }

  private void bearer(HttpSecurity http, ObjectProvider<JwtDecoder> decoder) throws Exception {
    http.csrf(csrf -> csrf.disable());
    http.sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
    http.requestCache(cache -> cache.disable());
    http.exceptionHandling(
        failed ->
            failed
                .authenticationEntryPoint((request, response, e) -> SecurityProblems.unauthenticated(response))
                .accessDeniedHandler((request, response, e) -> SecurityProblems.denied(response)));
    JwtDecoder ours = entra.isConfigured() ? decoder.getIfAvailable() : null;
    if (ours != null) {
      var converter = new JwtAuthenticationConverter();
      converter.setJwtGrantedAuthoritiesConverter(Tokens::authorities);
      converter.setPrincipalClaimName("oid");
      http.oauth2ResourceServer(
          server ->
              server
                  .jwt(jwt -> jwt.decoder(ours).jwtAuthenticationConverter(converter))
                  .withObjectPostProcessor(answersInWords())
                  .authenticationEntryPoint((request, response, e) -> SecurityProblems.unauthenticated(response))
                  .accessDeniedHandler((request, response, e) -> SecurityProblems.denied(response)));
    }
  }

  /** Unless told otherwise the filter answers a bare 500 when a token cannot be checked. */
  private static ObjectPostProcessor<BearerTokenAuthenticationFilter> answersInWords() {
    return new ObjectPostProcessor<>() {
      @Override
      public <F extends BearerTokenAuthenticationFilter> F postProcess(F filter) {
        filter.setAuthenticationFailureHandler((request, response, e) -> {
          if (e instanceof AuthenticationServiceException) {
            SecurityProblems.keysAway(response);
          } else {
            SecurityProblems.unauthenticated(response);
          }
        });
        return filter;
      }
    };
  }

  private static void allow(HttpSecurity http, List<AccessRules.Rule> rules) throws Exception {
    http.authorizeHttpRequests(
        requests -> {
          requests.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.FORWARD, DispatcherType.ASYNC)
              .permitAll();
          for (AccessRules.Rule rule : rules) {
            var matched = requests.requestMatchers(rule.method(), rule.pattern());
            if (rule.roles().isEmpty()) {
              matched.permitAll();
            } else {
              matched.hasAnyRole(rule.claims());
            }
          }
          requests.anyRequest().denyAll();
        });
  }

  private static void headers(HttpSecurity http, String signIn) throws Exception {
    String policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; form-action 'self'"
            + signIn
            + "; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'";
    http.headers(
        headers ->
            headers
                .contentSecurityPolicy(csp -> csp.policyDirectives(policy))
                .frameOptions(HeadersConfigurer.FrameOptionsConfig::deny)
                .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER)));
  }
}
