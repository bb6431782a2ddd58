using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;

namespace SmtpCodes
{
    /// <summary>What is known about a reply; null where it is not.</summary>
    public sealed class Hints
    {
        /// <summary>Slug of the provider that gave it, such as "google".</summary>
        public string Provider { get; set; }
        /// <summary>Name of the MX host that gave it.</summary>
        public string Mx { get; set; }
        /// <summary>The recipient's address or domain.</summary>
        public string Recipient { get; set; }
        /// <summary>The SMTP command that it answers, such as "RCPT".</summary>
        public string Command { get; set; }
    }

    /// <summary>What we make of one reply; null where something is not there.</summary>
    public sealed class Diagnosis
    {
        internal Diagnosis() { }

        /// <summary>The basic code, 0 to 999.</summary>
        public int? Code { get; internal set; }
        /// <summary>The enhanced code, such as "5.1.1".</summary>
        public string Enhanced { get; internal set; }
        /// <summary>Slug of the provider that answered.</summary>
        public string Provider { get; internal set; }
        /// <summary>Slug of the provider's variant that won.</summary>
        public string Variant { get; internal set; }
        /// <summary>Why the message was refused.</summary>
        public Reason Reason { get; internal set; }
        /// <summary>How sure that is, 0 to 100.</summary>
        public int Confidence { get; internal set; }
        /// <summary>Kind of bounce.</summary>
        public Bounce Bounce { get; internal set; }
        /// <summary>Who must act.</summary>
        public Party Party { get; internal set; }
        /// <summary>What to do with this message.</summary>
        public Delivery Delivery { get; internal set; }
        /// <summary>What to do with the address.</summary>
        public Address Address { get; internal set; }
        /// <summary>Steps towards mending the cause, first things first.</summary>
        public IReadOnlyList<Remedy> Remedies { get; internal set; }
        /// <summary>What kind of rule the diagnosis rests on.</summary>
        public Basis Basis { get; internal set; }
        /// <summary>What happened, in one sentence.</summary>
        public string Summary { get; internal set; }
        /// <summary>What the sender does; empty where that is no more than the remedies say.</summary>
        public string Fix { get; internal set; }
        /// <summary>Seconds after which the server asks to be tried again.</summary>
        public int? RetryAfterS { get; internal set; }
        /// <summary>Slug of the blocklist that the reply names.</summary>
        public string Blocklist { get; internal set; }
        /// <summary>The page to read.</summary>
        public string Url { get; internal set; }
        /// <summary>The provider's own mark for the case.</summary>
        public string Tag { get; internal set; }
        /// <summary>Whether basic and enhanced code are of different classes.</summary>
        public bool ClassMismatch { get; internal set; }
        /// <summary>Ids of the sources that the diagnosis rests on.</summary>
        public IReadOnlyList<string> Sources { get; internal set; }
    }

    /// <summary>What a mail server's reply means, who is at fault, and what to do next.</summary>
    public static class Smtp
    {
        private const uint AbiVersion = 1;

        static Smtp()
        {
            uint found = Native.smtp_codes_abi_version();
            if (found != AbiVersion)
                throw new DllNotFoundException("smtp_codes has ABI version " + found + ", this class needs " + AbiVersion);
        }

        /// <summary>Diagnoses one reply. Never throws over what it holds: what is not recognised is Unknown.</summary>
        public static Diagnosis Diagnose(string reply, Hints hints = null)
        {
            return Diagnose(Encoding.UTF8.GetBytes(reply), hints);
        }

        /// <summary>Diagnoses one reply, given as bytes.</summary>
        public static Diagnosis Diagnose(byte[] reply, Hints hints = null)
        {
            using (var query = new Question(reply, hints))
            {
                var raw = new Native.Diagnosis { StructSize = (uint)Marshal.SizeOf(typeof(Native.Diagnosis)) };
                int status = Native.smtp_codes_diagnose(ref query.Raw, ref raw);
                if (status != 0)
                    throw new InvalidOperationException("smtp_codes_diagnose returned " + status);
                return FromRaw(ref raw);
            }
        }

        /// <summary>The diagnosis as one line of JSON, as every other language gives it; the id is JSON already.</summary>
        public static string DiagnoseJson(byte[] reply, Hints hints = null, string id = null)
        {
            byte[] ident = Encoding.UTF8.GetBytes(id ?? "");
            using (var query = new Question(reply, hints))
            {
                for (int size = 1024; ;)
                {
                    var buffer = new byte[size];
                    int length = (int)Native.smtp_codes_diagnose_json(ref query.Raw, ident, (UIntPtr)ident.Length, buffer, (UIntPtr)size);
                    if (length < size)
                        return Encoding.UTF8.GetString(buffer, 0, length);
                    size = length + 1;
                }
            }
        }

