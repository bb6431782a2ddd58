//! The closed lists of the project: reasons, bounce types, parties, advice, basis and standing.
//!
//! Each value has a slug, which is what JSON, the catalogue and the site use, and a number, which is
//! what the C ABI uses. Neither ever changes; new values are only appended.

/// Declares one closed list: an enum with numbers from 0 up, slugs both ways, and iteration.
macro_rules! closed_list {
    (
        $(#[$meta:meta])*
        $name:ident {
            $( #[doc = $about:literal] $variant:ident = $number:literal => $slug:literal, )+
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        #[repr(u8)]
        pub enum $name {
            $( #[doc = $about] $variant = $number, )+
        }

        impl $name {
            /// Every value, in the order of its number.
            pub const ALL: &'static [Self] = &[ $( Self::$variant, )+ ];

            /// The slug that JSON, the catalogue and the site use.
            #[must_use]
            pub const fn slug(self) -> &'static str {
                match self { $( Self::$variant => $slug, )+ }
            }

            /// What the value means, in one sentence.
            #[must_use]
            pub const fn about(self) -> &'static str {
                match self { $( Self::$variant => $about.trim_ascii(), )+ }
            }

            /// The slug with a NUL byte behind it, for the C ABI.
            #[must_use]
            pub const fn slug_c(self) -> &'static core::ffi::CStr {
                match self {
                    $( Self::$variant => const {
                        match core::ffi::CStr::from_bytes_with_nul(concat!($slug, "\0").as_bytes()) {
                            Ok(slug) => slug,
                            Err(_) => panic!("a slug holds no NUL byte"),
                        }
                    }, )+
                }
            }

            /// The value of a slug, or `None` where the list has no such slug.
            #[must_use]
            pub fn from_slug(slug: &str) -> Option<Self> {
                match slug { $( $slug => Some(Self::$variant), )+ _ => None }
            }

            /// The number that the C ABI uses.
            #[must_use]
            pub const fn number(self) -> u8 {
                self as u8
            }

            /// The value of a number, or `None` where the list has no such number.
            #[must_use]
            pub const fn from_number(number: u8) -> Option<Self> {
                match number { $( $number => Some(Self::$variant), )+ _ => None }
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.pad(self.slug())
            }
        }

        #[cfg(feature = "serde")]
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.slug())
            }
        }
    };
}

pub(crate) use closed_list;

closed_list! {
    /// Why a message was refused, or what else a reply says.
    ///
    /// ```
    /// use smtp_codes::Reason;
    /// assert_eq!(Reason::MailboxFull.slug(), "mailbox-full");
    /// assert_eq!(Reason::from_slug("mailbox-full"), Some(Reason::MailboxFull));
    /// ```
    Reason {
        /// Not recognised.
        Unknown = 0 => "unknown",
        /// The command or the message was accepted.
        Success = 1 => "success",
        /// The server waits for the next part of a dialogue.
        Intermediate = 2 => "intermediate",
        /// No such mailbox.
        RecipientUnknown = 3 => "recipient-unknown",
        /// The mailbox exists but takes no mail: disabled, suspended, closed.
        RecipientDisabled = 4 => "recipient-disabled",
        /// The recipient is elsewhere now.
        RecipientMoved = 5 => "recipient-moved",
        /// The mailbox takes mail from some senders only.
        RecipientRestricted = 6 => "recipient-restricted",
        /// The recipient's mailbox is over its quota.
        MailboxFull = 7 => "mailbox-full",
        /// The recipient's domain does not exist or takes no mail.
        DomainInvalid = 8 => "domain-invalid",
        /// The sender's address or domain is not accepted.
        SenderRejected = 9 => "sender-rejected",
        /// The server does not relay for this client or to this domain.
        RelayDenied = 10 => "relay-denied",
        /// SPF, DKIM, DMARC, ARC or reverse DNS.
        Authentication = 11 => "authentication",
        /// A blocklist names the sender's address, domain or a URL.
        Blocklist = 12 => "blocklist",
        /// The sender's reputation at this receiver is bad.
        Reputation = 13 => "reputation",
        /// Too much mail or too many connections in a given time.
        RateLimit = 14 => "rate-limit",
        /// First contact is put off on purpose.
        Greylist = 15 => "greylist",
        /// The content looks like spam.
        SpamContent = 16 => "spam-content",
        /// The content carries malware.
        Virus = 17 => "virus",
        /// A rule of the receiver, not further said.
        Policy = 18 => "policy",
        /// The message is too large.
        MessageTooLarge = 19 => "message-too-large",
        /// The message breaks the message format.
        ContentMalformed = 20 => "content-malformed",
        /// TLS is missing, or failed.
        Tls = 21 => "tls",
        /// SMTP AUTH: log in, or log in otherwise.
        Credentials = 22 => "credentials",
        /// The SMTP dialogue went wrong.
        Protocol = 23 => "protocol",
        /// The message goes in circles.
        RoutingLoop = 24 => "routing-loop",
        /// A DNS lookup failed.
        Dns = 25 => "dns",
        /// A connection could not be made or broke.
        Network = 26 => "network",
        /// The receiving system is short of something.
        SystemResources = 27 => "system-resources",
        /// The receiving system has a fault.
        SystemError = 28 => "system-error",
        /// The sending account's own allowance is used up.
        AccountQuota = 29 => "account-quota",
        /// More recipients than one transaction may have.
        TooManyRecipients = 30 => "too-many-recipients",
        /// The message waited too long in a queue.
        MessageExpired = 31 => "message-expired",
    }
}

