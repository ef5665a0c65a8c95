package io.cordon.web.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers.springSecurity;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.request;

import io.cordon.platform.people.Role;
import io.cordon.web.security.AccessRules.Rule;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

/** Every mapped address, with every method, as everybody: who gets through the filter chains, whatever is behind them. */
class RoleMatrixTest extends WebSlice {
  private static final List<HttpMethod> METHODS =
      List.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE);
  /** Served by the container, not by a controller. */
  private static final Set<String> FILES = Set.of("/cordon.css", "/board.js", "/webjars/htmx.org/{*file}");
  /** All that somebody can do who has no role but this one: read on the record, hold, answer what asks everybody, export. */
  private static final Set<String> DEEDS_OF_AN_AUDITOR =
      Set.of("/api/cases/{id}/sealed/{ref}/reading", "/api/cases/{id}/legal-holds", "/api/cases/{id}/legal-holds/lifting", "/api/cases/{id}/cab-pack",
          "/api/tasks/{id}", "/api/approvals/{id}/decision", "/api/approvals/{id}/last-answer", "/tasks/{id}", "/approvals/{id}/decision",
          "/approvals/{id}/last-answer", "/api/history/{id}/people", "/api/history/{id}/verification", "/api/evidence/period",
          "/history/{id}/people", "/history/{id}/verification", "/history/{id}/cab-pack", "/history/periods/record");

  private static final int LET_THROUGH = 299;

  @Autowired @Qualifier("springSecurityFilterChain") Filter chains;
  private MockMvc behindTheChains;

  /** Who asks: somebody with one role, with none, or nobody (no token). */
  private record Caller(Role role, String token) {
    static List<Caller> all() throws Exception {
      List<Caller> all = new ArrayList<>(List.of(new Caller(null, null), new Caller(null, person(""))));
      for (Role role : Role.values()) {
        all.add(new Caller(role, role == Role.ALERTS_SEND ? WebSlice.token(OURS, "cordon", "tenant", 600, null, role.claim()) : person(role.claim())));
      }
      return all;
    }

    boolean isAmong(List<Role> roles) {
      return roles.isEmpty() || role != null && roles.contains(role);
    }

    MockHttpServletRequestBuilder ask(MockHttpServletRequestBuilder call, boolean byToken) {
      if (byToken) {
        return token == null ? call : call.header("Authorization", token);
      }
      return token == null ? call.with(csrf()) : call.with(csrf()).with(signedIn(role == null ? "" : role.claim()));
    }

    @Override
    public String toString() {
      return role != null ? role.claim() : token == null ? "nobody" : "somebody without a role";
    }
  }

  /** An address with a method, and what stands for it. */
  private record Address(HttpMethod method, String pattern) {}

  @BeforeEach
  void putNothingBehindTheChains() {
    Filter letThrough = (request, response, rest) -> ((HttpServletResponse) response).setStatus(LET_THROUGH);
    behindTheChains = MockMvcBuilders.standaloneSetup(this).addFilters(chains, letThrough).apply(springSecurity(chains)).build();
  }

  @Test
  void hasARuleForEveryAddressAndAnAddressForEveryRule() {
    List<Address> ruled = AccessRules.all().map(rule -> new Address(rule.method(), rule.pattern())).toList();
    assertThat(ruled).doesNotHaveDuplicates().containsAll(mapped());
    List<Address> ours = Stream.of(AccessRules.INBOUND, AccessRules.API, AccessRules.CONSOLE).flatMap(List::stream)
        .map(rule -> new Address(rule.method(), rule.pattern())).filter(address -> !FILES.contains(address.pattern())).toList();
    assertThat(mapped()).containsAll(ours);
  }

  @Test
  void letsThroughExactlyWhoTheTableNames() throws Exception {
    List<String> wrong = new ArrayList<>();
    List<Caller> callers = Caller.all();
    int asked = 0;
    Set<String> patterns = Stream.concat(mapped().stream().map(Address::pattern), AccessRules.all().map(Rule::pattern)).collect(Collectors.toCollection(TreeSet::new));
    for (String pattern : patterns) {
      for (HttpMethod method : METHODS) {
        Optional<Rule> rule = AccessRules.all().filter(one -> one.pattern().equals(pattern) && one.method().equals(method)).findFirst();
        for (Caller caller : callers) {
          asked++;
          boolean meant = rule.filter(one -> caller.isAmong(one.roles())).isPresent();
          if (isLetThrough(method, pattern, caller) != meant) {
            wrong.add(method + " " + pattern + " as " + caller + (meant ? " is refused" : " is let through"));
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(asked).isGreaterThan(3_000);
  }

  @Test
  void leavesAnAuditorNothingToChange() {
    assertThat(AccessRules.all().filter(rule -> rule.method() != HttpMethod.GET && rule.roles().contains(Role.AUDITOR)).map(Rule::pattern))
        .isSubsetOf(DEEDS_OF_AN_AUDITOR);
  }

  @Test
  void letsApplicationsSendAlertsAndNothingElse() {
    assertThat(AccessRules.all().filter(rule -> rule.roles().contains(Role.ALERTS_SEND)).map(Rule::pattern)).containsExactly("/api/alerts");
  }

  private boolean isLetThrough(HttpMethod method, String pattern, Caller caller) throws Exception {
    boolean byToken = pattern.startsWith("/api/") || pattern.startsWith("/actuator");
    String path = pattern.replaceAll("\\{[^}]+}", "x1");
    return behindTheChains.perform(caller.ask(request(method, path), byToken)).andReturn().getResponse().getStatus() == LET_THROUGH;
  }

  /** What the controllers of ours answer to; one without a method stands for a page. */
  private Set<Address> mapped() {
    return requestMappingHandlerMapping.getHandlerMethods().entrySet().stream()
        .filter(mapping -> mapping.getValue().getBeanType().getName().startsWith("io.cordon"))
        .flatMap(mapping -> mapping.getKey().getPatternValues().stream().flatMap(pattern -> {
          String ruled = pattern.startsWith("/actuator/health/") ? "/actuator/health/{*probe}" : pattern;
          Set<HttpMethod> methods = mapping.getKey().getMethodsCondition().getMethods().stream().map(one -> one.asHttpMethod()).collect(Collectors.toSet());
          return (methods.isEmpty() ? Set.of(HttpMethod.GET) : methods).stream().map(method -> new Address(method, ruled));
        }))
        .collect(Collectors.toSet());
  }
}
