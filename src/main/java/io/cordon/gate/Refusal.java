package io.cordon.gate;

import io.cordon.gate.windows.WindowLimits;

/** Why an answer was not taken. The sentence is for the person who answered; the name is for scripts and evidence. */
enum Refusal {
  WRONG_TENANT("Your account is not of this hospital's tenant. Nothing was changed. Sign in with your hospital account."),
  IS_A_REQUESTER("You asked for this action, so somebody else must answer. The request still waits. Ask a colleague on call."),
  DIRECTORY_AWAY("It cannot be checked now who you are, and you signed in too long ago. Nothing was changed; the request still waits. Sign out, sign in again and send your answer."),
  ACCOUNT_CLOSED("Your account is closed or not known to the hospital. Nothing was changed. The request still waits for its approvers."),
  GUEST_ACCOUNT("Your account is a guest in this hospital's tenant, and guests do not answer. The request still waits. Use your hospital account."),
  MACHINE_UNKNOWN("You left out a machine that this request is not about. The request still waits. Open it again and send your answer."),
  NO_MACHINE_LEFT("You left out every machine. The request still waits. Leave one in, or answer no."),
  ROLE_MISSING("Your account may not answer this request. It still waits. Ask the clinical approver on call."),
  OTHER_CLINICAL_SERVICE("You do not answer for this clinical service. The request still waits for its own approvers."),
  ALREADY_DECIDED("This request was already settled. Your answer changed nothing. Open the case to see what was decided."),
  ALREADY_CARRIED_OUT("The action was already carried out or given up. Nothing was changed. Open the case: a machine that is isolated is released there."),
  HELD_TOO_OFTEN("This request was put on hold three times. It still waits: approve or reject it. No answer means no."),
  ALREADY_ANSWERED("You already answered this request differently. That answer stands. Ask the SOC to withdraw the request if it was wrong."),
  CLINICAL_ANSWERS_FIRST("Clinical Ops chooses the window first. The request still waits. Answer after they did."),
  ALREADY_APPROVED_BY_CLINICAL("Clinical Ops already approved. The request now waits for a security lead."),
  STALE_REVISION("The request changed after you opened it. Your answer was not taken. Open it again and read what changed."),
  TOO_LATE("The time to answer is over. No action is taken on this request. The next people are asked, or security does something else."),
  STEP_UP_NEEDED("The policy wants a fresh sign-in for this approval, one of the last ten minutes. Nothing was changed and the request still waits. Sign in again and answer, on the approval page or with the new token."),
  EDITED("The answer holds something that was not asked. The request still waits. Open it again and answer there."),
  REASON_MISSING("A reason is missing. The request still waits. Choose a reason and send again."),
  PROCEDURE_IMPACT_MISSING("The answer must say whether procedures are running. The request still waits. Choose one and send again."),
  WINDOW_UNUSABLE("The window is missing, in the past, too far ahead or too long. The request still waits. Choose another window."),
  WINDOW_TOO_SHORT("The window is too short to act safely; it needs at least {shortest} minutes. The request still waits. Choose a longer one."),
  IN_A_BLACKOUT("In this time the service must not be taken away: a blackout falls into it. The request still waits. Choose a window and a time back outside of it; in an emergency two leads decide by break-glass."),
  MANY_AT_ONCE("With this one, {machines} machines of this clinical service would be without network at once. The request still waits. If that is meant, confirm the number and send again."),
  BACK_BY_MISSING("The answer must say when the service is expected back, after the window opens. The request still waits."),
  BACK_BY_TOO_SOON("The service is expected back before anything could be done: that takes at least {shortest} minutes from the window's opening. The request still waits. Choose a later time."),
  BACK_BY_TOO_FAR("The service must be expected back within 30 days of the window's opening. The request still waits. Choose an earlier time.");

  private final String sentence;

  Refusal(String sentence) {
    this.sentence = sentence;
  }

  String sentence() {
    return sentence;
  }

  /** The same with the limits of this site in it. */
  String sentence(WindowLimits limits) {
    return sentence.replace("{shortest}", String.valueOf(limits.shortestMinutes()));
  }
}
