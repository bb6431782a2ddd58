using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using SmtpCodes;

/// <summary>The conformance adapter of C#: see xtask/src/conformance.</summary>
internal static class Conformance
{
    private static string Value(string line, string key)
    {
        Match found = Regex.Match(line, "\"" + key + "\":\"?([^\",}]*)");
        return found.Success ? found.Groups[1].Value : null;
    }

    private static string Json(string text)
    {
        if (text == null)
            return "null";
        var json = new StringBuilder("\"");
        foreach (char letter in text)
        {
            if (letter == '"' || letter == '\\')
                json.Append('\\').Append(letter);
            else if (letter < ' ')
                json.AppendFormat("\\u{0:x4}", (int)letter);
            else
                json.Append(letter);
        }
        return json.Append('"').ToString();
    }

    private static string Json(IEnumerable<string> list)
    {
        return "[" + string.Join(",", list.Select(Json)) + "]";
    }

    private static string Json(int? number)
    {
        return number.HasValue ? number.Value.ToString() : "null";
    }

    private static string Fields(string id, Diagnosis diagnosis)
    {
        return "{\"id\":" + id
            + ",\"code\":" + Json(diagnosis.Code)
            + ",\"enhanced\":" + Json(diagnosis.Enhanced)
            + ",\"provider\":" + Json(diagnosis.Provider)
            + ",\"variant\":" + Json(diagnosis.Variant)
            + ",\"reason\":" + Json(diagnosis.Reason.Slug())
            + ",\"confidence\":" + diagnosis.Confidence
            + ",\"bounce\":" + Json(diagnosis.Bounce.Slug())
            + ",\"party\":" + Json(diagnosis.Party.Slug())
            + ",\"delivery\":" + Json(diagnosis.Delivery.Slug())
            + ",\"address\":" + Json(diagnosis.Address.Slug())
            + ",\"remedies\":" + Json(diagnosis.Remedies.Select(remedy => remedy.Slug()))
            + ",\"basis\":" + Json(diagnosis.Basis.Slug())
            + ",\"summary\":" + Json(diagnosis.Summary)
            + ",\"retry_after_s\":" + Json(diagnosis.RetryAfterS)
            + ",\"blocklist\":" + Json(diagnosis.Blocklist)
            + ",\"url\":" + Json(diagnosis.Url)
            + ",\"tag\":" + Json(diagnosis.Tag)
            + ",\"class_mismatch\":" + (diagnosis.ClassMismatch ? "true" : "false")
            + ",\"sources\":" + Json(diagnosis.Sources) + "}";
    }

    private static void Main(string[] arguments)
    {
        bool composed = arguments[0] == "json";
        var encoding = new UTF8Encoding(false);
        using (var input = new StreamReader(Console.OpenStandardInput(), encoding))
        using (var output = new StreamWriter(Console.OpenStandardOutput(), encoding))
        {
            for (string line = input.ReadLine(); line != null; line = input.ReadLine())
            {
                byte[] reply = Convert.FromBase64String(Value(line, "reply_b64"));
                var hints = new Hints { Provider = Value(line, "provider"), Mx = Value(line, "mx"), Recipient = Value(line, "recipient"), Command = Value(line, "command") };
                string id = Value(line, "n");
                output.Write(composed ? Smtp.DiagnoseJson(reply, hints, id) : Fields(id, Smtp.Diagnose(reply, hints)));
                output.Write('\n');
            }
        }
    }
}
