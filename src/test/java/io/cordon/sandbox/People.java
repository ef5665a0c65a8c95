package io.cordon.sandbox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Who can sign in, and the applications that can ask for tokens. */
final class People {
  static final String TENANT = "11111111-1111-4111-8111-111111111111";
  static final String CORDON = "22222222-2222-4222-8222-222222222222";
  static final String SECRET = "sandbox-only-secret";
  static final Map<String, String> GROUPS =
      Map.of(
          "PACS", "33333333-0000-4000-8000-000000000001",
          "EHR", "33333333-0000-4000-8000-000000000002",
          "FHIR", "33333333-0000-4000-8000-000000000003");

  /** A person: name to sign in with, what the page says of them, app role, groups. */
  record Person(String name, String title, String role, List<String> groups) {
    String oid() {
      return UUID.nameUUIDFromBytes(name.getBytes()).toString();
    }
  }

  private static final Map<String, Person> ALL = new LinkedHashMap<>();

  static {
    add("soc.one", "Security analyst, first shift", "Soc.Analyst");
    add("soc.two", "Security analyst, second shift", "Soc.Analyst");
    add("clin.pacs", "Clinical approver for PACS", "Clinical.Approver", "PACS");
    add("clin.night", "Clinical approver for PACS, at night", "Clinical.Approver", "PACS");
    add("clin.ehr", "Clinical approver for EHR and FHIR", "Clinical.Approver", "EHR", "FHIR");
    add("clin.exec", "Clinical executive", "Clinical.Executive");
    add("sec.lead", "Security lead", "Security.Lead");
    add("aud.one", "Auditor", "Auditor");
    add("adm.one", "Platform administrator", "Platform.Admin");
    add("adm.two", "Platform administrator", "Platform.Admin");
  }

  private People() {}

  private static void add(String name, String title, String role, String... services) {
    ALL.put(name, new Person(name, title, role, List.of(services).stream().map(GROUPS::get).toList()));
  }

  static Map<String, Person> all() {
    return ALL;
  }
}
