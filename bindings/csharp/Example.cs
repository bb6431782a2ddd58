using System;
using SmtpCodes;

/// <summary>Says what a reply means.</summary>
internal static class Example
{
    private static void Main(string[] arguments)
    {
        Diagnosis diagnosis = Smtp.Diagnose(arguments.Length > 0 ? arguments[0] : "550 5.1.1 User unknown");
        Console.WriteLine(diagnosis.Reason.Slug() + ": " + diagnosis.Summary);
        if (diagnosis.Address == Address.Suppress)
            Console.WriteLine("Stop mailing this address.");
    }
}
