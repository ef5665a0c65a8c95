package io.cordon.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.cordon.sandbox.LocalCordon;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Somebody in front of the console: finds things by what they say. With -Dpictures=true it takes pictures. */
final class Visitor {
  /** What makes the page scroll sideways: what is cut off or scrolls by itself is not meant. */
  private static final String OVER_THE_EDGE = """
      () => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll('body *')]
        .filter(e => e.getBoundingClientRect().right > innerWidth + 0.5 && !e.closest('.drawing'))
        .map(e => e.tagName + '.' + e.className + ' ' + Math.round(e.getBoundingClientRect().right) + ' ' + e.textContent.trim().slice(0, 60))""";
  private static final Path PICTURES = Path.of("target/pictures");

  final Page page;
  private final LocalCordon local;

  Visitor(Page page, LocalCordon local) {
    this.page = page;
    this.local = local;
  }

  Visitor opens(String path, String person) {
    open(path);
    signIn(person);
    return this;
  }

  void open(String path) {
    page.navigate(local.url() + path);
  }

  /** Chooses the person at the sign-in, and waits until the console is back. */
  void signIn(String person) {
    page.getByText(person, new Page.GetByTextOptions().setExact(true)).click();
    page.waitForURL(url -> url.startsWith(local.url()));
  }

  void press(String button) {
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button)).click();
  }

  /** Presses a button that brings a file, and says where the file is. */
  Path downloads(String button) {
    return page.waitForDownload(() -> press(button)).path();
  }

  void follow(String link) {
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(link)).click();
  }

  void choose(String answer) {
    page.getByLabel(answer, new Page.GetByLabelOptions().setExact(true)).check();
  }

  void fillInAYes() {
    choose("Yes");
    choose("No procedure is running");
    choose("Now");
    page.getByLabel("In how many hours").fill("4");
    page.getByLabel("Reason").selectOption("NO_PATIENT_IMPACT");
  }

  /** The last step of an answer. */
  void confirms() {
    page.locator("form.confirm button[name=confirmed]").click();
  }

  void sendsTheAnswer() {
    press("Send the answer");
    confirms();
  }

  void says(String words) {
    assertThat(page.locator("main")).containsText(Pattern.compile(words));
  }

  /** Looks again and again until the page says this. */
  void waitsFor(String words) {
    for (int looks = 0; looks < 100 && page.locator("main").getByText(words).count() == 0; looks++) {
      page.waitForTimeout(300);
      page.reload();
    }
    assertThat(page.locator("main")).containsText(words);
  }

  /** Nothing reaches over the edge of the narrowest page that WCAG 2.2, 1.4.10 asks for (320), whatever the fonts of this machine. */
  void fitsAPhone() {
    var asItWas = page.viewportSize();
    page.setViewportSize(320, asItWas.height);
    assertEquals(List.of(), page.evaluate(OVER_THE_EDGE), "wider than the phone: " + page.url());
    page.setViewportSize(asItWas.width, asItWas.height);
  }

  /** No violation of WCAG 2 A or AA. */
  void isAccessible() {
    var found = new AxeBuilder(page).withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")).analyze().getViolations();
    assertEquals(List.of(), found.stream().map(rule -> rule.getId() + " " + rule.getNodes().get(0).getHtml()).toList(), page.url());
  }

  void picture(String name) {
    if (Boolean.getBoolean("pictures")) {
      page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")).setFullPage(true));
    }
  }

  /** As much as is seen without scrolling. */
  void seen(String name) {
    if (Boolean.getBoolean("pictures")) {
      page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
    }
  }

  void picture(String name, Locator part) {
    if (Boolean.getBoolean("pictures")) {
      part.screenshot(new Locator.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
    }
  }
}
