package io.cordon.platform.phi;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The kinds of identifiers with a shape (contract evidence-phi-security, section 2, point 3). Every repetition has an
 * end, so that no text makes a rule slow. Names of people have no shape; messages have no field they could be in.
 */
final class Rules {
  private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9_]{0,31}");
  private static final String YEAR = "(?:18|19|20)\\d{2}";
  private static final String COMPACT_DATE = YEAR + "(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])(?!\\d)";
  private static final String MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}";
  private static final String DAY = "(?:0?[1-9]|[12]\\d|3[01])";
  // written in the log of a machine, to the minute and in UTC: an instant of ours, not somebody's birthday
  private static final String NOT_AN_INSTANT = "(?!T\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?Z)";
  private static final String STATE =
      "(?:A[LKZR]|C[AOT]|D[CE]|FL|GA|HI|I[DLNA]|K[SY]|LA|M[EDAINSOT]|N[EVHJMYCD]|O[HKR]|P[AR]|RI|S[CD]|T[NX]|UT|V[TA]|W[AVIY])";

  private static final List<Rule> BUILT_IN =
      List.of(
          Rule.of("HL7",
              "(?<![a-z0-9])(?:MSH|PID|PV1|NK1|GT1|IN1|OBR|OBX|EVN|MRG)\\|", "\\^~\\\\&", "\\|" + COMPACT_DATE),
          Rule.of("FHIR",
              "resourceType\\W{1,8}(?:Patient|RelatedPerson)(?![a-z])",
              "(?<![a-z0-9])(?:Patient|RelatedPerson)/[a-z0-9.-]{1,64}",
              "[?&]name(?::[a-z]{1,12})?=",
              "(?<![a-z0-9])(?:family|given|birthdate|identifier|telecom|address(?:-[a-z]{1,12})?)(?::[a-z-]{1,12})?=[^\\s=]",
              "\"(?:family|given|birthDate|telecom)\"\\s{0,4}:"),
          Rule.exactly("DICOM_NAME", "\\p{L}[\\p{L}'-]{0,63}\\^\\p{L}"),
          Rule.of("DICOM_TAG", "\\(\\s?0010\\s?,\\s?[0-9a-f]{4}\\s?\\)", "(?<![0-9a-f,.-])0010,[0-9a-f]{4}(?![0-9a-f])"),
          Rule.exactly("UID",
              "(?<![\\w.])(?!1\\.2\\.840\\.10008\\.)(?:[0-2]\\.\\d{1,3}(?:\\.\\d{1,40}){4,30}|2\\.25\\.\\d{12,39})(?![\\w])"),
          Rule.of("PATH",
              "[/\\\\]\\p{L}{2,40}[_^]\\p{L}{2,40}(?=[/\\\\._\\s\\d^\"']|$)",
              "(?<!\\p{L})\\p{L}{2,40}_\\p{L}{2,40}[\\w-]{0,40}\\.(?:dcm|hl7|pdf|jpe?g|png|tiff?|nii|xml|json|docx?|txt|csv)(?![a-z])",
              "[/\\\\][^\\s/\\\\]{0,80}(?<!\\d)" + COMPACT_DATE,
              "_" + COMPACT_DATE),
          Rule.of("RECORD_NUMBER",
              "(?<![a-z])(?:MRN|MR ?#|med(?:ical)?\\.? ?rec(?:ord)?s?|pat(?:ient)?[ _]?id|accession|acc ?(?:no|nr|num|#))[^a-z0-9]{0,5}"
                  + "(?:(?:number|num|no|nr|id|is)[^a-z0-9]{1,5}){0,2}(?=[a-z-]{0,10}\\d)[a-z0-9-]{4,}"),
          Rule.of("SSN", "(?<![\\w-])\\d{3}([-. ])\\d{2}\\1\\d{4}(?![\\w-])", "(?<![a-z])(?:SSN|social security)[^\\d]{0,20}\\d{9}(?!\\d)"),
          Rule.of("MBI",
              "(?<![a-z0-9])[1-9][ac-hjkmnp-rt-y][ac-hjkmnp-rt-y0-9]\\d-?[ac-hjkmnp-rt-y][ac-hjkmnp-rt-y0-9]\\d-?[ac-hjkmnp-rt-y]{2}\\d{2}(?![a-z0-9])"),
          Rule.of("NPI", "(?<![a-z])NPI[^\\d]{0,12}\\d{10}(?!\\d)"),
          Rule.exactly("NPI", "(?<![\\w.-])[12]\\d{3}[- ]?\\d{3}[- ]?\\d{3}(?![\\w-])").confirmedBy(Rules::isProviderNumber),
          Rule.of("PHONE",
              "(?<![\\w.-])(?:\\+?1[-. ]?)?(?:\\([2-9]\\d{2}\\) ?|[2-9]\\d{2}[-. ]?)\\d{3}[-. ]?\\d{4}(?![\\w-])",
              "(?<![\\w+])\\+\\d{1,3}[ .-]?(?:\\(?\\d{1,5}\\)?[ .-]?){2,6}\\d{2,4}(?!\\w)",
              "(?<![a-z])(?:tel|phone|fax|mobile|cell)[^\\d\\n]{0,12}\\d{7,15}(?!\\d)"),
          Rule.of("EMAIL", "[a-z0-9._%+-]{1,64}@(?:[a-z0-9-]{1,63}\\.){1,8}[a-z]{2,24}(?![a-z0-9])"),
          Rule.of("DATE",
              "(?<![\\w.-])" + YEAR + "([-/.])(?:0?[1-9]|1[0-2])\\1" + DAY + "(?![\\d-])" + NOT_AN_INSTANT,
              "(?<![\\w./-])" + DAY + "([-/.])" + DAY + "\\2" + YEAR + "(?![\\d/-])",
              "(?<![\\w./-])" + DAY + "/" + DAY + "/\\d{2}(?![\\d/])",
              "(?<!\\w)" + DAY + "(?:st|nd|rd|th)?[ -]" + MONTH + "\\.?,?[ -]" + YEAR + "(?!\\d)",
              "(?<![a-z])" + MONTH + "\\.? " + DAY + "(?:st|nd|rd|th)?,? " + YEAR + "(?!\\d)",
              "(?<![a-z])(?:DOB|D\\.O\\.B|birth ?date|date of birth|born)[^\\d\\n]{0,12}\\d{6,8}(?!\\d)"),
          Rule.of("AGE",
              "(?<![\\w.])(?:9\\d|1[0-4]\\d)[ -]?(?:y/?o|yrs?|years?)(?:[ -]old)?(?![a-z])",
              "(?<![a-z])age[d]?[ :=]{1,3}(?:9\\d|1[0-4]\\d)(?![\\w.])",
              "(?<!\\w)(?:09\\d|1[0-4]\\d)Y(?!\\w)"),
          Rule.exactly("ZIP", "(?<![\\w-])" + STATE + "[ ,]{1,3}\\d{5}(?:-\\d{4})?(?![\\w-])"),
          Rule.of("ZIP", "(?<![a-z])zip(?: ?code)?[^\\w]{0,5}\\d{5}(?!\\d)", "(?<![\\w.-])\\d{5}-\\d{4}(?![\\w-])"));

  private Rules() {}

  /** The built-in rules and those of a site, by their codes. */
  static List<Rule> with(Map<String, String> sitePatterns) {
    List<Rule> all = new ArrayList<>(BUILT_IN);
    sitePatterns.forEach((code, pattern) -> all.add(ofSite(code, pattern)));
    return List.copyOf(all);
  }

  private static Rule ofSite(String code, String pattern) {
    try {
      if (CODE.matcher(code).matches() && !Pattern.compile(pattern).matcher("").find()) {
        return Rule.exactly(code, pattern);
      }
    } catch (PatternSyntaxException e) {
      // told below, in words that name the setting
    }
    throw new IllegalStateException(
        "cordon.phi.patterns: each needs a name of capitals, digits and _, and a regular expression that does not match the empty text");
  }

  /** The check digit of a national provider identifier (Luhn over 80840 and the number). */
  private static boolean isProviderNumber(String written) {
    String number = written.replaceAll("\\D", "");
    int sum = 24;
    for (int i = 0; i < number.length(); i++) {
      int digit = number.charAt(number.length() - 1 - i) - '0';
      int weighed = i % 2 == 0 ? digit : digit * 2;
      sum += weighed > 9 ? weighed - 9 : weighed;
    }
    return sum % 10 == 0;
  }
}
