package io.cordon.platform.people;

/** App roles of the Entra application; the value is the role's name in tokens (design section 6). */
public enum Role {
  SOC_ANALYST("Soc.Analyst"),
  CLINICAL_APPROVER("Clinical.Approver"),
  CLINICAL_EXECUTIVE("Clinical.Executive"),
  SECURITY_LEAD("Security.Lead"),
  AUDITOR("Auditor"),
  PLATFORM_ADMIN("Platform.Admin"),
  ALERTS_SEND("Alerts.Send");

  private final String claim;

  Role(String claim) {
    this.claim = claim;
  }

  /** The name of this role in the token's {@code roles} claim. */
  public String claim() {
    return claim;
  }
}
