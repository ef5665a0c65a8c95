package io.cordon.assets.register;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The fields of a register entry. Safety fields change only with two people; of typed text only a fingerprint gets into
 * evidence.
 */
public enum RegisterField {
  MDE_DEVICE_ID("mdeDeviceId", true, false, "[0-9a-f]{40}"),
  CLINICAL_SERVICE("clinicalService", true, false, "PACS|FHIR|EHR"),
  ENV("env", true, false, "Prod|Dev"),
  CONTAINS_PHI("containsPhi", true, false, "true|false"),
  CLINICAL_TIER("clinicalTier", true, false, "[123]"),
  EGRESS("egress", true, false, "DIRECT|TRANSPARENT|PROXY|UNKNOWN"),
  NEVER_ISOLATE("neverIsolate", true, false, "true|false"),
  CONSOLE_PATH("consolePath", true, true, "[^\\p{Cntrl}]{1,200}"),
  ON_SITE_PERSON("onSitePerson", true, true, "[^\\p{Cntrl}]{1,200}"),
  OWNER_GROUP("ownerGroup", false, true, "[^\\p{Cntrl}]{1,200}"),
  DOWNTIME_CONTACT("downtimeContact", false, true, "[^\\p{Cntrl}]{1,200}"),
  FHIR_LOCATIONS("fhirLocations", true, true, "[A-Za-z0-9.-]{1,64}(,[A-Za-z0-9.-]{1,64}){0,49}"),
  SERVICE_PROBE("serviceProbe", true, true, "(https?|tcp)://[A-Za-z0-9._:/-]{1,200}|dicom://[A-Za-z0-9.-]{1,200}:[0-9]{1,5}/[A-Za-z0-9._-]{1,16}");

  private final String key;
  private final boolean safety;
  private final boolean typed;
  private final Pattern shape;

  RegisterField(String key, boolean safety, boolean typed, String shape) {
    this.key = key;
    this.safety = safety;
    this.typed = typed;
    this.shape = Pattern.compile(shape);
  }

  static Optional<RegisterField> of(String key) {
    return Stream.of(values()).filter(field -> field.key.equals(key)).findFirst();
  }

  /** Its name in the YAML file and in the API. */
  public String key() {
    return key;
  }

  /** Whether it takes two people to change it. */
  public boolean isSafety() {
    return safety;
  }

  /** Whether people type it, so that it may hold anything. */
  boolean isTyped() {
    return typed;
  }

  boolean accepts(String value) {
    return shape.matcher(value).matches();
  }

  String column() {
    return name().toLowerCase(Locale.ROOT);
  }
}