impl Reason {
    /// Whether the fault is the sender's, so that the address must never be suppressed for it.
    #[must_use]
    pub const fn is_sender_fault(self) -> bool {
        matches!(
            self,
            Self::SenderRejected
                | Self::RelayDenied
                | Self::Authentication
                | Self::Blocklist
                | Self::Reputation
                | Self::RateLimit
                | Self::SpamContent
                | Self::Virus
                | Self::Policy
                | Self::MessageTooLarge
                | Self::ContentMalformed
                | Self::Tls
                | Self::Credentials
                | Self::Protocol
                | Self::AccountQuota
                | Self::TooManyRecipients
        )
    }

    /// Whether the reason is about the recipient's address, so that suppressing it can be right.
    #[must_use]
    pub const fn is_about_recipient(self) -> bool {
        matches!(
            self,
            Self::RecipientUnknown
                | Self::RecipientDisabled
                | Self::RecipientMoved
                | Self::RecipientRestricted
                | Self::MailboxFull
                | Self::DomainInvalid
        )
    }
}

closed_list! {
    /// What kind of bounce a reply is.
    BounceType {
        /// Not a bounce.
        None = 0 => "none",
        /// A passing failure.
        Soft = 1 => "soft",
        /// The address is dead.
        Hard = 2 => "hard",
        /// The sender is refused; the address may well be alive.
        Block = 3 => "block",
        /// A fault of the dialogue or of a system.
        Technical = 4 => "technical",
    }
}

closed_list! {
    /// Who has to act.
    Party {
        /// The person the message is for.
        Recipient = 0 => "recipient",
        /// The administrator of the receiving system.
        Receiver = 1 => "receiver",
        /// The sender, as keeper of the list of addresses.
        SenderList = 2 => "sender-list",
        /// The sender, as author of the content.
        SenderContent = 3 => "sender-content",
        /// The sender, as keeper of DNS, addresses and servers.
        SenderInfrastructure = 4 => "sender-infrastructure",
        /// The sender's mail platform or its account there.
        SenderPlatform = 5 => "sender-platform",
    }
}

closed_list! {
    /// What to do with this message.
    Delivery {
        /// It was delivered, or the command done.
        Delivered = 0 => "delivered",
        /// Go on with the dialogue.
        Continue = 1 => "continue",
        /// Try again on a schedule.
        Retry = 2 => "retry",
        /// Try again, at a lower rate.
        RetrySlower = 3 => "retry-slower",
        /// Try once more, much later.
        RetryOnce = 4 => "retry-once",
        /// Try again when the fault is mended.
        RetryAfterFix = 5 => "retry-after-fix",
        /// Do not try again.
        GiveUp = 6 => "give-up",
    }
}

closed_list! {
    /// What to do with the recipient's address.
    Address {
        /// Nothing is wrong with it.
        Keep = 0 => "keep",
        /// Count this towards a threshold.
        Watch = 1 => "watch",
        /// Send nothing to it until the fault is mended.
        Hold = 2 => "hold",
        /// Verify it before the next message.
        Verify = 3 => "verify",
        /// Stop mailing it.
        Suppress = 4 => "suppress",
        /// Stop mailing its whole domain.
        SuppressDomain = 5 => "suppress-domain",
    }
}

