package io.cordon.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import io.cordon.sandbox.LocalCordon;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Every page there is, as everybody who may open it: a new one is looked at without anybody naming it, or fails here. */
abstract class EveryPage {
  private static final int NARROWEST = 320;
  private static final List<String> ONE_OF_EACH_ROLE = List.of("soc.one", "clin.pacs", "clin.exec", "sec.lead", "aud.one", "adm.one");

  private static final String PARTS =
      "[...new Set([...document.querySelectorAll('body *')].map(part => part.tagName + '.' + part.getAttribute('class') + '.' + part.getAttribute('role')))].sort().join()";

  private final LocalCordon local;
  private final Browser browser;
  private final Set<String> looked = new HashSet<>();

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
        if (isShown(visitor.page, address)) {
          opened.add(pattern);
          lookAt(visitor, pattern, person + " at " + address);
        }
      }
    }
    assertEquals(pages, opened, "every page is shown to somebody");
  }

  private boolean isShown(Page page, String address) {
    Response answer = page.navigate(local.url() + address);
    return answer != null && answer.status() == 200;
  }

  /** What is made of the same parts as one that was examined, as the page of another role often is, is not examined again. */
  private void lookAt(Visitor visitor, String pattern, String where) {
    assertEquals(NARROWEST, visitor.page.evaluate("document.documentElement.scrollWidth"), "nothing is wider than the phone for " + where);
    if (looked.add(pattern + visitor.page.evaluate(PARTS))) {
      visitor.isAccessible();
    }
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
