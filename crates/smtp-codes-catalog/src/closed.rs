//! The closed lists: the only values that a key with a fixed vocabulary may have.
//!
//! The order of a list is the order of its public numbers, the first being number 0. Lists are only
//! ever appended to.

/// Why a message was refused, or what else a reply says.
pub const REASONS: &[&str] = &[
    "unknown",
    "success",
    "intermediate",
    "recipient-unknown",
    "recipient-disabled",
    "recipient-moved",
    "recipient-restricted",
    "mailbox-full",
    "domain-invalid",
    "sender-rejected",
    "relay-denied",
    "authentication",
    "blocklist",
    "reputation",
    "rate-limit",
    "greylist",
    "spam-content",
    "virus",
    "policy",
    "message-too-large",
    "content-malformed",
    "tls",
    "credentials",
    "protocol",
    "routing-loop",
    "dns",
    "network",
    "system-resources",
    "system-error",
    "account-quota",
    "too-many-recipients",
    "message-expired",
];

/// Bounce types.
pub const BOUNCES: &[&str] = &["none", "soft", "hard", "block", "technical"];

/// Who must act.
pub const PARTIES: &[&str] = &[
    "recipient",
    "receiver",
    "sender-list",
    "sender-content",
    "sender-infrastructure",
    "sender-platform",
];

/// What to do with this message.
pub const DELIVERIES: &[&str] = &[
    "delivered",
    "continue",
    "retry",
    "retry-slower",
    "retry-once",
    "retry-after-fix",
    "give-up",
];

/// What to do with the address.
pub const ADDRESSES: &[&str] = &["keep", "watch", "hold", "verify", "suppress", "suppress-domain"];

/// What repairs the cause.
pub const REMEDIES: &[&str] = &[
    "none-needed",
    "fix-spf",
    "fix-dkim",
    "fix-dmarc",
    "fix-reverse-dns",
    "fix-tls",
    "fix-credentials",
    "fix-sender-configuration",
    "fix-sender-address",
    "fix-recipient-syntax",
    "reduce-volume",
    "reduce-message-size",
    "reduce-recipients",
    "review-content",
    "review-list-source",
    "request-delisting",
    "contact-recipient",
    "contact-receiver",
    "contact-esp",
    "check-dns",
];

/// Which rule a diagnosis rests on.
pub const BASES: &[&str] = &[
    "none",
    "class",
    "basic",
    "family",
    "inferred",
    "enhanced",
    "pair",
    "phrase",
    "variant-code",
    "variant",
];

/// What a code's place in the standards is.
pub const STANDINGS: &[&str] = &["registered", "obsolete", "unregistered", "not-smtp"];

/// Commands and stages of the SMTP session.
pub const COMMANDS: &[&str] = &[
    "CONNECT", "EHLO", "HELO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA", "DATA-END", "BDAT", "BURL", "RSET", "VRFY",
    "EXPN", "NOOP", "HELP", "ETRN", "ATRN", "QUIT", "ANY",
];

/// The class of a reply that advice is given for.
pub const CLASSES: &[&str] = &["transient", "permanent"];

/// What kind of thing a source is.
pub const SOURCE_KINDS: &[&str] = &[
    "standard",
    "registry",
    "vendor",
    "product-source",
    "observed",
    "list",
    "practice",
    "general-knowledge",
];

/// The axes of advice.
pub const AXES: &[&str] = &["delivery", "address", "remedy"];

/// Vocabularies that are explained by a `[[term]]` each.
pub const VOCABULARIES: &[&str] = &["bounce", "party", "basis", "standing"];

/// Which digit of which code a `[[digit]]` explains.
pub const PLACES: &[&str] = &["first", "second", "class", "subject"];

/// What a pair of codes shows.
pub const PAIR_KINDS: &[&str] = &["rule", "odd", "mismatch", "collision", "nested", "agreement"];

/// What a recurrence rule counts.
pub const UNITS: &[&str] = &["campaigns", "attempts", "hours", "share-percent"];

/// Over what a recurrence rule counts.
pub const SCOPES: &[&str] = &["address", "domain", "provider", "sending-ip", "list-source"];

/// What a recurrence rule leads to.
pub const ESCALATIONS: &[&str] = &["re-engage", "verify", "suppress", "investigate-reputation", "give-up"];

