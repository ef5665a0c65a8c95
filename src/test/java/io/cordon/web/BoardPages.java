package io.cordon.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.options.SelectOption;
import io.cordon.sandbox.LocalCordon;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The board of the SOC: what changes comes by itself, and what somebody looks for is in the address. */
abstract class BoardPages {
  private final LocalCordon local;
  private final Browser browser;

  BoardPages(LocalCordon local, Browser browser) {
    this.local = local;
    this.browser = browser;
  }

  @Test
  void showsWhatChangesWithoutBeingLookedAtAgain() throws IOException {
    Visitor analyst = new Visitor(browser.desk(), local).opens("/cases?machine=bulk-0069", "soc.one");
    analyst.says("No open case fits");
    String caseId = local.alert("bulk-00691");
    var list = analyst.page.locator("#case-list");
    assertThat(list).containsText("bulk-00691");
    assertThat(list.locator("h2")).hasText("Waits for Clinical Ops");
    assertThat(list.locator("td .clock")).containsText("left");
    assertThat(list).containsText("Answer of Clinical Ops");
    local.alert("bulk-00692");
    assertThat(list).containsText("bulk-00692");
    analyst.isAccessible();

    analyst.page.locator("#b-state").selectOption("ISOLATED");
    analyst.press("Show");
    analyst.page.waitForURL("**state=ISOLATED**");
    analyst.says("No open case fits");
    assertThat(analyst.page.locator("#b-machine")).hasValue("bulk-0069");
    analyst.follow("Waits for Clinical Ops");
    analyst.page.waitForURL("**state=ASKED**");
    analyst.follow("bulk-00691");
    analyst.page.waitForURL("**/cases/" + caseId);
  }

  @Test
  void opensACaseWithoutAnAlertOnAMachineOfTheRegister() {
    Visitor analyst = new Visitor(browser.darkPhone(), local).opens("/cases", "soc.one");
    analyst.follow("Open a case without an alert");
    analyst.page.waitForURL("**/launch");
    analyst.fitsAPhone();
    analyst.isAccessible();
    analyst.picture("launch-phone");
    String machine = analyst.page.locator("#machine option").nth(1).textContent();
    analyst.page.getByLabel("Machine").selectOption(new SelectOption().setLabel(machine));
    analyst.page.locator("main form button").click();
    analyst.page.waitForURL("**/cases/c-*");
    analyst.waitsFor(machine);
  }
}
