package smtpcodes;

import com.sun.jna.Pointer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What we make of one reply. Where something is not there, or not known to this version, it is null. */
public final class Diagnosis {
  /** Size of `smtp_codes_diagnosis`; the offsets below are its members'. */
  static final int SIZE = 232;

  private final int code;
  private final String enhanced;
  private final Reason reason;
  private final int confidence;
  private final Basis basis;
  private final Bounce bounce;
  private final Party party;
  private final Delivery delivery;
  private final Address address;
  private final int retryAfterS;
  private final boolean classMismatch;
  private final List<Remedy> remedies;
  private final String summary;
  private final String fix;
  private final String provider;
  private final String variant;
  private final String blocklist;
  private final String url;
  private final String tag;
  private final List<String> sources;

  Diagnosis(Pointer raw) {
    code = raw.getInt(4);
    enhanced = raw.getInt(8) < 0 ? null : raw.getInt(8) + "." + raw.getInt(12) + "." + raw.getInt(16);
    reason = Reason.of(raw.getInt(20));
    confidence = raw.getInt(24);
    basis = Basis.of(raw.getInt(28));
    bounce = Bounce.of(raw.getInt(32));
    party = Party.of(raw.getInt(36));
    delivery = Delivery.of(raw.getInt(40));
    address = Address.of(raw.getInt(44));
    retryAfterS = raw.getInt(72);
    classMismatch = raw.getInt(80) != 0;
    List<Remedy> steps = new ArrayList<>();
    Pointer numbers = raw.getPointer(104);
    for (int index = 0; index < raw.getInt(92); index++) {
      steps.add(Remedy.of(numbers.getByte(index)));
    }
    remedies = Collections.unmodifiableList(steps);
    summary = SmtpCodes.text(raw.getPointer(112));
    fix = SmtpCodes.text(raw.getPointer(120));
    provider = SmtpCodes.text(raw.getPointer(128));
    variant = SmtpCodes.text(raw.getPointer(136));
    blocklist = SmtpCodes.text(raw.getPointer(144));
    sources = SmtpCodes.sources(raw.getPointer(152));
    url = SmtpCodes.text(raw.getPointer(168), raw.getLong(176));
    tag = SmtpCodes.text(raw.getPointer(184), raw.getLong(192));
  }

  /** The basic code, 0 to 999; null where the reply has none. */
  public Integer code() {
    return code < 0 ? null : code;
  }

  /** The enhanced code, such as "5.1.1"; null where the reply has none. */
  public String enhanced() {
    return enhanced;
  }

  /** Slug of the provider that answered; null where that is not known. */
  public String provider() {
    return provider;
  }

  /** Slug of the provider's variant that won; null where none did. */
  public String variant() {
    return variant;
  }

  /** Why the message was refused. */
  public Reason reason() {
    return reason;
  }

  /** How sure that is, 0 to 100. */
  public int confidence() {
    return confidence;
  }

  /** Kind of bounce. */
  public Bounce bounce() {
    return bounce;
  }

  /** Who must act. */
  public Party party() {
    return party;
  }

  /** What to do with this message. */
  public Delivery delivery() {
    return delivery;
  }

  /** What to do with the address. */
  public Address address() {
    return address;
  }

  /** Steps towards mending the cause, first things first. */
  public List<Remedy> remedies() {
    return remedies;
  }

  /** What kind of rule the diagnosis rests on. */
  public Basis basis() {
    return basis;
  }

  /** What happened, in one sentence. */
  public String summary() {
    return summary;
  }

  /** What the sender does; empty where that is no more than the remedies say. */
  public String fix() {
    return fix;
  }

  /** Seconds after which the server asks to be tried again; null where it does not say. */
  public Integer retryAfterS() {
    return retryAfterS < 0 ? null : retryAfterS;
  }

  /** Slug of the blocklist that the reply names; null for none. */
  public String blocklist() {
    return blocklist;
  }

  /** The page to read; null for none. */
  public String url() {
    return url;
  }

  /** The provider's own mark for the case; null for none. */
  public String tag() {
    return tag;
  }

  /** Whether basic and enhanced code are of different classes. */
  public boolean classMismatch() {
    return classMismatch;
  }

  /** Ids of the sources that the diagnosis rests on. */
  public List<String> sources() {
    return sources;
  }
}
