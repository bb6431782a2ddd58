import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import smtpcodes.Diagnosis;
import smtpcodes.SmtpCodes;

/** The conformance adapter of Java: see xtask/src/conformance. */
public final class Conformance {
  private static String value(String line, String key) {
    Matcher found = Pattern.compile("\"" + key + "\":\"?([^\",}]*)").matcher(line);
    return found.find() ? found.group(1) : null;
  }

  private static String json(Object value) {
    if (value == null || value instanceof Integer || value instanceof Boolean) {
      return String.valueOf(value);
    }
    StringBuilder out = new StringBuilder();
    if (value instanceof List) {
      for (Object item : (List<?>) value) {
        out.append(out.length() == 0 ? "[" : ",").append(json(item));
      }
      return out.length() == 0 ? "[]" : out.append("]").toString();
    }
    for (char letter : value.toString().toCharArray()) {
      if (letter == '"' || letter == '\\') {
        out.append('\\').append(letter);
      } else if (letter < ' ') {
        out.append(String.format("\\u%04x", (int) letter));
      } else {
        out.append(letter);
      }
    }
    return "\"" + out + "\"";
  }

  private static String fields(String id, Diagnosis diagnosis) {
    Object[] members = {
      "code", diagnosis.code(), "enhanced", diagnosis.enhanced(), "provider", diagnosis.provider(),
      "variant", diagnosis.variant(), "reason", diagnosis.reason(), "confidence", diagnosis.confidence(),
      "bounce", diagnosis.bounce(), "party", diagnosis.party(), "delivery", diagnosis.delivery(),
      "address", diagnosis.address(), "remedies", diagnosis.remedies(), "basis", diagnosis.basis(),
      "summary", diagnosis.summary(), "retry_after_s", diagnosis.retryAfterS(), "blocklist", diagnosis.blocklist(),
      "url", diagnosis.url(), "tag", diagnosis.tag(), "class_mismatch", diagnosis.classMismatch(),
      "sources", diagnosis.sources(),
    };
    StringBuilder out = new StringBuilder("{\"id\":").append(id);
    for (int index = 0; index < members.length; index += 2) {
      out.append(",\"").append(members[index]).append("\":").append(json(members[index + 1]));
    }
    return out.append("}").toString();
  }

  public static void main(String[] arguments) throws IOException {
    boolean composed = arguments[0].equals("json");
    try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        PrintWriter out = new PrintWriter(new BufferedWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8)))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        byte[] reply = Base64.getDecoder().decode(value(line, "reply_b64"));
        SmtpCodes.Hints hints = new SmtpCodes.Hints(value(line, "provider"), value(line, "mx"), value(line, "recipient"), value(line, "command"));
        String id = value(line, "n");
        out.print(composed ? SmtpCodes.diagnoseJson(reply, hints, id) : fields(id, SmtpCodes.diagnose(reply, hints)));
        out.print('\n');
      }
    }
  }
}