        /// <summary>Version of the library.</summary>
        public static string Version { get { return Text(Native.smtp_codes_version()); } }
        /// <summary>Version of the catalogue in the library.</summary>
        public static string CatalogueVersion { get { return Text(Native.smtp_codes_catalogue_version()); } }
        /// <summary>Date of the catalogue in the library.</summary>
        public static string CatalogueDate { get { return Text(Native.smtp_codes_catalogue_date()); } }

        /// <summary>The slug that JSON uses; null for a value that the library does not know.</summary>
        public static string Slug(this Reason value) { return Text(Native.smtp_codes_reason_slug((int)value)); }
        /// <summary>The slug that JSON uses; null for a value that the library does not know.</summary>
        public static string Slug(this Bounce value) { return Text(Native.smtp_codes_bounce_slug((int)value)); }
        /// <summary>The slug that JSON uses; null for a value that the library does not know.</summary>
        public static string Slug(this Party value) { return Text(Native.smtp_codes_party_slug((int)value)); }
        /// <summary>The slug that JSON uses; null for a value that the library does not know.</summary>
        public static string Slug(this Delivery value) { return Text(Native.smtp_codes_delivery_slug((int)value)); }
        /// <summary>The slug that JSON uses; null for a value that the library does not know.</summary>
        public static string Slug(this Address value) { return Text(Native.smtp_codes_address_slug((int)value)); }
        /// <summary>The slug that JSON uses; null for a value that the library does not know.</summary>
        public static string Slug(this Remedy value) { return Text(Native.smtp_codes_remedy_slug((int)value)); }
        /// <summary>The slug that JSON uses; null for a value that the library does not know.</summary>
        public static string Slug(this Basis value) { return Text(Native.smtp_codes_basis_slug((int)value)); }

        private static Diagnosis FromRaw(ref Native.Diagnosis raw)
        {
            var remedies = new Remedy[raw.RemedyCount];
            for (int index = 0; index < remedies.Length; index++)
                remedies[index] = (Remedy)Marshal.ReadByte(raw.Remedies, index);
            var sources = new string[(int)Native.smtp_codes_entry_source_count(raw.Entry)];
            for (int index = 0; index < sources.Length; index++)
                sources[index] = Text(Native.smtp_codes_source_id(Native.smtp_codes_entry_source(raw.Entry, (UIntPtr)index)));
            return new Diagnosis
            {
                Code = raw.Code < 0 ? (int?)null : raw.Code,
                Enhanced = raw.EnhancedClass < 0 ? null : raw.EnhancedClass + "." + raw.EnhancedSubject + "." + raw.EnhancedDetail,
                Provider = Text(raw.ProviderSlug),
                Variant = Text(raw.VariantSlug),
                Reason = (Reason)raw.Reason,
                Confidence = raw.Confidence,
                Bounce = (Bounce)raw.Bounce,
                Party = (Party)raw.Party,
                Delivery = (Delivery)raw.Delivery,
                Address = (Address)raw.Address,
                Remedies = remedies,
                Basis = (Basis)raw.Basis,
                Summary = Text(raw.Summary),
                Fix = Text(raw.Fix),
                RetryAfterS = raw.RetryAfterS < 0 ? (int?)null : raw.RetryAfterS,
                Blocklist = Text(raw.BlocklistSlug),
                Url = Text(raw.Url, raw.UrlLen),
                Tag = Text(raw.Tag, raw.TagLen),
                ClassMismatch = raw.ClassMismatch != 0,
                Sources = sources,
            };
        }

        private static string Text(IntPtr text)
        {
            int length = 0;
            while (text != IntPtr.Zero && Marshal.ReadByte(text, length) != 0)
                length++;
            return Text(text, (UIntPtr)length);
        }

        private static string Text(IntPtr text, UIntPtr length)
        {
            if (text == IntPtr.Zero)
                return null;
            var bytes = new byte[(int)length];
            Marshal.Copy(text, bytes, 0, bytes.Length);
            return Encoding.UTF8.GetString(bytes);
        }

        /// <summary>The query, and the texts that it points to, which stay where they are until it is disposed of.</summary>
        private sealed class Question : IDisposable
        {
            private readonly List<GCHandle> kept = new List<GCHandle>();
            internal Native.Query Raw;

