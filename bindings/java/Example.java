import smtpcodes.Address;
import smtpcodes.Diagnosis;
import smtpcodes.SmtpCodes;

/** Says what a reply means. */
public final class Example {
  public static void main(String[] arguments) {
    Diagnosis diagnosis = SmtpCodes.diagnose(arguments.length > 0 ? arguments[0] : "550 5.1.1 User unknown");
    System.out.println(diagnosis.reason() + ": " + diagnosis.summary());
    if (diagnosis.address() == Address.SUPPRESS) {
      System.out.println("Stop mailing this address.");
    }
  }
}
