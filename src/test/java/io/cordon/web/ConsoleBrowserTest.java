package io.cordon.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions;
import io.cordon.evidence.VerifyCommand;
import io.cordon.sandbox.LocalCordon;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.List;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * The console as people use it: the main job from card to closed case, and what happens beside it. Cordon is started once for
 * all of it; the nested classes are in files of their own.
 */
class ConsoleBrowserTest {
  private static LocalCordon local;
  private static Browser browser;

  @BeforeAll
  static void start() throws IOException {
    assumeTrue(Browser.isThere(), "The console is not tested in a browser: there is no " + Browser.CHROMIUM + " here");
    // what is asked here is the pages; the brake has its own test
    local = LocalCordon.start(Files.createTempDirectory(Path.of("target"), "console"), 0, Map.of("cordon.gate.most-at-once", 1_000));
    browser = new Browser();
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
      local.close();
    }
  }

  @Test
  void answersOnTheCardWhereThePolicySaysThatTeamsIsEnough() throws IOException {
    local.alert("dev-build-01");
    Visitor analyst = new Visitor(browser.desk(), local).opens("/cases", "soc.one");
    analyst.follow("dev-build-01");
    analyst.waitsFor("Ask Clinical Ops to isolate this machine");
    analyst.press("Ask Clinical Ops to isolate this machine");
    analyst.waitsFor("The answer of Clinical Ops");

    Visitor phone = new Visitor(browser.phone(), local);
    phone.page.navigate(local.cloudPages() + "/teams?as=clin.pacs");
    var card = phone.page.locator(".card").filter(new Locator.FilterOptions().setHasText("dev-build-01"));
    assertThat(card.getByText("Approve", new Locator.GetByTextOptions().setExact(true))).isVisible();
    phone.fitsAPhone();
    phone.isAccessible();
    phone.picture("teams-card-phone", card);
    Visitor asker = new Visitor(browser.desk(), local);
    asker.page.navigate(local.cloudPages() + "/teams?as=soc.one");
    var own = asker.page.locator(".card").filter(new Locator.FilterOptions().setHasText("dev-build-01"));
    assertThat(own).containsText("You asked for this action");
    assertEquals(0, own.getByText("Approve", new Locator.GetByTextOptions().setExact(true)).count(), "who asked is offered no approval");

    Visitor desk = new Visitor(browser.desk(), local);
    desk.page.navigate(local.cloudPages() + "/teams?as=clin.pacs");
    card = desk.page.locator(".card").filter(new Locator.FilterOptions().setHasText("dev-build-01"));
    desk.picture("teams-card-desktop", card);
    card.getByText("Approve", new Locator.GetByTextOptions().setExact(true)).click();
    desk.says("must say whether procedures are running|A reason is missing");
    card.getByLabel("Procedures running now").selectOption("NONE_RUNNING");
    card.getByLabel("Reason").selectOption("NO_PATIENT_IMPACT");
    card.getByText("Approve", new Locator.GetByTextOptions().setExact(true)).click();
    assertThat(card).containsText("Approved");
    assertEquals(0, card.locator("button").count(), "no button remains");
    desk.picture("teams-card-approved", card);
  }

  @Test
  void takesOneCaseFromTheCardToItsClosing() throws IOException {
    String caseId = local.alert("pacs-gw-01");
    Visitor clinician = new Visitor(browser.phone(), local);
    clinician.page.navigate(local.cloudPages() + "/teams");
    var card = clinician.page.locator(".card").filter(new Locator.FilterOptions().setHasText("pacs-gw-01"));
    assertThat(card).isVisible();
    clinician.picture("teams-card", card);
    card.getByText("Open approval page").click();
    clinician.signIn("clin.pacs");
    assertThat(clinician.page.locator("dl").first()).containsText("stop until it is released");
    clinician.isAccessible();
    clinician.picture("console-approval-phone");
    clinician.fillInAYes();
    clinician.sendsTheAnswer();
    clinician.says("Approved.");
    clinician.says("What happens now");
    assertEquals(0, clinician.page.locator("form.answer").count(), "no second answer is offered");
    clinician.waitsFor("Isolated from the network");
    clinician.picture("approval-answered");
    clinician.press("Sign out");
    clinician.says("Sign in again");

    Visitor analyst = new Visitor(browser.desk(), local).opens("/cases", "soc.one");
    analyst.isAccessible();
    analyst.picture("console-cases");
    analyst.follow("pacs-gw-01");
    analyst.waitsFor("Release the machine");
    analyst.waitsFor("Sent to Defender");
    analyst.page.getByText("Give the number of the change").click();
    analyst.isAccessible();
    analyst.picture("console-case");
    analyst.page.getByLabel("Number of the change in your ticket system").fill("CHG0031336");
    analyst.press("Keep the number");
    analyst.says("The number of the change is recorded");

    Visitor lead = new Visitor(browser.desk(), local).opens("/tasks", "sec.lead");
    lead.follow("Release the machine: pacs-gw-01");
    lead.says("Number of the change");
    lead.isAccessible();
    lead.picture("task");
    lead.page.getByLabel("Reason").selectOption("CLEANED");
    lead.page.getByLabel("Number of the change in your ticket system").fill("CHG0031337");
    lead.press("Release the machine");
    lead.says("The release was asked for");
    lead.waitsFor("Released: back on the network");
    analyst.open("/cases/" + caseId);
    analyst.waitsFor("The case is closed");
    analyst.waitsFor("Case closed");
    isLookedUpByAnAuditor(caseId);
    noComplaints();
  }

  /** Finds the case, reads its path and timeline, has it verified, and opens who decided. */
  private void isLookedUpByAnAuditor(String caseId) throws IOException {
    Visitor auditor = new Visitor(browser.desk(), local).opens("/history", "aud.one");
    auditor.page.getByLabel("Machine").fill("PACS-gw");
    auditor.press("Find");
    auditor.page.waitForURL("**/history?host=PACS**");
    auditor.isAccessible();
    auditor.picture("history");
    auditor.page.locator("a[href='/history/" + caseId + "']").click();
    auditor.says("tell the same story");
    auditor.says("Gate policy, row");
    auditor.says("covered by checkpoint");
    auditor.says("Change ticket given");
    auditor.says("Form approve-maintenance-window, version 1");
    assertThat(auditor.page.locator("svg.path .shape.taken").first()).isVisible();
    assertThat(auditor.page.locator("svg.path")).containsText("Isolate");
    auditor.isAccessible();
    auditor.picture("case-history");
    auditor.press("Verify this case");
    auditor.says("entries of this case are exactly what was signed");
    auditor.isAccessible();
    auditor.picture("case-history-verified");
    auditor.press("Show who decided");
    auditor.says("Clinical approver clin.pacs");
    Path record = auditor.downloads("Download the change record");
    assertEquals(0, VerifyCommand.run(new String[] {record.toString()}, new PrintStream(new ByteArrayOutputStream())));
    auditor.open("/history/" + caseId);
    auditor.waitsFor("Sealed material read");
    auditor.waitsFor("Change record exported");

    Visitor phone = new Visitor(browser.darkPhone(), local).opens("/history", "aud.one");
    phone.fitsAPhone();
    phone.isAccessible();
    phone.picture("history-phone");
    phone.open("/history/" + caseId);
    phone.fitsAPhone();
    phone.isAccessible();
    phone.picture("case-history-phone");
    phone.open("/history");
    String today = (String) phone.page.evaluate("new Date().toISOString().slice(0, 10)");
    phone.page.getByLabel("First day").fill(today);
    phone.page.getByLabel("Last day").fill(today);
    Path period = phone.downloads("Download the record of the period");
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    assertEquals(0, VerifyCommand.run(new String[] {period.toString()}, new PrintStream(said)), said.toString());
    assertTrue(said.toString().contains("summary as recorded"), said.toString());
    try (ZipFile zip = new ZipFile(period.toFile()); InputStream cases = zip.getInputStream(zip.getEntry("cases.csv"))) {
      assertTrue(new String(cases.readAllBytes(), StandardCharsets.UTF_8).contains("\"" + caseId + "\",\"pacs-gw-01\",\"PACS\",\"NORMAL\",\"CLOSED\""));
    }
  }

  @Test
  void saysWhatWasDoneInTheDefenderPortal() throws IOException {
    String caseId = local.alert("bulk-00077");
    local.inThePortal("Isolate", "bulk-00077");
    Visitor analyst = new Visitor(browser.desk(), local).opens("/cases/" + caseId, "soc.one");
    analyst.waitsFor("was isolated in the Defender portal, past Cordon");
    assertThat(analyst.page.locator("#alarms")).containsText(
        "No deadline brings them back", new LocatorAssertions.ContainsTextOptions().setTimeout(20_000));
    analyst.waitsFor("Action outside Cordon noticed");
    assertThat(analyst.page.locator("main")).not().containsText("on the network as far as Cordon knows");
    analyst.isAccessible();
    analyst.picture("case-past-cordon");
    local.inThePortal("Unisolate", "bulk-00077");
    analyst.waitsFor("was released in the Defender portal, past Cordon");
    noComplaints();
  }

  @Test
  void letsTheSocAskAndTakeBack() throws IOException {
    String caseId = local.alert("img-proxy-01");
    Visitor analyst = new Visitor(browser.darkDesk(), local).opens("/cases/" + caseId, "soc.one");
    analyst.waitsFor("Triage the alert");
    analyst.press("Ask Clinical Ops to isolate this machine");
    analyst.says("Clinical Ops is being asked");
    analyst.waitsFor("Asked: Clinical approver");
    analyst.follow("Asked: Clinical approver");
    analyst.says("You asked for this action, so somebody else must answer");
    analyst.open("/cases/" + caseId);
    analyst.page.getByText("Take this question back").click();
    analyst.picture("withdraw-dark");
    analyst.page.getByLabel("Reason").selectOption("FALSE_ALARM");
    analyst.press("Take it back");
    analyst.says("Withdrawn. Nothing is sent");
    analyst.waitsFor("Question taken back");
    analyst.isAccessible();
    analyst.picture("case-dark");
    analyst.open("/cases");
    analyst.isAccessible();
    analyst.picture("cases-dark");
    noComplaints();
  }

  @Test
  void asksAboutSeveralMachinesAndLeavesOneOut() throws IOException {
    String caseId = local.alert("untagged-01");
    Visitor analyst = new Visitor(browser.desk(), local).opens("/cases/" + caseId, "soc.one");
    analyst.waitsFor("Triage the alert");
    analyst.page.getByText("Ask about several machines at once").click();
    analyst.page.getByLabel("Other machines").fill(local.machineId("bulk-00003") + "\n" + local.machineId("bulk-00004"));
    analyst.picture("launch-several");
    analyst.press("Ask about all of them");
    analyst.waitsFor("Asked: Clinical approver");

    Visitor clinician = new Visitor(browser.phone(), local).opens("/approvals", "clin.pacs");
    clinician.waitsFor("2 machines (PACS)");
    clinician.follow("2 machines (PACS)");
    clinician.says("May we isolate 2 machines of PACS");
    clinician.says("clin.pacs");
    clinician.isAccessible();
    clinician.fillInAYes();
    clinician.choose("bulk-00004");
    // how many machines of the service other tests have isolated meanwhile is not known here
    clinician.page.locator("form.answer input[name=machinesAtOnce]").all().forEach(Locator::check);
    clinician.picture("approval-several");
    clinician.sendsTheAnswer();
    clinician.says("until a second person");
    clinician.says("bulk-00004: stays on the network");
    String page = clinician.page.url().substring(local.url().length());

    Visitor lead = new Visitor(browser.desk(), local).opens(page, "sec.lead");
    lead.choose("Yes");
    lead.page.getByLabel("Reason").selectOption("THREAT_OUTWEIGHS_DOWNTIME");
    lead.sendsTheAnswer();
    lead.waitsFor("Isolated from the network");
    lead.open("/cases/" + caseId);
    lead.waitsFor("Release the machine: bulk-00003");
    lead.picture("case-several");
    noComplaints();
  }

  @Nested
  class OfAnAdministrator extends RegisterPages {
    OfAnAdministrator() {
      super(local, browser);
    }
  }

  @Nested
  class OfTheBoard extends BoardPages {
    OfTheBoard() {
      super(local, browser);
    }
  }

  @Nested
  class OfAWindow extends WindowPages {
    OfAWindow() {
      super(local, browser);
    }
  }

  @Nested
  class OfAnApprover extends ApproverPages {
    OfAnApprover() {
      super(local, browser);
    }
  }

  @Nested
  class OfTheLeads extends LeadPages {
    OfTheLeads() {
      super(local, browser);
    }
  }

  @Nested
  class OfEverybody extends EveryPage {
    OfEverybody() {
      super(local, browser);
    }
  }

  private static void noComplaints() {
    assertEquals(List.of(), browser.complaints);
  }
}
