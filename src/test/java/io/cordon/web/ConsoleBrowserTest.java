package io.cordon.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.cordon.sandbox.LocalCordon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The main job in a browser, as a newcomer does it: card, sign-in, answer on a phone, isolation, release. */
class ConsoleBrowserTest {
  private static LocalCordon local;
  private static Browser browser;

  @BeforeAll
  static void start() throws IOException {
    assumeTrue(Browser.isThere(), "The console is not tested in a browser: there is no " + Browser.CHROMIUM + " here");
    local = LocalCordon.start(Files.createTempDirectory(Path.of("target"), "console"), 0);
    browser = new Browser();
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
    if (local != null) {
      local.close();
    }
  }

  @Test
  void takesOneCaseFromTheCardToItsClosing() throws IOException {
    String caseId = local.alert("pacs-gw-01");
    Page phone = browser.phone();
    phone.navigate(local.cloudPages() + "/teams");
    phone.getByText("Open approval page").click();
    signIn(phone, "clin.pacs");
    phone.getByLabel("Yes", new Page.GetByLabelOptions().setExact(true)).check();
    phone.getByLabel("No procedure is running").check();
    phone.getByLabel("When may it start?").selectOption("NOW");
    phone.getByLabel("In how many hours must it be back?").fill("4");
    phone.getByLabel("Reason").selectOption("NO_PATIENT_IMPACT");
    press(phone, "Send the answer");
    assertThat(phone.getByRole(AriaRole.STATUS)).containsText("Approved");
    press(phone, "Sign out");

    Page soc = browser.desk();
    open(soc, "/cases/" + caseId, "soc.one");
    reload(soc, "Release the machine");
    press(soc, "Sign out");
    Page lead = browser.desk();
    open(lead, "/tasks", "sec.lead");
    lead.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Release the machine")).click();
    lead.getByLabel("Reason").selectOption("CLEANED");
    press(lead, "Complete the task");
    reload(lead, "CLOSED");
  }

  private static void open(Page page, String path, String person) {
    page.navigate(local.url() + path);
    signIn(page, person);
  }

  private static void signIn(Page page, String person) {
    page.getByText(person, new Page.GetByTextOptions().setExact(true)).click();
  }

  private static void press(Page page, String button) {
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button)).click();
  }

  /** Looks again and again, as a person would, until the page says this. */
  private static void reload(Page page, String text) {
    for (int tries = 0; tries < 60 && page.getByText(text).count() == 0; tries++) {
      page.waitForTimeout(500);
      page.reload();
    }
    assertThat(page.getByText(text).first()).isVisible();
  }
}
