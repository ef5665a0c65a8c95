package io.cordon.channels.teams.answers;

/** What somebody who pressed a button is told: what happened, what it means for the case, what to do next. */
final class Sentences {
  static final String NOBODY =
      "Teams did not say who you are, so nothing was changed. The request still waits. Open the approval page and sign in with your hospital account.";
  static final String UNKNOWN_REQUEST = "There is no such request. Nothing was changed. Open the approval page from the newest card.";
  static final String UNKNOWN_CARD =
      "This card does not belong to that request. Nothing was changed. The request still waits; answer on its own card or on the approval page.";
  static final String STEP_UP_NEEDED =
      "For this server your sign-in must be fresh, so this button decides nothing. The request still waits. Open the approval page from the card.";
  static final String ASKED_BY_YOU = "You asked for this action, so somebody else must answer.";
  static final String STILL_CHECKING =
      "Received, still being checked. If this card does not change within a minute, press again or open the approval page; pressing twice does no harm.";
  static final String NOT_A_BUTTON = "This button is not known. Nothing was changed. Open the approval page from the newest card.";
  static final String FAILED = "Something failed here and your answer may not have been taken. Press again, or open the approval page; pressing twice does no harm.";

  private Sentences() {}
}
