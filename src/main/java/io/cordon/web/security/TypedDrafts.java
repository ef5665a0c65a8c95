package io.cordon.web.security;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cordon.platform.people.Person;
import io.cordon.platform.sealed.BrowserSeal;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;

/**
 * What somebody typed while their sign-in ran out: sealed, it waits in their own browser until they are back, and fills the form
 * in again. Nothing is sent by it, and nothing of it is kept here, since it may hold patient data.
 */
@Component
public class TypedDrafts {
  /** The field in which a form says for whom it was made: whoever signs in next at the same computer is not shown it. */
  public static final String TYPED_BY = "typedBy";

  static final String COOKIE = "CORDONTYPED";
  private static final Duration KEPT = Duration.ofMinutes(15);
  /** Browsers keep no longer cookie than 4,096 letters with its name. */
  private static final int LONGEST = 3_900;
  private static final int LONGEST_OPENED = 1 << 16;
  private static final Set<String> NOT_TYPED = Set.of("_csrf", "confirmed", "change");
  /** Where people type at length, and the page with the form. */
  private static final Pattern FORM = Pattern.compile("(/approvals/[A-Za-z0-9-]+)/decision|(/tasks/[A-Za-z0-9-]+)");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final BrowserSeal seal;

  TypedDrafts(BrowserSeal seal) {
    this.seal = seal;
  }

  /**
   * Gives the browser what was posted to keep.
   *
   * @return the page to go to for it; empty when this is no such form, is too long for a
   *     browser to keep, or did not come from our own page, which the browser says
   */
  public Optional<String> keep(HttpServletRequest posted, HttpServletResponse response) {
    Matcher form = FORM.matcher(posted.getRequestURI().substring(posted.getContextPath().length()));
    if (!"POST".equals(posted.getMethod()) || !form.matches() || !"same-origin".equals(posted.getHeader("Sec-Fetch-Site"))) {
      return Optional.empty();
    }
    String page = form.group(1) == null ? form.group(2) : form.group(1);
    Map<String, String> typed =
        posted.getParameterMap().entrySet().stream()
            .filter(field -> !NOT_TYPED.contains(field.getKey()))
            .collect(Collectors.toMap(Map.Entry::getKey, field -> field.getValue()[0]));
    String sealed = seal.seal(packed(typed), page);
    if (sealed.length() > LONGEST) {
      return Optional.empty();
    }
    set(posted, response, page, sealed, KEPT);
    return Optional.of(page);
  }

  /** What this person typed on this page before; empty when nothing is kept. */
  public Map<String, String> of(HttpServletRequest asked, Person person) {
    String page = asked.getRequestURI().substring(asked.getContextPath().length());
    return Stream.ofNullable(asked.getCookies()).flatMap(Arrays::stream)
        .filter(cookie -> COOKIE.equals(cookie.getName()))
        .map(Cookie::getValue)
        .flatMap(letters -> seal.open(letters, page).stream())
        .map(TypedDrafts::unpacked)
        .filter(typed -> person.oid().equals(typed.get(TYPED_BY)))
        .findFirst()
        .orElse(Map.of());
  }

  /** Has the browser forget it: the answer was taken. */
  public void forget(HttpServletRequest request, HttpServletResponse response, String page) {
    set(request, response, page, "", Duration.ZERO);
  }

  private static void set(HttpServletRequest request, HttpServletResponse response, String page, String value, Duration kept) {
    ResponseCookie cookie =
        ResponseCookie.from(COOKIE, value).path(request.getContextPath() + page).httpOnly(true).secure(request.isSecure()).sameSite("Lax").maxAge(kept).build();
    response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
  }

  private static byte[] packed(Map<String, String> typed) {
    var bytes = new ByteArrayOutputStream();
    try (var deflated = new DeflaterOutputStream(bytes)) {
      JSON.writeValue(deflated, typed);
    } catch (IOException e) {
      throw new IllegalStateException("memory cannot be written", e);
    }
    return bytes.toByteArray();
  }

  private static Map<String, String> unpacked(byte[] packed) {
    try (var inflated = new InflaterInputStream(new ByteArrayInputStream(packed))) {
      return JSON.readValue(inflated.readNBytes(LONGEST_OPENED), new TypeReference<HashMap<String, String>>() {});
    } catch (IOException e) {
      return Map.of();
    }
  }
}
