//! Every error code, in one place.
//!
//! A code is never given another meaning, and never given again once it is gone.

use super::Severity;
use super::examples;

macro_rules! codes {
    ($( $name:ident = $slug:literal $severity:ident, $title:literal, $explanation:literal; )+) => {
        /// What a check can find. The text of each is in [`explain`] and in `docs/errors/`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $( #[doc = concat!("`", $slug, "`: ", $title, ".")] $name, )+
        }

        impl Code {
            /// Every code, in the order of numbers.
            pub const ALL: &'static [Self] = &[ $( Self::$name, )+ ];

            /// The code as it is written: `E0012`.
            #[must_use]
            pub const fn slug(self) -> &'static str {
                match self { $( Self::$name => $slug, )+ }
            }

            /// The code of a text such as `E0012` or `e12`.
            #[must_use]
            pub fn from_slug(text: &str) -> Option<Self> {
                let number: u16 = text.trim().trim_start_matches(['E', 'e']).parse().ok()?;
                let slug = format!("E{number:04}");
                Self::ALL.iter().copied().find(|code| code.slug() == slug)
            }

            /// How bad it is.
            #[must_use]
            pub const fn severity(self) -> Severity {
                match self { $( Self::$name => Severity::$severity, )+ }
            }

            /// Whether it is shown only when hints are asked for.
            #[must_use]
            pub const fn is_hint(self) -> bool {
                matches!(self, Self::WordUnseen | Self::OddReason | Self::OddAdvice)
            }

            /// What it is, in a few words.
            #[must_use]
            pub const fn title(self) -> &'static str {
                match self { $( Self::$name => $title, )+ }
            }

            /// Why it is an error, and what to do.
            #[must_use]
            pub const fn explanation(self) -> &'static str {
                match self { $( Self::$name => $explanation, )+ }
            }
        }
    };
}

