package io.cordon.platform.phi;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/** Made-up identifiers of every kind, and the ways in which they may be encoded. */
public final class Samples {
  /** An identifier of each kind by the rule that knows it. */
  public static final Map<String, String> IDENTIFIERS = identifiers();

  /** Name of the encoding to what it does. */
  public static final Map<String, UnaryOperator<String>> ENCODINGS = encodings();

  private Samples() {}

  private static Map<String, String> identifiers() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("HL7", "PID|1||77|");
    all.put("FHIR", "Patient/zyx-1");
    all.put("DICOM_NAME", "Zyxmann^Quirina");
    all.put("DICOM_TAG", "(0010,0020)");
    all.put("UID", "1.2.826.0.1.3680043.8.1055.1");
    all.put("PATH", "/data/zyxmann_quirina/x");
    all.put("RECORD_NUMBER", "MRN 00412345");
    all.put("SSN", "912-65-4321");
    all.put("MBI", "1EG4-TE5-MK73");
    all.put("NPI", "1234567893");
    all.put("PHONE", "(555) 234-5678");
    all.put("EMAIL", "quirina@zyx.example");
    all.put("DATE", "born 12/03/1984");
    all.put("AGE", "93-year-old");
    all.put("ZIP", "Boston, MA 02139");
    all.put("HMC_NUMBER", "HMC0048812");
    return all;
  }

  private static Map<String, UnaryOperator<String>> encodings() {
    Map<String, UnaryOperator<String>> all = new LinkedHashMap<>();
    all.put("plain", text -> text);
    all.put("percent", Samples::percent);
    all.put("base64", text -> Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
    all.put("escapes", text -> text.chars().mapToObj("\\u%04x"::formatted).collect(Collectors.joining()));
    all.put("gzip", text -> Base64.getEncoder().encodeToString(gzip(text)));
    all.put("double percent", text -> percent(percent(text)));
    return all;
  }

  private static String percent(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      encoded.append("%%%02X".formatted(b));
    }
    return encoded.toString();
  }

  private static byte[] gzip(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
