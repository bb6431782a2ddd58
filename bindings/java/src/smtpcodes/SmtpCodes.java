package smtpcodes;

import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What a mail server's reply means, who is at fault, and what to do next.
 *
 * <pre>SmtpCodes.diagnose("550 5.1.1 User unknown").reason() // Reason.RECIPIENT_UNKNOWN</pre>
 *
 * <p>Needs the C library {@code smtp_codes}; the system property {@code smtp_codes.library} names it
 * where the system does not find it.
 */
public final class SmtpCodes {
  private static final int ABI_VERSION = 1;
  private static final CLibrary LIBRARY = load();

  private SmtpCodes() {}

  /** The functions of the C library that are called here. */
  interface CLibrary extends Library {
    int smtp_codes_abi_version();

    Pointer smtp_codes_version();

    Pointer smtp_codes_catalogue_version();

    Pointer smtp_codes_catalogue_date();

    int smtp_codes_diagnose(Pointer query, Pointer diagnosis);

    NativeLong smtp_codes_diagnose_json(Pointer query, byte[] id, NativeLong idLen, byte[] buffer, NativeLong size);

    NativeLong smtp_codes_entry_source_count(Pointer entry);

    Pointer smtp_codes_entry_source(Pointer entry, NativeLong index);

    Pointer smtp_codes_source_id(Pointer source);
  }

  private static CLibrary load() {
    if (Native.POINTER_SIZE != 8) {
      throw new UnsatisfiedLinkError("smtpcodes knows 64-bit hosts only");
    }
    CLibrary library = Native.load(System.getProperty("smtp_codes.library", "smtp_codes"), CLibrary.class);
    int found = library.smtp_codes_abi_version();
    if (found != ABI_VERSION) {
      throw new UnsatisfiedLinkError("smtp_codes has ABI version " + found + ", this class needs " + ABI_VERSION);
    }
    return library;
  }

  /** What is known about a reply; null where it is not. */
  public static final class Hints {
    /** Nothing is known. */
    public static final Hints NONE = new Hints(null, null, null, null);

    final String provider;
    final String mx;
    final String recipient;
    final String command;

    /**
     * @param provider slug of the provider that gave it, such as "google"
     * @param mx name of the MX host that gave it
     * @param recipient the recipient's address or domain
     * @param command the SMTP command that it answers, such as "RCPT"
     */
    public Hints(String provider, String mx, String recipient, String command) {
      this.provider = provider;
      this.mx = mx;
      this.recipient = recipient;
      this.command = command;
    }
  }

  /** Diagnoses one reply. Never throws over what it holds: what is not recognised is UNKNOWN. */
  public static Diagnosis diagnose(String reply) {
    return diagnose(reply.getBytes(StandardCharsets.UTF_8), Hints.NONE);
  }

  /** Diagnoses one reply, given as bytes, of which something is known. */
  public static Diagnosis diagnose(byte[] reply, Hints hints) {
    Query query = new Query(reply, hints);
    try (Memory raw = new Memory(Diagnosis.SIZE)) {
      raw.clear();
      raw.setInt(0, Diagnosis.SIZE);
      int status = LIBRARY.smtp_codes_diagnose(query.memory, raw);
      if (status != 0) {
        throw new IllegalStateException("smtp_codes_diagnose returned " + status);
      }
      return new Diagnosis(raw);
    } finally {
      query.close();
    }
  }

  /** The diagnosis as one line of JSON, as every other language gives it; the id is JSON already, or null. */
  public static String diagnoseJson(byte[] reply, Hints hints, String id) {
    Query query = new Query(reply, hints);
    try {
      byte[] ident = id == null ? new byte[0] : id.getBytes(StandardCharsets.UTF_8);
      int size = 1024;
      while (true) {
        byte[] buffer = new byte[size];
        int length = LIBRARY.smtp_codes_diagnose_json(query.memory, ident, new NativeLong(ident.length), buffer, new NativeLong(size)).intValue();
        if (length < size) {
          return new String(buffer, 0, length, StandardCharsets.UTF_8);
        }
        size = length + 1;
      }
    } finally {
      query.close();
    }
  }

  /** Version of the library. */
  public static String version() {
    return text(LIBRARY.smtp_codes_version());
  }

  /** Version of the catalogue in the library. */
  public static String catalogueVersion() {
    return text(LIBRARY.smtp_codes_catalogue_version());
  }

  /** Date of the catalogue in the library. */
  public static String catalogueDate() {
    return text(LIBRARY.smtp_codes_catalogue_date());
  }

  static String text(Pointer pointer) {
    return pointer == null ? null : pointer.getString(0, "UTF-8");
  }

  static String text(Pointer pointer, long length) {
    return pointer == null ? null : new String(pointer.getByteArray(0, (int) length), StandardCharsets.UTF_8);
  }

  static List<String> sources(Pointer entry) {
    List<String> list = new ArrayList<>();
    long count = LIBRARY.smtp_codes_entry_source_count(entry).longValue();
    for (long index = 0; index < count; index++) {
      list.add(text(LIBRARY.smtp_codes_source_id(LIBRARY.smtp_codes_entry_source(entry, new NativeLong(index)))));
    }
    return Collections.unmodifiableList(list);
  }

  /** The struct `smtp_codes_query`, and behind it the texts that it points to. */
  private static final class Query {
    private static final int HEAD = 8 + 5 * 16;
    final Memory memory;

    Query(byte[] reply, Hints hints) {
      byte[][] texts = {reply, bytes(hints.provider), bytes(hints.mx), bytes(hints.recipient), bytes(hints.command)};
      long size = HEAD;
      for (byte[] text : texts) {
        size += text.length;
      }
      memory = new Memory(size);
      memory.setInt(0, HEAD);
      memory.setInt(4, 0);
      long at = HEAD;
      for (int index = 0; index < texts.length; index++) {
        byte[] text = texts[index];
        memory.setPointer(8 + index * 16, text.length == 0 ? null : memory.share(at));
        memory.setLong(16 + index * 16, text.length);
        memory.write(at, text, 0, text.length);
        at += text.length;
      }
    }

    private static byte[] bytes(String text) {
      return text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
    }

    void close() {
      memory.close();
    }
  }
}