codes! {
    // Reading: the file and its shape.
    Syntax = "E0001" Error, "the file is not TOML",
        "The file breaks the rules of TOML at the marked place. Nothing of the file is read until it is repaired; the other files are checked all the same.";
    UnknownKind = "E0002" Error, "unknown kind of record",
        "A file holds records only, each with a header such as `[[basic]]` or `[provider]`. The kinds are listed in `docs/catalogue.md`.";
    UnknownKey = "E0003" Error, "unknown key",
        "The record has no key of this name. A misspelt key would otherwise be a fact that is silently lost.";
    MissingKey = "E0004" Error, "missing key",
        "A key that every record of the kind must have is not there.";
    WrongType = "E0005" Error, "wrong type of value",
        "The key takes another type of value. Codes, years of sources and dates are strings, so they stand in quotes.";
    Unreadable = "E0006" Error, "the file cannot be read",
        "The file is not there, may not be read, or is not UTF-8. A reply that is not UTF-8 is written with `unescape = true` and `\\xNN`.";
    WrongHeader = "E0007" Error, "wrong brackets around a kind of record",
        "`[catalog]` and `[provider]` stand once in a file and have single brackets; every other kind may be repeated and has double ones.";
    VariantWithoutProvider = "E0008" Error, "variants in a file without a provider",
        "A variant belongs to the provider of its file, so the file needs a `[provider]` record.";
    CatalogHead = "E0009" Error, "the catalogue's own record is missing or there twice",
        "`[catalog]` gives the version and the date of the data. It stands exactly once, in `catalog.toml`.";

    // Names and references.
    BadSlug = "E0010" Error, "not a slug",
        "A slug becomes a part of addresses, of the JSON and of constants in every language: lower-case ASCII letters, digits and hyphens, starting with a letter or digit.";
    DuplicateName = "E0011" Error, "name given twice",
        "Two records of one kind have the same slug, so that a reference to it would mean either.";
    DuplicateKey = "E0012" Error, "two records with the same key",
        "Two records speak about the same code, pair, digit, term or label. What they say belongs into one of them.";
    Dangling = "E0013" Error, "reference to nothing",
        "The value names a record that does not exist. Every source, reason, concept, schedule, provider, step and entry that is named must stand somewhere in the catalogue.";
    BadReference = "E0014" Error, "reference of unknown form",
        "References of claims and vectors say what kind of thing they mean: `basic:550`, `enhanced:x.7.26`, `reason:blocklist`, `phrase:mailbox-full`, `variant:google/over-quota`. The winner of a vector may also be `google/over-quota`.";
    RepeatedValue = "E0015" Error, "the same value twice in one list",
        "A list names the same thing twice; the second says nothing.";
    ForeignSourceId = "E0016" Warning, "a provider's source without its name",
        "A source that stands in a provider's file has an id that begins with the provider's slug, so that ids of different files do not meet.";

    // Sources.
    NoSource = "E0020" Error, "no source",
        "Every fact has at least one source. Where nothing better is found, name a source of kind `general-knowledge` and say so.";
    UnusedSource = "E0021" Warning, "source that nothing names",
        "No record rests on this source. Name it where it belongs, or take it out.";

    // Closed lists.
    NotInList = "E0030" Error, "value outside the closed list",
        "The key takes one of a fixed set of values. The lists are a part of the contract with programs in every language.";
    ListIncomplete = "E0031" Error, "value of a closed list without a record",
        "Every reason has its `[[reason]]`, every value of an axis its `[[action]]`, and every other value its `[[term]]`, or a page and an answer would be empty.";

    // Codes.
    BadCode = "E0040" Error, "not a code",
        "A basic code is written `550`, `500-504`, `5xx` or `55x`; an enhanced code `5.1.1`, `x.1.1`, `5.7.606-5.7.649`, `5.1.x` or `x.x.x`, without leading zeros.";
    CodeOutOfRange = "E0041" Error, "code out of range",
        "A basic code has exactly three digits. The class of an enhanced code is 2, 4 or 5; subject and detail go from 0 to 999.";
    BadRange = "E0042" Error, "range that is none",
        "A range goes from the smaller to the larger code, and a range of enhanced codes stays within one class and subject.";
    Overlap = "E0043" Error, "overlapping ranges",
        "Two entries of the same kind and the same breadth cover the same code, so that neither is the more specific one.";
    UselessException = "E0044" Error, "exception that excludes nothing",
        "An exception must be a code of the family; everything else is outside anyway.";
    NoSuchCode = "E0045" Error, "code without an entry",
        "A session step, an odd code's `reads-as` or a claim names a code that the catalogue has no entry for.";

    // Text.
    ControlCharacter = "E0050" Error, "control character in a text",
        "A NUL ends a text in C, other control characters harm terminals. In a reply, line breaks and tabs are welcome; other bytes are written as `\\xNN` with `unescape = true`.";
    BadUrl = "E0051" Error, "not a web address",
        "An address starts with `http://` or `https://`, has a host, and has no blanks.";
    BadDate = "E0052" Error, "not a date",
        "Dates are written `2026`, `2026-06` or `2026-06-30`, and the day must exist.";
    NoFullStop = "E0053" Error, "prose without its full stop",
        "Prose is whole sentences, ending with a full stop, so that texts can be put one after the other.";
    TitleWithStop = "E0054" Error, "title with a full stop",
        "A title is a heading: it has no full stop at its end.";
    EmptyText = "E0055" Error, "empty text",
        "The text is empty or holds blanks only. A key that has nothing to say is left out.";
    StrayBlanks = "E0056" Error, "blanks at the ends, or a line break in a line",
        "The text starts or ends with blanks, or has a line break where one line is meant.";
    BadVersion = "E0057" Error, "not a version",
        "The version of the catalogue follows semantic versioning: three numbers, `1.4.0`.";
    BadHost = "E0058" Error, "not a host name",
        "Domains, MX suffixes and DNS zones are lower-case names with points: `.google.com`, `example.net`. International names are written in their ASCII form.";

    // Wording.
    BadSignature = "E0060" Error, "signature that does not parse",
        "A signature is words and concepts, with `~` or `~12` for words between, and `...` for anything between.";
    NoWord = "E0061" Error, "signature without a word",
        "A signature must hold a word or a concept: punctuation does not count, and what is left would match every reply.";
    ConceptInLiteral = "E0062" Error, "concept where wording is literal",
        "Concepts stand in phrases only. What one provider or blocklist writes is taken literally.";
    RepeatedSignature = "E0063" Warning, "the same signature twice",
        "Two alternatives of one entry are the same words: case, accents and punctuation do not count.";
    VariantWithoutKey = "E0064" Error, "variant that nothing identifies",
        "A variant is recognised by signatures, by its tag, or by a code. This one has none of them.";
    NoIdiom = "E0065" Error, "concept without idioms",
        "A concept stands for its idioms and those of the concepts it includes. Without any it can match nothing.";
    BadIdiom = "E0066" Error, "idiom that is not words",
        "An idiom is one or more words, without concepts and gaps.";
    UnusedConcept = "E0067" Warning, "concept that nothing uses",
        "No signature and no other concept names this concept.";
    ConceptCycle = "E0068" Error, "concepts that include each other in a circle",
        "A concept cannot, by way of its `include`, include itself.";
    ConceptName = "E0069" Error, "concept without a name, or with two",
        "A concept has either `slug`, where it begins, or `extends`, where it goes on. Title and summary stand with the slug.";

    // Vectors.
    NoVector = "E0070" Error, "entry without a vector",
        "Every variant, phrase and blocklist has at least one real reply that it must win: otherwise nobody knows whether it works.";
    BadEscape = "E0071" Error, "escape that is none",
        "With `unescape = true` a backslash starts `\\xNN` (two hexadecimal digits), `\\n`, `\\r`, `\\t` or `\\\\`.";
    ContradictoryVectors = "E0072" Error, "one reply with two verdicts",
        "The same reply, told with the same hints, is expected to give different reasons.";
    VectorAndNear = "E0073" Error, "reply that an entry must win and must not win",
        "The reply stands in `vectors` and in `near` of one entry.";

    // Advice and policy.
    FalseSuppression = "E0080" Error, "fault of the sender that suppresses the address",
        "A fault of the sender says nothing about the mailbox, so it never suppresses an address: the first promise of the project.";
    SenderFaultUnsaid = "E0081" Error, "fault of the sender that is not marked as one",
        "The design lists the reasons that are a fault of the sender. Each of them carries `sender-fault = true`.";
    ScheduleNonsense = "E0082" Error, "retry schedule that cannot work",
        "The first delay is at least one second, the factor at least 100 percent, and the first delay, the ceiling and the time of giving up do not go down.";
    RecurrenceNonsense = "E0083" Error, "recurrence rule that cannot work",
        "The count is at least 1, a share is at most 100 percent, and only a rule for an address or a domain can suppress or verify one.";
    NumberOutOfRange = "E0084" Error, "number out of range",
        "The number is negative or far from anything that can be meant.";

    // Knowledge.
    NoConcern = "E0090" Error, "claim that concerns nothing",
        "A claim is shown at what it is about, so it names at least one thing.";

    // Ledger.
    LedgerFormat = "E0100" Error, "the ledger is not well formed",
        "`ids.toml` is written by `cargo xtask ids` and holds one table for each kind, a number from 1 to 65535 for each name (closed lists start at 0), and `[retired.…]` tables.";
    NoId = "E0101" Error, "entry without a number",
        "The entry has no public number yet. `cargo xtask ids` gives it the next one.";
    IdWithoutEntry = "E0102" Error, "number without an entry",
        "The ledger gives a number to an entry that is gone. `cargo xtask ids` retires the number; if the entry was renamed by mistake, give it back its name.";
    RetiredReused = "E0103" Error, "retired number or name used again",
        "What was once retired stays so for ever, because programs may still hold the number. Take another name, and let `cargo xtask ids` give another number.";
    DuplicateId = "E0104" Error, "number given twice",
        "Two names of one kind have the same number.";
    ClosedListNumber = "E0105" Error, "number that is not the closed list's",
        "The numbers of closed lists are fixed by the order of the list itself, and the ledger repeats them.";
    NoLedger = "E0106" Error, "no ledger",
        "The catalogue has no `ids.toml`. `cargo xtask ids` writes it.";

    // The compiler (`src/compile/`).
    Shadowed = "E0200" Error, "entry that another one hides",
        "Whatever this entry matches, the other one matches too, and goes before it: this entry can never win.";
    VectorLost = "E0201" Error, "vector that another entry wins",
        "The reply is a vector of this entry, but another entry, or none, wins it.";
    NearMissWon = "E0202" Error, "entry that wins what it must not win",
        "The reply stands in `near` of this entry, or names it in `not-winner`, and yet the entry wins it.";
    NeverMatches = "E0203" Error, "signature that never matches",
        "No reply can match the signature: no vector of the entry does, or its own `not` forbids it.";
    EqualRank = "E0204" Error, "two entries of equal rank for one reply",
        "Two entries that are equally specific match the same reply, and nothing but chance would say which one wins.";
    ExpectationFailed = "E0205" Error, "vector whose expectation is not met",
        "The diagnosis of the reply is not what the vector says it is.";
    BlocklistUnseen = "E0206" Error, "blocklist that is not found in its vector",
        "The reply is a vector of the blocklist, but its signatures do not find it there, or find another one first.";
    TableFull = "E0207" Error, "more than the tables hold",
        "The compiled tables have fixed widths: numbers of 16 bits, and a fixed room for matching. What does not fit would be cut, so nothing is generated.";

    // Hints: shown when they are asked for.
    WordUnseen = "E0210" Warning, "word of a signature that no reply has",
        "The word stands in this signature alone, and no vector of the whole catalogue has it: it may be misspelt, and nobody would notice. A hint: `cargo xtask check --hints`.";
    OddReason = "E0211" Warning, "reason that the wording speaks against",
        "Weights that were learned without this entry read another reason in every vector of it, and are sure. A hint: `cargo xtask check --hints`.";
    OddAdvice = "E0212" Warning, "advice that nobody else gives",
        "No other entry of this reason overrides the key with this value. A hint: `cargo xtask check --hints`.";
}

