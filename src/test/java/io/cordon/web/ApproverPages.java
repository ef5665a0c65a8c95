package io.cordon.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import io.cordon.sandbox.LocalCordon;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an approver meets at 3 a.m.: a phone, no mouse, a sign-in that ran out, and a colleague who answers as well. */
abstract class ApproverPages {
  private final LocalCordon local;
  private final Browser browser;

  ApproverPages(LocalCordon local, Browser browser) {
    this.local = local;
    this.browser = browser;
  }

  @Test
  void answersWithTheKeyboardAlone() throws IOException {
    Keyboard keys = new Keyboard(waitingFor("bulk-00011", browser.desk(), "clin.pacs"));
    keys.tabTo("input[name=verdict]");
    keys.press("Space");
    assertThat(keys.page.locator("[name=verdict][value=APPROVE]")).isChecked();
    keys.press("ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp");
    assertThat(keys.page.locator("[name=verdict][value=APPROVE]")).isChecked();
    keys.tabTo("input[name=procedureImpact]");
    keys.press("Space");
    keys.tabTo("input[name=windowChoice]");
    keys.press("Space");
    keys.tabTo("#f-backByHours");
    keys.press("4");
    keys.tabTo("#f-reasonCode");
    keys.press("N");
    assertThat(keys.page.locator("#f-reasonCode")).hasValue("NO_PATIENT_IMPACT");
    keys.tabTo("form.answer button");
    keys.press("Enter");
    assertThat(keys.page.locator("h1")).hasText("Send this answer?");
    keys.tabTo("form.confirm button[name=change]");
    keys.press("Space");
    assertThat(keys.page.locator("#f-backByHours")).hasValue("4");
    keys.tabTo("form.answer button");
    keys.press("Enter");
    keys.tabTo("form.confirm button[name=confirmed]");
    keys.press("Enter");
    assertThat(keys.page.locator("main")).containsText("Approved.");
    assertThat(keys.page.locator("#next")).containsText("isolates it");
  }

  @Test
  void losesNothingThatWasTypedWhenTheSignInRunsOut() throws IOException {
    Map<String, Page> pages = Map.of("bulk-00021", browser.phone(), "bulk-00022", browser.phoneWithoutScripts());
    for (String device : pages.keySet()) {
      Page page = pages.get(device);
      Visitor clinician = waitingFor(device, page, "clin.pacs");
      String request = page.url();
      clinician.fillInAYes();
      page.getByLabel("In how many hours").fill("7");
      page.getByLabel("Comment").fill("Ask \"ward 3\" & the <night> desk: 50 % \u00fc");
      runsOut(page.context());
      clinician.press("Send the answer");
      clinician.signIn("clin.pacs");
      assertEquals(request, page.url().replaceAll("\\?.*", ""));
      clinician.says("What you filled in is here again; nothing was sent yet");
      clinician.picture("approval-restored-phone");
      assertThat(page.getByLabel("In how many hours")).hasValue("7");
      assertThat(page.getByLabel("Comment")).hasValue("Ask \"ward 3\" & the <night> desk: 50 % \u00fc");
      assertThat(page.locator("[name=verdict][value=APPROVE]")).isChecked();
      clinician.press("Send the answer");
      // and once more at the very last step
      runsOut(page.context());
      clinician.confirms();
      clinician.signIn("clin.pacs");
      assertThat(page.getByLabel("Reason")).hasValue("NO_PATIENT_IMPACT");
      clinician.press("Send the answer");
      clinician.confirms();
      clinician.says("Approved.");
      assertTrue(page.context().cookies().stream().noneMatch(cookie -> cookie.name.equals("CORDONTYPED")), "forgotten once it is sent");
    }
  }

  @Test
  void showsWhatWasTypedToNobodyElse() throws IOException {
    Page page = browser.desk();
    Visitor clinician = waitingFor("bulk-00031", page, "clin.pacs");
    clinician.fillInAYes();
    page.getByLabel("Comment").fill("only for me");
    runsOut(page.context());
    clinician.press("Send the answer");
    clinician.signIn("clin.night");
    assertThat(page.getByLabel("Comment")).hasValue("");
    for (Cookie kept : page.context().cookies(page.url())) {
      assertTrue(kept.httpOnly && !kept.value.contains("only"), kept.name);
    }
  }