/// How much a wording says.
pub const STRENGTHS: &[&str] = &["specific", "normal", "generic"];

/// How sure an entry is.
pub const CONFIDENCES: &[&str] = &["high", "medium", "low"];

/// What kind of house a provider is.
pub const PROVIDER_KINDS: &[&str] = &[
    "mailbox-provider",
    "isp",
    "hosting",
    "security-gateway",
    "esp",
    "filter",
    "mta",
    "blocklist",
];

/// What a blocklist lists.
pub const LISTED_THINGS: &[&str] = &["ip", "domain", "url", "sender"];

/// Who can have an entry removed from a blocklist.
pub const REMOVERS: &[&str] = &["sender", "platform", "network-owner", "automatic"];

/// Whether a blocklist still works.
pub const BLOCKLIST_STATES: &[&str] = &["alive", "retired", "unclear"];

/// What is wrong with a claim.
pub const VERDICTS: &[&str] = &["wrong", "disputed", "too-wide", "too-narrow"];

/// Digits that a class of enhanced codes may have.
pub const CLASS_DIGITS: &[&str] = &["2", "4", "5"];

/// Languages of idioms: ISO 639-1.
#[rustfmt::skip]
pub const LANGUAGES: &[&str] = &[
    "aa", "ab", "ae", "af", "ak", "am", "an", "ar", "as", "av", "ay", "az", "ba", "be", "bg", "bh", "bi",
    "bm", "bn", "bo", "br", "bs", "ca", "ce", "ch", "co", "cr", "cs", "cu", "cv", "cy", "da", "de", "dv",
    "dz", "ee", "el", "en", "eo", "es", "et", "eu", "fa", "ff", "fi", "fj", "fo", "fr", "fy", "ga", "gd",
    "gl", "gn", "gu", "gv", "ha", "he", "hi", "ho", "hr", "ht", "hu", "hy", "hz", "ia", "id", "ie", "ig",
    "ii", "ik", "io", "is", "it", "iu", "ja", "jv", "ka", "kg", "ki", "kj", "kk", "kl", "km", "kn", "ko",
    "kr", "ks", "ku", "kv", "kw", "ky", "la", "lb", "lg", "li", "ln", "lo", "lt", "lu", "lv", "mg", "mh",
    "mi", "mk", "ml", "mn", "mr", "ms", "mt", "my", "na", "nb", "nd", "ne", "ng", "nl", "nn", "no", "nr",
    "nv", "ny", "oc", "oj", "om", "or", "os", "pa", "pi", "pl", "ps", "pt", "qu", "rm", "rn", "ro", "ru",
    "rw", "sa", "sc", "sd", "se", "sg", "si", "sk", "sl", "sm", "sn", "so", "sq", "sr", "ss", "st", "su",
    "sv", "sw", "ta", "te", "tg", "th", "ti", "tk", "tl", "tn", "to", "tr", "ts", "tt", "tw", "ty", "ug",
    "uk", "ur", "uz", "ve", "vi", "vo", "wa", "wo", "xh", "yi", "yo", "za", "zh", "zu",
];

#[cfg(test)]
mod tests {
    use smtp_codes::tables::{Escalation, ProviderKind, Scope, Unit};
    use smtp_codes::{Address, Basis, BounceType, Command, Delivery, Party, Reason, Remedy, Standing};

    /// A value that the catalogue may write and the engine does not know would be lost in silence.
    #[test]
    fn the_lists_are_those_of_the_engine() {
        macro_rules! same {
            ($($list:ident = $of:ident),+ $(,)?) => { $(
                let known: Vec<&str> = $of::ALL.iter().map(|value| value.slug()).collect();
                assert_eq!(super::$list, known, stringify!($list));
            )+ };
        }
        same!(
            REASONS = Reason,
            BOUNCES = BounceType,
            PARTIES = Party,
            DELIVERIES = Delivery,
            ADDRESSES = Address,
            REMEDIES = Remedy,
            BASES = Basis,
            STANDINGS = Standing,
            UNITS = Unit,
            SCOPES = Scope,
            ESCALATIONS = Escalation,
            PROVIDER_KINDS = ProviderKind,
        );
        // The catalogue may also say "any of them".
        let mut commands: Vec<&str> = Command::ALL.iter().map(|value| value.slug()).collect();
        commands.push("ANY");
        assert_eq!(super::COMMANDS, commands);
    }
}