closed_list! {
    /// One step towards mending the cause.
    Remedy {
        /// Nothing to mend.
        NoneNeeded = 0 => "none-needed",
        /// Mend the SPF record or send from a host it names.
        FixSpf = 1 => "fix-spf",
        /// Mend DKIM signing or the key record.
        FixDkim = 2 => "fix-dkim",
        /// Mend DMARC alignment or policy.
        FixDmarc = 3 => "fix-dmarc",
        /// Mend the PTR record and its forward match.
        FixReverseDns = 4 => "fix-reverse-dns",
        /// Mend TLS.
        FixTls = 5 => "fix-tls",
        /// Mend the login.
        FixCredentials = 6 => "fix-credentials",
        /// Mend the set-up of the sending server or program.
        FixSenderConfiguration = 7 => "fix-sender-configuration",
        /// Use a sender address that exists and may be used.
        FixSenderAddress = 8 => "fix-sender-address",
        /// Correct the recipient's address.
        FixRecipientSyntax = 9 => "fix-recipient-syntax",
        /// Send less at a time.
        ReduceVolume = 10 => "reduce-volume",
        /// Make the message smaller.
        ReduceMessageSize = 11 => "reduce-message-size",
        /// Put fewer recipients into one transaction.
        ReduceRecipients = 12 => "reduce-recipients",
        /// Look at the content.
        ReviewContent = 13 => "review-content",
        /// Look at where the list comes from.
        ReviewListSource = 14 => "review-list-source",
        /// Ask the blocklist or receiver for removal.
        RequestDelisting = 15 => "request-delisting",
        /// Reach the recipient another way.
        ContactRecipient = 16 => "contact-recipient",
        /// Ask the receiving postmaster.
        ContactReceiver = 17 => "contact-receiver",
        /// Ask your own mail platform.
        ContactEsp = 18 => "contact-esp",
        /// Look at the DNS of the domains concerned.
        CheckDns = 19 => "check-dns",
    }
}

closed_list! {
    /// What kind of rule a diagnosis rests on, most specific last but `None`.
    Basis {
        /// Nothing was recognised.
        None = 0 => "none",
        /// The first digit alone.
        Class = 1 => "class",
        /// The basic code.
        Basic = 2 => "basic",
        /// A family of enhanced codes, or one that says almost nothing by itself.
        Family = 3 => "family",
        /// The wording, weighed as a whole.
        Inferred = 4 => "inferred",
        /// A specific enhanced code.
        Enhanced = 5 => "enhanced",
        /// Basic and enhanced code together.
        Pair = 6 => "pair",
        /// Wording that means the same at any provider.
        Phrase = 7 => "phrase",
        /// One provider's own use of a code.
        VariantCode = 8 => "variant-code",
        /// One provider's own wording or tag.
        Variant = 9 => "variant",
    }
}

closed_list! {
    /// How official a code is.
    Standing {
        /// Defined by an RFC or registered at IANA.
        Registered = 0 => "registered",
        /// Once defined, now withdrawn.
        Obsolete = 1 => "obsolete",
        /// Seen in the wild only.
        Unregistered = 2 => "unregistered",
        /// Not SMTP at all: it looks like HTTP or a system error number.
        NotSmtp = 3 => "not-smtp",
    }
}

closed_list! {
    /// The SMTP command, or point of the session, that a reply answers.
    Command {
        /// The greeting, before any command.
        Connect = 0 => "CONNECT",
        /// EHLO.
        Ehlo = 1 => "EHLO",
        /// HELO.
        Helo = 2 => "HELO",
        /// STARTTLS.
        StartTls = 3 => "STARTTLS",
        /// AUTH.
        Auth = 4 => "AUTH",
        /// MAIL FROM.
        Mail = 5 => "MAIL",
        /// RCPT TO.
        Rcpt = 6 => "RCPT",
        /// DATA.
        Data = 7 => "DATA",
        /// The end of the message data.
        DataEnd = 8 => "DATA-END",
        /// BDAT.
        Bdat = 9 => "BDAT",
        /// BURL.
        Burl = 10 => "BURL",
        /// RSET.
        Rset = 11 => "RSET",
        /// VRFY.
        Vrfy = 12 => "VRFY",
        /// EXPN.
        Expn = 13 => "EXPN",
        /// NOOP.
        Noop = 14 => "NOOP",
        /// HELP.
        Help = 15 => "HELP",
        /// ETRN.
        Etrn = 16 => "ETRN",
        /// ATRN.
        Atrn = 17 => "ATRN",
        /// QUIT.
        Quit = 18 => "QUIT",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_and_numbers_go_both_ways() {
        for (index, reason) in Reason::ALL.iter().enumerate() {
            assert_eq!(Reason::from_slug(reason.slug()), Some(*reason));
            assert_eq!(Reason::from_number(reason.number()), Some(*reason));
            assert_eq!(usize::from(reason.number()), index);
        }
        assert_eq!(Reason::from_slug("no-such-reason"), None);
        assert_eq!(Reason::from_number(200), None);
    }

    #[test]
    fn no_reason_is_both_the_senders_fault_and_about_the_recipient() {
        for reason in Reason::ALL {
            assert!(!(reason.is_sender_fault() && reason.is_about_recipient()), "{reason}");
        }
    }
}