/// The page of a code: what it means, a wrong and a right example. Markdown.
#[must_use]
pub fn explain(code: Code) -> String {
    let mut page = format!("# {}: {}\n\n{}\n", code.slug(), code.title(), code.explanation());
    if code.severity() == Severity::Warning {
        page.push_str("\nThis is a warning: generation goes on.\n");
    }
    if let Some(example) = examples::of(code) {
        page.push_str("\n## Wrong\n\n```toml\n");
        page.push_str(example.wrong.trim_matches('\n'));
        page.push_str("\n```\n\n## Right\n\n```toml\n");
        page.push_str(example.right.trim_matches('\n'));
        page.push_str("\n```\n");
    }
    page
}

/// The list of all codes. Markdown.
#[must_use]
pub fn index() -> String {
    let mut page = String::from(
        "# Errors of the catalogue\n\n\
         `cargo xtask check` shows all that is wrong at once, as `file:line:col: error[E0012]: …`;\n\
         `cargo xtask explain E0012` shows the page of a code. These pages are made from\n\
         `crates/smtp-codes-catalog/src/report/`.\n\n\
         | code | what |\n|---|---|\n",
    );
    for &code in Code::ALL {
        let warning = if code.severity() == Severity::Warning {
            " (warning)"
        } else {
            ""
        };
        page.push_str(&format!(
            "| [{0}]({0}.md) | {1}{warning} |\n",
            code.slug(),
            code.title()
        ));
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_go_up_and_have_a_text() {
        for pair in Code::ALL.windows(2) {
            assert!(
                pair[0].slug() < pair[1].slug(),
                "{} and {}",
                pair[0].slug(),
                pair[1].slug()
            );
        }
        for &code in Code::ALL {
            assert_eq!(Code::from_slug(code.slug()), Some(code));
            assert!(code.explanation().ends_with('.'), "{}", code.slug());
            assert!(!code.title().ends_with('.'), "{}", code.slug());
            assert!(examples::of(code).is_some(), "{} has no example", code.slug());
        }
        assert_eq!(Code::from_slug("e11"), Some(Code::DuplicateName));
        assert_eq!(Code::from_slug("E9999"), None);
    }
}
