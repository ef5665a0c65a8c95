package io.cordon.containment.signs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** The few messages of DICOM that a C-ECHO takes. Pure. DICOM PS3.8 section 9.3, PS3.7 section 9.3.5 and annex E. */
final class DicomMessages {
  /** What Cordon calls itself; the other side may have to know it. */
  static final String CALLING = "CORDON";

  private static final String APPLICATION_CONTEXT = "1.2.840.10008.3.1.1.1";
  private static final String VERIFICATION = "1.2.840.10008.1.1";
  private static final String IMPLICIT_LITTLE_ENDIAN = "1.2.840.10008.1.2";
  /** Cordon as an implementation: a UUID as a UID (PS3.5 annex B.2). */
  private static final String IMPLEMENTATION = "2.25.91740022453355697921671661206091031906";

  /** Bytes of what comes before the items of an association. */
  private static final int ASSOCIATION_HEAD = 68;

  private static final byte CONTEXT = 1;
  private static final byte LAST_OF_COMMAND = 0x03;
  private static final short C_ECHO_RQ = 0x0030;
  private static final short C_ECHO_RSP = (short) 0x8030;
  private static final short NO_DATA_SET = 0x0101;

  private DicomMessages() {}

  /** Asks for an association for C-ECHO alone, with answers of this many bytes at most. */
  static byte[] association(String called, int longest) {
    byte[] context = join(new byte[] {CONTEXT, 0, 0, 0}, item(0x30, ascii(VERIFICATION)), item(0x40, ascii(IMPLICIT_LITTLE_ENDIAN)));
    byte[] user = join(item(0x51, ByteBuffer.allocate(4).putInt(longest).array()), item(0x52, ascii(IMPLEMENTATION)));
    byte[] head = ByteBuffer.allocate(ASSOCIATION_HEAD).putShort((short) 1).putShort((short) 0).put(title(called)).put(title(CALLING)).array();
    return join(head, item(0x10, ascii(APPLICATION_CONTEXT)), item(0x20, context), item(0x50, user));
  }

  /** Whether the association was taken, and C-ECHO in it. */
  static boolean takesVerification(ByteBuffer association) {
    if (association.remaining() < ASSOCIATION_HEAD) {
      return false;
    }
    association.position(ASSOCIATION_HEAD);
    while (association.remaining() >= 4) {
      int type = association.getShort() >> 8;
      int length = Short.toUnsignedInt(association.getShort());
      if (length > association.remaining()) {
        return false;
      }
      if (type == 0x21) {
        return length >= 4 && association.get() == CONTEXT && association.position(association.position() + 1).get() == 0;
      }
      association.position(association.position() + length);
    }
    return false;
  }

  /** The C-ECHO itself. */
  static byte[] echo() {
    byte[] command = join(element(0x0002, ascii(VERIFICATION + "\0")), element(0x0100, number(C_ECHO_RQ)), element(0x0110, number((short) 1)), element(0x0800, number(NO_DATA_SET)));
    byte[] all = join(element(0x0000, little(4).putInt(command.length).array()), command);
    return join(ByteBuffer.allocate(4).putInt(all.length + 2).array(), new byte[] {CONTEXT, LAST_OF_COMMAND}, all);
  }

  /** Whether these data are the answer that all is well. */
  static boolean isSuccess(ByteBuffer data) {
    if (data.remaining() < 6 || data.getInt() != data.remaining() || data.get() != CONTEXT || data.get() != LAST_OF_COMMAND) {
      return false;
    }
    data.order(ByteOrder.LITTLE_ENDIAN);
    boolean isAnswer = false;
    boolean succeeded = false;
    while (data.remaining() >= 8) {
      int tag = data.getInt() >>> 16;
      int length = data.getInt();
      if (length < 0 || length > data.remaining()) {
        return false;
      }
      ByteBuffer value = data.slice(data.position(), length).order(ByteOrder.LITTLE_ENDIAN);
      isAnswer |= tag == 0x0100 && length == 2 && value.getShort(0) == C_ECHO_RSP;
      succeeded |= tag == 0x0900 && length == 2 && value.getShort(0) == 0;
      data.position(data.position() + length);
    }
    return isAnswer && succeeded;
  }

  private static byte[] item(int type, byte[] value) {
    return ByteBuffer.allocate(4 + value.length).put((byte) type).put((byte) 0).putShort((short) value.length).put(value).array();
  }

  /** Of group 0000, in little endian without a type. */
  private static byte[] element(int number, byte[] value) {
    return little(8 + value.length).putShort((short) 0).putShort((short) number).putInt(value.length).put(value).array();
  }

  private static byte[] number(short value) {
    return little(2).putShort(value).array();
  }

  private static ByteBuffer little(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] title(String name) {
    return ascii(String.format("%-16s", name));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] join(byte[]... parts) {
    ByteBuffer all = ByteBuffer.allocate(Stream.of(parts).mapToInt(part -> part.length).sum());
    Stream.of(parts).forEach(all::put);
    return all.array();
  }
}
