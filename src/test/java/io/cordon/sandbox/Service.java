package io.cordon.sandbox;

/** One simulated service. */
interface Service {
  /** Its name in the journal: entra, mde, arm, teams, pagerduty, loganalytics or graph. */
  String name();

  /** Whether a call is for it, by method and path. */
  boolean serves(Call call);

  /** Does what the service would do and answers as it would. */
  Answer answer(Call call);
}
