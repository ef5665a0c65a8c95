package io.cordon.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.cordon.sandbox.LocalCordon;
import io.cordon.web.figures.PastCases;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What those look at who answer for it all, in the office and on the way: figures, what runs, and the way from page to page. */
abstract class LeadPages {
  private static final int NARROWEST = 320;

  private final LocalCordon local;
  private final Browser browser;

  LeadPages(LocalCordon local, Browser browser) {
    this.local = local;
    this.browser = browser;
  }

  @AfterEach
  void forgetThePast() {
    PastCases.clear(local.tables());
  }

  @Test
  void seesHowFastMachinesWereProtected() {
    Visitor lead = new Visitor(browser.desk(), local).opens("/figures?from=2020-01-01&to=2020-02-01", "sec.lead");
    lead.says("No case was opened in these days");
    lead.isAccessible();
    PastCases.fill(local.tables(), Instant.now(), 120, 600);
    lead.follow("Last 90 days");
    assertThat(lead.page.locator(".filter [aria-current]")).hasText("Last 90 days");
    lead.page.waitForLoadState();
    Locator containment = lead.page.locator("figure").filter(new Locator.FilterOptions().setHasText("Containment")).locator("svg[role=img]").last();
    assertThat(containment).hasAttribute("aria-label", Pattern.compile("Containment, one bar a week from .* to .*"));
    int weeks = containment.locator("rect.bar").count();
    assertTrue(weeks == 13 || weeks == 14, "a bar for every week of ninety days, not " + weeks);
    lead.page.getByText("The same as a table").first().click();
    assertThat(lead.page.locator("details[open] tbody tr")).hasCount(weeks);
    lead.isAccessible();
    lead.picture("figures-open");
    lead.page.reload();
    lead.picture("figures");
    lead.page.setViewportSize(390, 844);
    lead.fitsAPhone();
    lead.picture("figures-phone");
    lead.open("/figures?from=2026-02-02&to=2026-02-01");
    lead.says("These days cannot be shown");
    lead.isAccessible();

    Visitor dark = new Visitor(browser.darkDesk(), local).opens("/figures", "aud.one");
    dark.isAccessible();
    dark.picture("figures-dark");
  }

  @Test
  void seesHowTheInstallationStands() throws IOException {
    local.alert("bulk-00071");
    Visitor admin = new Visitor(browser.desk(), local).opens("/status", "adm.one");
    admin.says("LIVE");
    admin.waitsFor("Signs since");
    admin.waitsFor("Works");
    admin.says("cordon.local/evidence\\+");
    admin.says("Read to its end on");
    assertEquals(0, admin.page.locator("main button, main input").count(), "nothing to change");
    admin.isAccessible();
    admin.picture("status");
    admin.follow("On duty now");
    admin.says("PACS");
    assertThat(admin.page.locator("header nav [aria-current=true]")).hasText("Status");
    admin.isAccessible();
    admin.picture("on-duty");

    Visitor auditor = new Visitor(browser.darkPhone(), local).opens("/status", "aud.one");
    auditor.says("Public, for whoever checks the log");
    assertEquals(0, auditor.page.getByText("On duty now").count(), "names are not shown to auditors in passing");
    auditor.fitsAPhone();
    auditor.isAccessible();
    auditor.picture("status-phone");
  }

  @Test
  void findsTheWayOnTheNarrowestPhoneWithTheKeyboardAlone() {
    Page page = browser.phone();
    page.setViewportSize(NARROWEST, 640);
    Visitor admin = new Visitor(page, local).opens("/policy", "adm.one");
    Locator links = page.locator("header nav a");
    assertEquals(List.of("Policy"), page.locator("header nav [aria-current=page]").allTextContents());
    for (Locator link : links.all()) {
      var box = link.boundingBox();
      assertTrue(box.x >= 0 && box.x + box.width <= NARROWEST && box.height >= 44, link.textContent() + " can be seen and touched");
    }
    assertTrue(page.locator("main").boundingBox().y < 260, "the page itself is in sight");
    admin.picture("navigation-phone");
    Keyboard keys = new Keyboard(admin);
    keys.tabTo("header nav a[href='/figures']");
    keys.press("Enter");
    assertThat(page.locator("h1")).hasText("Figures");
    assertThat(page.locator("header nav [aria-current=page]")).hasText("Figures");
    admin.open("/approvals");
    assertThat(page.locator("header nav [aria-current=page]")).hasText("Approvals");
    Visitor clinician = new Visitor(browser.desk(), local).opens("/approvals", "clin.pacs");
    assertEquals(List.of("Approvals", "Cases", "Tasks"), clinician.page.locator("header nav a").allTextContents());
  }
}
