package io.cordon.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordon.testing.TestSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** What the management port tells, and whom. */
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {"cordon.entra.tenant-id=tenant", "cordon.entra.client-id=cordon", "cordon.entra.authority-host=https://login.test"})
@AutoConfigureObservability(tracing = false)
@Import(ManagementPortTest.NamedTokens.class)
class ManagementPortTest {
  @LocalManagementPort int management;
  @LocalServerPort int main;

  /** A token here is the name of a role. */
  static class NamedTokens {
    @Bean
    @Primary
    JwtDecoder namedTokens() {
      return role -> Jwt.withTokenValue(role).header("alg", "none").claim("oid", "o1").claim("tid", "tenant").claim("scp", "access").claim("roles", List.of(role)).build();
    }
  }

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    TestSettings.register(registry, "management_port");
  }

  @Test
  void givesMetricsToAnAdministratorOnly() throws Exception {
    assertThat(get(management, "/actuator/prometheus", null).statusCode()).isEqualTo(401);
    assertThat(get(management, "/actuator/prometheus", "Security.Lead").statusCode()).isEqualTo(403);
    HttpResponse<String> metrics = get(management, "/actuator/prometheus", "Platform.Admin");
    assertThat(metrics.statusCode()).isEqualTo(200);
    assertThat(metrics.body()).contains("# TYPE jvm_memory_used_bytes gauge").contains("hikaricp_connections_active");
  }

  @Test
  void givesNoMetricsOnTheMainPort() throws Exception {
    assertThat(get(main, "/actuator/prometheus", "Platform.Admin").statusCode()).isEqualTo(404);
    assertThat(get(main, "/actuator/health", null).statusCode()).isEqualTo(200);
  }

  private static HttpResponse<String> get(int port, String path, String role) throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    if (role != null) {
      request.header("Authorization", "Bearer " + role);
    }
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
