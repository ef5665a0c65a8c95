package io.cordon.web;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.microsoft.playwright.Page;

/** Somebody without a mouse: gets on by Tab, and must see at each step where they are. */
final class Keyboard {
  private static final String SEEN = """
      () => { const at = document.activeElement, box = at.getBoundingClientRect(), style = getComputedStyle(at);
        return at === document.body || style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
          && box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.left >= 0 }""";

  final Page page;

  Keyboard(Visitor visitor) {
    this.page = visitor.page;
  }

  /** Goes on until this has the focus. */
  void tabTo(String selector) {
    page.locator(selector).first().waitFor();
    page.waitForLoadState();
    for (int steps = 0; steps < 80; steps++) {
      page.keyboard().press("Tab");
      assertTrue((Boolean) page.evaluate(SEEN), "the focus is seen at " + page.evaluate("document.activeElement.outerHTML + getComputedStyle(document.activeElement).outline + JSON.stringify(document.activeElement.getBoundingClientRect())"));
      if ((Boolean) page.evaluate("selector => document.activeElement.matches(selector)", selector)) {
        return;
      }
    }
    fail("nobody gets to " + selector + " by Tab");
  }

  void press(String... keys) {
    for (String key : keys) {
      page.keyboard().press(key);
    }
  }
}