  @Test
  void countsOneOfTwoAnswersAndTellsTheOtherWhatWasDecided() throws IOException {
    Visitor first = waitingFor("bulk-00041", browser.phone(), "clin.pacs");
    Visitor second = new Visitor(browser.phone(), local).opens(path(first.page.url()), "clin.night");
    first.fillInAYes();
    second.choose("No");
    second.page.getByLabel("Reason").selectOption("RISK_TO_PATIENTS");
    first.press("Send the answer");
    second.press("Send the answer");
    second.says("Nothing is done to the machine on your answer");
    first.confirms();
    first.says("Approved.");
    second.confirms();
    second.says("already settled. Your answer changed nothing");
    second.says("Clinical approver, .*: said yes");
    second.says("What happens now");
    second.says("isolates it");
    second.isAccessible();
    second.picture("approval-lost-race-phone");
    assertEquals(0, second.page.locator("main form").count(), "no second answer is offered");
    first.page.reload();
    first.says("Clinical approver, .*: said yes");
  }

  @Test
  void showsWhatWaitsForMeFirstAndItsFactsWithoutScrolling() throws IOException {
    Visitor clinician = waitingFor("bulk-00051", browser.phone(), "clin.pacs");
    var facts = clinician.page.locator("#facts").boundingBox();
    assertTrue(facts.y + facts.height <= 844, "the facts end at " + (facts.y + facts.height) + " of 844");
    for (String fact : List.of("Answer by", "min left", "PACS", "cut off from the network completely", "Procedures", "Not known")) {
      assertThat(clinician.page.locator("#facts")).containsText(fact);
    }
    assertThat(clinician.page.locator("h1")).containsText("bulk-00051");
    clinician.isAccessible();
    clinician.picture("approval-phone");
    clinician.seen("approval-phone-first-sight");
    clinician.fillInAYes();
    clinician.press("Send the answer");
    clinician.isAccessible();
    clinician.picture("approval-confirm-phone");

    clinician.open("/approvals");
    assertThat(clinician.page.locator("main h2").first()).hasText("Waits for you");
    assertThat(clinician.page.locator("#mine")).containsText("bulk-00051");
    clinician.isAccessible();
    clinician.picture("approvals-phone");
    Visitor other = new Visitor(browser.phone(), local).opens("/approvals", "clin.ehr");
    assertThat(other.page.locator("#others")).containsText("bulk-00051");
    other.says("Nothing waits for you");
  }

  @Test
  void tellsThoseWhoCannotAnswerWhy() throws IOException {
    String caseId = local.alert("bulk-00001");
    for (String person : List.of("soc.one", "aud.one", "clin.ehr")) {
      Visitor other = new Visitor(browser.darkPhone(), local).opens("/cases/" + caseId, person);
      other.waitsFor("Asked: Clinical approver");
      other.follow("Asked: Clinical approver");
      other.says("The request still waits|It still waits");
      assertEquals(0, other.page.locator("main button").count(), "no button for " + person);
      if (person.equals("clin.ehr")) {
        other.isAccessible();
        other.picture("approval-of-others");
      }
    }
    assertEquals(List.of(), browser.complaints);
  }

  @Test
  void worksWithoutScriptsAndRefusesASecondAnswer() throws IOException {
    String caseId = local.alert("bulk-00002");
    Visitor first = new Visitor(browser.phoneWithoutScripts(), local).opens("/cases/" + caseId, "clin.pacs");
    first.waitsFor("Asked: Clinical approver");
    first.follow("Asked: Clinical approver");
    Visitor second = new Visitor(first.page.context().newPage(), local);
    second.page.navigate(first.page.url());
    first.fillInAYes();
    first.page.locator("form.answer").evaluate("form => form.noValidate = true");
    first.page.getByLabel("In how many hours").fill("900");
    first.press("Send the answer");
    first.says("whole number from 1 to 72");
    first.picture("approval-problem");
    first.page.getByLabel("In how many hours").fill("4");
    first.sendsTheAnswer();
    first.says("Approved.");
    second.choose("No");
    second.page.getByLabel("Reason").selectOption("FALSE_ALARM");
    second.press("Send the answer");
    second.says("already answered");
    second.open("/cases");
    second.picture("cases-phone");
    second.follow("bulk-00002");
    second.picture("case-phone");
  }

  /** A new question about this machine, opened by somebody. */
  private Visitor waitingFor(String device, Page page, String person) throws IOException {
    Visitor visitor = new Visitor(page, local).opens("/cases/" + local.alert(device), person);
    visitor.waitsFor("Asked: Clinical approver");
    visitor.follow("Asked: Clinical approver");
    return visitor;
  }

  /** What the browser has is a session that nobody knows any more. */
  private static void runsOut(BrowserContext context) {
    Cookie session = context.cookies().stream().filter(cookie -> cookie.name.equals("CORDONSESSION")).findFirst().orElseThrow();
    session.value = "0".repeat(32);
    context.addCookies(List.of(session));
  }

  private String path(String url) {
    return url.substring(local.url().length());
  }
}
