//! The kinds of records.

use core::fmt;

macro_rules! kinds {
    ($( $(#[$meta:meta])* $name:ident = $key:literal, )+) => {
        /// A kind of record.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind {
            $( $(#[$meta])* $name, )+
        }

        impl Kind {
            /// Every kind, in the order of `docs/catalogue.md`.
            pub const ALL: &'static [Self] = &[ $( Self::$name, )+ ];

            /// The key that starts a record of this kind: `basic` in `[[basic]]`.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $( Self::$name => $key, )+ }
            }

            /// The kind of a key.
            #[must_use]
            pub fn from_key(key: &str) -> Option<Self> {
                match key { $( $key => Some(Self::$name), )+ _ => None }
            }
        }
    };
}

kinds! {
    /// `[catalog]`.
    Catalog = "catalog",
    /// `[[source]]`.
    Source = "source",
    /// `[[reason]]`.
    Reason = "reason",
    /// `[[action]]`.
    Action = "action",
    /// `[[term]]`.
    Term = "term",
    /// `[[digit]]`.
    Digit = "digit",
    /// `[[basic]]`.
    Basic = "basic",
    /// `[[enhanced]]`.
    Enhanced = "enhanced",
    /// `[[family]]`.
    Family = "family",
    /// `[[pair]]`.
    Pair = "pair",
    /// `[[step]]`.
    Step = "step",
    /// `[[schedule]]`.
    Schedule = "schedule",
    /// `[[recurrence]]`.
    Recurrence = "recurrence",
    /// `[[concept]]`.
    Concept = "concept",
    /// `[[phrase]]`.
    Phrase = "phrase",
    /// `[provider]`.
    Provider = "provider",
    /// `[[variant]]`.
    Variant = "variant",
    /// `[[blocklist]]`.
    Blocklist = "blocklist",
    /// `[[esp]]`.
    Esp = "esp",
    /// `[[label]]`.
    Label = "label",
    /// `[[label-set]]`.
    LabelSet = "label-set",
    /// `[[portal]]`.
    Portal = "portal",
    /// `[[wrapper]]`.
    Wrapper = "wrapper",
    /// `[[claim]]`.
    Claim = "claim",
    /// `[[guide]]`.
    Guide = "guide",
    /// `[[vector]]`.
    Vector = "vector",
    /// `[[vectors]]`.
    Vectors = "vectors",
}

impl Kind {
    /// Whether a file holds at most one, written `[provider]` and not `[[provider]]`.
    #[must_use]
    pub const fn is_single(self) -> bool {
        matches!(self, Self::Catalog | Self::Provider)
    }

    /// How its header is written: `[[basic]]` or `[provider]`.
    #[must_use]
    pub fn header(self) -> String {
        if self.is_single() {
            format!("[{}]", self.key())
        } else {
            format!("[[{}]]", self.key())
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.key())
    }
}
