package io.cordon.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.APIResponse;
import io.cordon.sandbox.LocalCordon;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every page there is, as everybody who may open it: a new one is looked at without anybody naming it, or fails here. */
abstract class EveryPage {
  private static final int NARROWEST = 320;
  private static final List<String> ONE_OF_EACH_ROLE = List.of("soc.one", "clin.pacs", "clin.exec", "sec.lead", "aud.one", "adm.one");

  private static final Pattern PART = Pattern.compile("<([a-z]\\w*)(?:[^>]*?class=\"([^\"]*)\")?");

  /** A key of messages.properties that is shown for want of words. */
  private static final Pattern KEY = Pattern.compile("\\?\\?|>\\s*(detail|event|board|case|action|approval|proof|clearance)\\.[A-Za-z_]+");

  private final LocalCordon local;
  private final Browser browser;
  private final Map<String, Set<String>> looked = new HashMap<>();

  EveryPage(LocalCordon local, Browser browser) {
    this.local = local;
    this.browser = browser;
  }

  @Test
  void isAccessibleAndNeverScrollsSideways() throws IOException {
    Map<String, String> examples = examples();
    Set<String> pages = local.pages();
    assertTrue(pages.size() > 12, "the pages are found: " + pages);
    Set<String> opened = new TreeSet<>();
    for (String person : ONE_OF_EACH_ROLE) {
      Visitor visitor = new Visitor(browser.desk(), local).opens("/cases", person);
      visitor.page.setViewportSize(NARROWEST, 700);
      for (String pattern : pages) {
        String address = pattern.contains("{") ? examples.get(pattern) : pattern;
        assertNotNull(address, "there is no example here of the page " + pattern);
        if (isThere(visitor, pattern, address)) {
          opened.add(pattern);
        }
      }
    }
    assertEquals(pages, opened, "every page is shown to somebody");
  }

  /**
   * Looks at a page unless it is refused, or made of parts that were all looked at on it as somebody else.
   *
   * @return whether it is there for this person
   */
  private boolean isThere(Visitor visitor, String pattern, String address) {
    // asked beside the page first: the page complains of every refusal
    APIResponse answer = visitor.page.request().get(local.url() + address);
    if (answer.status() != 200) {
      return false;
    }
    assertFalse(KEY.matcher(answer.text()).find(), () -> address + " shows a code that has no words");
    Set<String> parts = PART.matcher(answer.text()).results().map(part -> part.group(1) + "." + part.group(2)).collect(Collectors.toSet());
    if (looked.computeIfAbsent(pattern, page -> new HashSet<>()).addAll(parts)) {
      visitor.open(address);
      visitor.fitsAPhone();
      visitor.isAccessible();
    }
    return true;
  }

  /** An address for every page about one thing. */
  private Map<String, String> examples() throws IOException {
    String asked = local.alert("bulk-00061");
    local.alert("twin-01");
    Visitor analyst = new Visitor(browser.desk(), local).opens("/cases/" + asked, "soc.one");
    analyst.waitsFor("Asked: Clinical approver");
    String approval = analyst.page.locator("main a[href^='/approvals/']").first().getAttribute("href");
    analyst.open("/tasks");
    analyst.waitsFor("twin-01");
    String task = analyst.page.locator("main a[href^='/tasks/']").first().getAttribute("href");
    return Map.of(
        "/cases/{id}", "/cases/" + asked, "/history/{id}", "/history/" + asked, "/approvals/{id}", approval, "/approvals/{id}/sign-in", approval + "/sign-in", "/tasks/{id}", task);
  }
}