            internal Question(byte[] reply, Hints hints)
            {
                Raw.StructSize = (uint)Marshal.SizeOf(typeof(Native.Query));
                Keep(reply, out Raw.Reply, out Raw.ReplyLen);
                if (hints == null)
                    return;
                Keep(Bytes(hints.Provider), out Raw.Provider, out Raw.ProviderLen);
                Keep(Bytes(hints.Mx), out Raw.Mx, out Raw.MxLen);
                Keep(Bytes(hints.Recipient), out Raw.Recipient, out Raw.RecipientLen);
                Keep(Bytes(hints.Command), out Raw.Command, out Raw.CommandLen);
            }

            private static byte[] Bytes(string text)
            {
                return text == null ? null : Encoding.UTF8.GetBytes(text);
            }

            private void Keep(byte[] text, out IntPtr start, out UIntPtr length)
            {
                start = IntPtr.Zero;
                length = UIntPtr.Zero;
                if (text == null || text.Length == 0)
                    return;
                GCHandle handle = GCHandle.Alloc(text, GCHandleType.Pinned);
                kept.Add(handle);
                start = handle.AddrOfPinnedObject();
                length = (UIntPtr)text.Length;
            }

            public void Dispose()
            {
                foreach (GCHandle handle in kept)
                    handle.Free();
            }
        }
    }

    /// <summary>The C library.</summary>
    internal static class Native
    {
        private const string Library = "smtp_codes";

#pragma warning disable 649, 169 // Members are the library's to write.
        [StructLayout(LayoutKind.Sequential)]
        internal struct Query
        {
            internal uint StructSize, Reserved;
            internal IntPtr Reply;
            internal UIntPtr ReplyLen;
            internal IntPtr Provider;
            internal UIntPtr ProviderLen;
            internal IntPtr Mx;
            internal UIntPtr MxLen;
            internal IntPtr Recipient;
            internal UIntPtr RecipientLen;
            internal IntPtr Command;
            internal UIntPtr CommandLen;
        }

        [StructLayout(LayoutKind.Sequential)]
        internal struct Diagnosis
        {
            internal uint StructSize;
            internal int Code, EnhancedClass, EnhancedSubject, EnhancedDetail, Reason, Confidence, Basis, Bounce, Party;
            internal int Delivery, Address, Provider, ProviderBy, Variant, Phrase, BlocklistNumber, RunnerUp, RetryAfterS;
            internal int Command, ClassMismatch, HintContradicted, Wrapped;
            internal uint RemedyCount;
            internal long Limit;
            internal IntPtr Remedies, Summary, Fix, ProviderSlug, VariantSlug, BlocklistSlug, Entry, Schedule;
            internal IntPtr Url;
            internal UIntPtr UrlLen;
            internal IntPtr Tag;
            internal UIntPtr TagLen;
            internal IntPtr LimitUnit;
            internal UIntPtr LimitUnitLen;
            internal IntPtr ReplyText;
            internal UIntPtr ReplyTextLen;
        }
#pragma warning restore 649, 169

        [DllImport(Library)] internal static extern uint smtp_codes_abi_version();
        [DllImport(Library)] internal static extern IntPtr smtp_codes_version();
        [DllImport(Library)] internal static extern IntPtr smtp_codes_catalogue_version();
        [DllImport(Library)] internal static extern IntPtr smtp_codes_catalogue_date();
        [DllImport(Library)] internal static extern int smtp_codes_diagnose(ref Query query, ref Diagnosis diagnosis);
        [DllImport(Library)] internal static extern UIntPtr smtp_codes_diagnose_json(ref Query query, byte[] id, UIntPtr idLen, byte[] buffer, UIntPtr size);
        [DllImport(Library)] internal static extern IntPtr smtp_codes_reason_slug(int number);
        [DllImport(Library)] internal static extern IntPtr smtp_codes_bounce_slug(int number);
        [DllImport(Library)] internal static extern IntPtr smtp_codes_party_slug(int number);
        [DllImport(Library)] internal static extern IntPtr smtp_codes_delivery_slug(int number);
        [DllImport(Library)] internal static extern IntPtr smtp_codes_address_slug(int number);
        [DllImport(Library)] internal static extern IntPtr smtp_codes_remedy_slug(int number);
        [DllImport(Library)] internal static extern IntPtr smtp_codes_basis_slug(int number);
        [DllImport(Library)] internal static extern UIntPtr smtp_codes_entry_source_count(IntPtr entry);
        [DllImport(Library)] internal static extern IntPtr smtp_codes_entry_source(IntPtr entry, UIntPtr index);
        [DllImport(Library)] internal static extern IntPtr smtp_codes_source_id(IntPtr source);
    }
}
