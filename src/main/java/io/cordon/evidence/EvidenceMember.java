package io.cordon.evidence;

import java.util.regex.Pattern;

/** One member that the data of an event may have: its name and what its value must look like. */
record EvidenceMember(String name, Kind kind) {
  /** What a value is. None of these can hold a sentence somebody typed with its marks, or a line break. */
  enum Kind {
    CODE("[A-Za-z0-9 _.,:;/+=@()-]{0,1024}"),
    HASH("[0-9a-f]{64}"),
    TIME("[0-9]{4,6}-[0-9]{2}-[0-9]{2}T[0-9:.]{5,18}Z"),
    /** Canonical JSON that a hash elsewhere is over, so that whoever reads the log can compute it again. */
    JSON("\\{[\\x20-\\x7e]{0,65536}}"),
    NUMBER(null),
    FLAG(null);

    private final Pattern text;

    Kind(String text) {
      this.text = text == null ? null : Pattern.compile(text);
    }

    boolean takes(Object value) {
      return switch (this) {
        case NUMBER -> value instanceof Integer || value instanceof Long;
        case FLAG -> value instanceof Boolean;
        default -> value instanceof String string && text.matcher(string).matches();
      };
    }
  }

  static EvidenceMember code(String name) {
    return new EvidenceMember(name, Kind.CODE);
  }

  static EvidenceMember hash(String name) {
    return new EvidenceMember(name, Kind.HASH);
  }

  static EvidenceMember time(String name) {
    return new EvidenceMember(name, Kind.TIME);
  }

  static EvidenceMember json(String name) {
    return new EvidenceMember(name, Kind.JSON);
  }

  static EvidenceMember number(String name) {
    return new EvidenceMember(name, Kind.NUMBER);
  }

  static EvidenceMember flag(String name) {
    return new EvidenceMember(name, Kind.FLAG);
  }
}
