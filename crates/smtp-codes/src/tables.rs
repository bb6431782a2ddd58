//! The compiled catalogue as borrowed slices of plain values.
//!
//! The generator writes one such table as static data; an overlay compiles another onto the heap.
//! Both look the same from here, and nothing is computed when a table comes into use. Text stands in
//! one pool and is referred to by offset, so that the static table needs no relocation.

use core::fmt;

use crate::packed::Guards;
use crate::vocabulary::{Address, BounceType, Delivery, Party, Reason, Remedy, Standing, closed_list};

/// A piece of the pool: `len` bytes from `start`, followed by a NUL byte.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// Byte offset in the pool.
    pub start: u32,
    /// Length in bytes, without the NUL.
    pub len: u16,
}

/// A run of elements of a companion array.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Run {
    /// Index of the first element.
    pub start: u32,
    /// Number of elements.
    pub len: u16,
}

impl Run {
    /// The elements of `array` that the run covers; none where it lies outside.
    #[must_use]
    #[inline]
    pub fn of<T>(self, array: &[T]) -> &[T] {
        let start = self.start as usize;
        array.get(start..start + usize::from(self.len)).unwrap_or(&[])
    }
}

/// Words known to the catalogue, found by hash and numbered by hash; word 0 is none.
#[derive(Clone, Copy, Debug)]
pub struct Vocabulary<'a> {
    /// By bucket of hashes: its first word; one more than there are buckets.
    pub buckets: &'a [u16],
    /// By bucket: where its words start in `bytes`.
    pub starts: &'a [u32],
    /// By word: eight bits of its hash, by which other words are passed over unread.
    pub marks: &'a [u8],
    /// By word: its length in bytes.
    pub lens: &'a [u8],
    /// The folded words, one behind the other.
    pub bytes: &'a [u8],
}

/// Word sequences (idioms of concepts, and literal pieces of signatures), matched at each word.
///
/// A *link* leads on: 0 nowhere, an atom's number with the highest bit set to the end of a sequence,
/// anything else to the node at twice that place. A run of words in which nothing branches or ends is
/// not a chain of nodes but the *tail* of one. See [`crate::packed::NodeHead`] for the layout of a node.
#[derive(Clone, Copy, Debug)]
pub struct Trie<'a> {
    /// By word number: the link behind that first word.
    pub roots: &'a [u16],
    /// The nodes, each at an even place.
    pub nodes: &'a [u16],
}

/// How atoms follow one another in signatures.
#[derive(Clone, Copy, Debug)]
pub struct Graph<'a> {
    /// By atom: where its steps start in `program`; one more than there are such atoms.
    pub starts: &'a [u16],
    /// The steps; see [`crate::packed::StepHead`] for their layout.
    pub program: &'a [u16],
    /// By atom above those: the one pattern that it completes by itself.
    pub simple: &'a [u16],
    /// How many slots the steps use, slot 0 included.
    pub slot_count: u16,
    /// Atoms below this number are concepts, the others literal pieces of signatures.
    pub concept_count: u16,
}

/// The widest gap that is still a number; [`ANY_GAP`] is unlimited.
pub const MAX_GAP: u8 = 254;
/// A gap of any length.
pub const ANY_GAP: u8 = 255;

/// One atom's place in one signature prefix.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Step<'a> {
    /// Slot of the prefix that must have matched before; 0 for none.
    pub before: u16,
    /// Slot that remembers the prefix including this atom; 0 where nothing goes on from here.
    pub after: u16,
    /// Words that may lie between the prefix and this atom.
    pub gap: u8,
    /// Completed patterns.
    pub completed: &'a [u16],
}

/// One alternative signature; patterns are numbered by rank, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pattern<'a> {
    /// What a match means.
    pub target: Target,
    /// Patterns none of which may match as well.
    pub guards: Guards<'a>,
}

/// What a pattern stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A rule of the catalogue.
    Rule(u16),
    /// A provider's fingerprint.
    Provider(u16),
    /// A blocklist.
    Blocklist(u16),
    /// Nothing by itself: it speaks against other patterns.
    Guard,
}

/// What kind of entry a rule came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RuleKind {
    /// The first digit of a reply.
    Class,
    /// A basic code.
    Basic,
    /// A family of enhanced codes.
    Family,
    /// An enhanced code.
    Enhanced,
    /// A pair.
    Pair,
    /// Provider-neutral wording.
    Phrase,
    /// A provider's variant without wording.
    VariantCode,
    /// A provider's variant.
    Variant,
}

/// How much a wording says, generic openings least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// An opening that many causes share.
    Generic,
    /// The usual.
    Normal,
    /// An unmistakable cause.
    Specific,
}

/// The part of an entry that decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// [`Traits`], packed.
    traits: u8,
    /// Why the message was refused.
    pub reason: Reason,
    /// How sure the entry is, 0 to 100.
    pub confidence: u8,
    /// Its provider; 0 for none.
    pub provider: u16,
    /// What it is limited to, an index into [`Tables::limits`]; 0 for no limit.
    pub limits: u16,
    /// Advice for a transient and for a permanent reply.
    pub advice: [u16; 2],
}

/// What kind of entry a rule is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Traits {
    /// Where it came from.
    pub kind: RuleKind,
    /// How much it says.
    pub strength: Strength,
    /// Whether its wording alone shows the provider.
    pub distinctive: bool,
    /// Whether it says almost nothing by itself.
    pub catch_all: bool,
    /// Whether a reply that states no class is taken for a permanent one.
    pub permanent: bool,
}

impl Traits {
    const fn pack(self) -> u8 {
        self.kind as u8
            | (self.strength as u8) << 3
            | (self.distinctive as u8) << 5
            | (self.catch_all as u8) << 6
            | (self.permanent as u8) << 7
    }
}

impl Rule {
    /// A rule.
    #[must_use]
    pub const fn new(
        traits: Traits,
        reason: Reason,
        confidence: u8,
        provider: u16,
        limits: u16,
        advice: [u16; 2],
    ) -> Self {
        Self {
            traits: traits.pack(),
            reason,
            confidence,
            provider,
            limits,
            advice,
        }
    }

    /// Where it came from.
    #[must_use]
    #[inline]
    pub const fn kind(&self) -> RuleKind {
        match self.traits & 7 {
            0 => RuleKind::Class,
            1 => RuleKind::Basic,
            2 => RuleKind::Family,
            3 => RuleKind::Enhanced,
            4 => RuleKind::Pair,
            5 => RuleKind::Phrase,
            6 => RuleKind::VariantCode,
            _ => RuleKind::Variant,
        }
    }

    /// How much it says.
    #[must_use]
    #[inline]
    pub const fn strength(&self) -> Strength {
        match self.traits >> 3 & 3 {
            0 => Strength::Generic,
            1 => Strength::Normal,
            _ => Strength::Specific,
        }
    }

    /// Whether its wording alone shows the provider.
    #[must_use]
    #[inline]
    pub const fn distinctive(&self) -> bool {
        self.traits & 0x20 != 0
    }

    /// Whether it says almost nothing by itself.
    #[must_use]
    #[inline]
    pub const fn catch_all(&self) -> bool {
        self.traits & 0x40 != 0
    }

    /// Whether a reply that states no class is taken for a permanent one.
    #[must_use]
    #[inline]
    pub const fn permanent(&self) -> bool {
        self.traits & 0x80 != 0
    }

    /// All of that at once.
    #[must_use]
    pub const fn traits(&self) -> Traits {
        Traits {
            kind: self.kind(),
            strength: self.strength(),
            distinctive: self.distinctive(),
            catch_all: self.catch_all(),
            permanent: self.permanent(),
        }
    }
}

/// What a rule is limited to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// Codes, any of them: the first in [`Tables::conditions`], and how many; none for any code.
    pub conditions: (u16, u16),
    /// Commands, a bit by number; 0 for any.
    pub commands: u32,
}

/// Codes a rule is limited to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Condition {
    /// Lowest and highest basic code; `(0, 999)` for any, also for none.
    pub basic: (u16, u16),
    /// Enhanced classes, a bit by digit; 0 where the enhanced code does not matter.
    pub classes: u16,
    /// Lowest and highest subject.
    pub subject: (u16, u16),
    /// Lowest and highest detail.
    pub detail: (u16, u16),
}

/// The part of an entry that people read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RuleText {
    /// Public number within its kind, from the ledger; 0 for entries that need none.
    pub number: u32,
    /// Slug; `provider/variant` for a variant.
    pub slug: Text,
    /// Title.
    pub title: Text,
    /// What happened.
    pub summary: Text,
    /// What the sender does.
    pub fix: Text,
    /// Where the provider says more.
    pub url: Text,
    /// The provider's own tag.
    pub tag: Text,
    /// Sources, a run of [`Tables::source_lists`].
    pub sources: Run,
}

/// What to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Advice {
    /// Kind of bounce.
    pub bounce: BounceType,
    /// Who must act.
    pub party: Party,
    /// This message.
    pub delivery: Delivery,
    /// The address.
    pub address: Address,
    /// First remedy in [`Tables::remedies`], and how many.
    pub remedies: Run,
    /// The retry schedule, an index into [`Tables::schedules`]; [`NO_SCHEDULE`] for none.
    pub schedule: u8,
}

/// No retry schedule.
pub const NO_SCHEDULE: u8 = 255;

/// A basic code of the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Basic {
    /// Lowest and highest code.
    pub codes: (u16, u16),
    /// Its rule.
    pub rule: u16,
    /// How official it is.
    pub standing: Standing,
    /// Commands it answers, a bit by number.
    pub answers: u32,
    /// The registered basic code it reads as; 0 for itself.
    pub reads_as: u16,
    /// The enhanced code it reads as; subject and detail, `(0, 0)` for none.
    pub reads_as_enhanced: (u16, u16),
    /// The RFC that defines it.
    pub reference: Text,
}

/// An enhanced code of the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Enhanced {
    /// Classes it holds for, a bit by digit.
    pub classes: u16,
    /// Subject.
    pub subject: u16,
    /// Lowest and highest detail.
    pub detail: (u16, u16),
    /// Its rules for success, transient and permanent replies.
    pub rules: [u16; 3],
    /// How official it is.
    pub standing: Standing,
    /// The document that defines it.
    pub reference: Text,
}

/// A family of enhanced codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Family {
    /// Classes it holds for, a bit by digit.
    pub classes: u16,
    /// Subject.
    pub subject: u16,
    /// Codes it does not hold for: subject and detail.
    pub except: Run,
    /// Its rule.
    pub rule: u16,
}

/// A basic and an enhanced code that together say more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The codes it is about.
    pub condition: Condition,
    /// Its rule.
    pub rule: u16,
}

/// What wording tells about whose fault it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Cue {
    /// It names the recipient.
    Recipient = 1,
    /// A noun that is as often the sender's as the recipient's.
    UnsureNoun = 2,
    /// A check of the sender's address.
    SenderCheck = 4,
    /// A login, or the settings of a program that sends.
    Login = 8,
    /// A fault that is never the recipient's.
    SendersFault = 16,
    /// The sender's own affairs.
    SendersOwn = 32,
}

/// A set of [`Cue`]s.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cues(pub u8);

impl Cues {
    /// Whether a cue is one of them.
    #[must_use]
    pub const fn contains(self, cue: Cue) -> bool {
        self.0 & cue as u8 != 0
    }

    /// All of both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// A provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Provider {
    /// Public number.
    pub number: u32,
    /// Slug.
    pub slug: Text,
    /// Name.
    pub name: Text,
    /// What it is, an index into the kinds of the catalogue's format.
    pub kind: ProviderKind,
    /// Postmaster page.
    pub postmaster: Text,
    /// Delisting page.
    pub delisting: Text,
    /// Its variants by code, as rules, most specific first.
    pub by_code: Run,
    /// Sources.
    pub sources: Run,
}

closed_list! {
    /// What a provider is.
    ProviderKind {
        /// Mailboxes for the public or for organisations.
        MailboxProvider = 0 => "mailbox-provider",
        /// An access provider's mailboxes.
        Isp = 1 => "isp",
        /// Hosting with mail.
        Hosting = 2 => "hosting",
        /// A security gateway.
        SecurityGateway = 3 => "security-gateway",
        /// A mail platform that sends.
        Esp = 4 => "esp",
        /// A filter program.
        Filter = 5 => "filter",
        /// A mail server program.
        Mta = 6 => "mta",
        /// A blocklist.
        Blocklist = 7 => "blocklist",
    }
}

impl ProviderKind {
    /// Whether a reply has at most one provider of this kind: the host that runs the mailbox.
    #[must_use]
    pub const fn runs_mailboxes(self) -> bool {
        matches!(self, Self::MailboxProvider | Self::Isp | Self::Hosting | Self::Esp)
    }
}

/// A host name suffix or domain and the provider it shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HostName {
    /// The name, lower case, without a leading point.
    pub name: Text,
    /// The provider.
    pub provider: u16,
}

/// A blocklist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Blocklist {
    /// Public number.
    pub number: u32,
    /// Slug.
    pub slug: Text,
    /// Name.
    pub name: Text,
    /// Removal page.
    pub removal: Text,
    /// Sources.
    pub sources: Run,
}

/// A source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// Id.
    pub id: Text,
    /// Title.
    pub title: Text,
    /// URL, empty where there is none.
    pub url: Text,
}

/// A retry schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// Slug.
    pub slug: Text,
    /// Title.
    pub title: Text,
    /// Seconds before the first retry.
    pub first_delay_s: u32,
    /// Growth of the delay from one try to the next, in percent: 200 doubles it.
    pub factor_percent: u16,
    /// Longest delay in seconds.
    pub ceiling_s: u32,
    /// When to give up, in seconds from the first try.
    pub give_up_s: u32,
    /// How many tries at most; 0 for no limit.
    pub max_tries: u16,
    /// Random spread to either side, in percent of the delay.
    pub jitter_percent: u8,
    /// Sources.
    pub sources: Run,
}

closed_list! {
    /// In what a recurrence rule counts.
    Unit {
        /// Distinct campaigns.
        Campaigns = 0 => "campaigns",
        /// Attempts.
        Attempts = 1 => "attempts",
        /// Hours since the first failure.
        Hours = 2 => "hours",
        /// Percent of the addresses in scope.
        SharePercent = 3 => "share-percent",
    }
}

closed_list! {
    /// What a recurrence rule looks at.
    Scope {
        /// One address.
        Address = 0 => "address",
        /// All addresses of one domain.
        Domain = 1 => "domain",
        /// All addresses at one provider.
        Provider = 2 => "provider",
        /// Everything sent from one address.
        SendingIp = 3 => "sending-ip",
        /// Everything that came from one list.
        ListSource = 4 => "list-source",
    }
}

closed_list! {
    /// What a recurrence rule leads to.
    Escalation {
        /// Ask the person whether they still want the mail.
        ReEngage = 0 => "re-engage",
        /// Verify the address.
        Verify = 1 => "verify",
        /// Stop mailing the address.
        Suppress = 2 => "suppress",
        /// Look at the sender's own reputation.
        InvestigateReputation = 3 => "investigate-reputation",
        /// Stop trying to deliver this message.
        GiveUp = 4 => "give-up",
    }
}

/// A recurrence rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recurrence {
    /// Slug.
    pub slug: Text,
    /// Title.
    pub title: Text,
    /// Reasons it is about, a bit by number.
    pub reasons: u32,
    /// Class it is about: 4, 5, or 0 for either.
    pub class: u8,
    /// Threshold.
    pub count: u32,
    /// Unit of the threshold.
    pub unit: Unit,
    /// Whether a success in between starts the count anew.
    pub consecutive: bool,
    /// What it looks at.
    pub scope: Scope,
    /// Whether it holds only for addresses that never took a message.
    pub never_delivered: bool,
    /// What it leads to.
    pub escalates_to: Escalation,
    /// Sources.
    pub sources: Run,
}

/// Words that stand before a quoted reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wrapper {
    /// Slug.
    pub slug: Text,
    /// The words before the reply, lower case.
    pub intro: Text,
}

/// The linear model that reads what no rule speaks of.
#[derive(Clone, Copy, Debug)]
pub struct Model<'a> {
    /// Score of each reason before any feature.
    pub bias: &'a [i16],
    /// By word number: where its weights start; one more than there are words.
    pub word_runs: &'a [u16],
    /// By concept: where its weights start; one more than there are concepts.
    pub concept_runs: &'a [u16],
    /// Hash table of word pairs, a power of two long: index of the pair plus one.
    pub pair_slots: &'a [u16],
    /// The word pairs.
    pub pairs: &'a [(u16, u16)],
    /// By pair: where its weights start; one more than there are pairs.
    pub pair_runs: &'a [u16],
    /// Weights: number of the reason, and the weight.
    pub weights: &'a [(u8, i8)],
    /// Margin in score units to confidence in percent, by steps of [`MARGIN_STEP`].
    pub calibration: &'a [u8],
    /// Least confidence that still gives a reason.
    pub threshold: u8,
}

/// How wide one step of [`Model::calibration`] is.
pub const MARGIN_STEP: i32 = 8;

/// Everything a diagnosis needs.
#[derive(Clone, Copy, Debug)]
pub struct Tables<'a> {
    /// All text, each piece followed by a NUL byte.
    pub pool: &'a str,
    /// Words.
    pub vocabulary: Vocabulary<'a>,
    /// Word sequences.
    pub trie: Trie<'a>,
    /// Signatures.
    pub graph: Graph<'a>,
    /// Patterns by rank, packed as [`Target::pack`] does; read them with [`Tables::pattern`].
    pub patterns: &'a [u16],
    /// Ranks: the first pattern that has it, and the rank.
    pub ranks: &'a [(u16, u32)],
    /// Rules that patterns speak against, in rising order, and where the list of those starts in `guards`.
    pub guarded: &'a [(u16, u16)],
    /// Lists of patterns, the last of each marked with [`crate::packed::LAST`].
    pub guards: &'a [u16],
    /// Rules.
    pub rules: &'a [Rule],
    /// Their text, by the same index.
    pub rule_texts: &'a [RuleText],
    /// What rules are limited to; the first is no limit.
    pub limits: &'a [Limits],
    /// Codes that rules are limited to.
    pub conditions: &'a [Condition],
    /// Advice.
    pub advice: &'a [Advice],
    /// Remedies of advice.
    pub remedies: &'a [Remedy],
    /// Concepts that tell whose fault is told of, in rising order, and what they tell.
    pub cues: &'a [(u16, Cues)],
    /// By reason: the rule that stands for it where wording alone was weighed.
    pub reasons: &'a [u16],
    /// Rules for the first digits 0 to 9.
    pub classes: &'a [u16],
    /// By code 0 to 999: index into `basics` plus one, 0 for none.
    pub basic_index: &'a [u16],
    /// Basic codes.
    pub basics: &'a [Basic],
    /// By subject times 64 plus detail, details below 64: index into `enhanced` plus one.
    pub enhanced_index: &'a [u16],
    /// Enhanced codes, sorted by subject and first detail.
    pub enhanced: &'a [Enhanced],
    /// Families.
    pub families: &'a [Family],
    /// Codes that families do not hold for.
    pub exceptions: &'a [(u16, u16)],
    /// Pairs, most specific first.
    pub pairs: &'a [Pair],
    /// Providers; number 0 is none.
    pub providers: &'a [Provider],
    /// Variants by code, of all providers.
    pub by_code: &'a [u16],
    /// Host name suffixes of MX hosts, sorted by name.
    pub mx_hosts: &'a [HostName],
    /// Recipient domains, sorted by name.
    pub domains: &'a [HostName],
    /// Blocklists; number 0 is none.
    pub blocklists: &'a [Blocklist],
    /// Sources.
    pub sources: &'a [Source],
    /// Indices into `sources`.
    pub source_lists: &'a [u16],
    /// Retry schedules.
    pub schedules: &'a [Schedule],
    /// Recurrence rules, most pressing first.
    pub recurrences: &'a [Recurrence],
    /// Words before quoted replies.
    pub wrappers: &'a [Wrapper],
    /// The linear model.
    pub model: Model<'a>,
    /// Version of the catalogue.
    pub version: Text,
    /// Date of the catalogue.
    pub date: Text,
}

impl<'a> Tables<'a> {
    /// The text that `text` refers to; empty where it lies outside the pool.
    #[must_use]
    #[inline]
    pub fn text(&self, text: Text) -> &'a str {
        let start = text.start as usize;
        self.pool.get(start..start + usize::from(text.len)).unwrap_or("")
    }

    /// The rule of a number.
    #[must_use]
    #[inline]
    pub fn rule(&self, rule: u16) -> Option<&'a Rule> {
        self.rules.get(usize::from(rule))
    }

    /// What an atom tells about whose fault it is.
    #[must_use]
    pub fn cues_of(&self, atom: u16) -> Cues {
        if atom >= self.graph.concept_count {
            return Cues::default();
        }
        let found = self.cues.binary_search_by_key(&atom, |(concept, _)| *concept).ok();
        found
            .and_then(|place| self.cues.get(place))
            .map_or(Cues::default(), |(_, cues)| *cues)
    }

    /// The codes that a rule is limited to, any of them; none for any code.
    #[must_use]
    #[inline]
    pub fn conditions_of(&self, rule: &Rule) -> &'a [Condition] {
        let Some(limits) = self.limits.get(usize::from(rule.limits)) else {
            return &[];
        };
        let first = usize::from(limits.conditions.0);
        self.conditions
            .get(first..first + usize::from(limits.conditions.1))
            .unwrap_or(&[])
    }

    /// The sources of a run of [`Tables::source_lists`].
    pub fn sources_of(&self, run: Run) -> impl Iterator<Item = &'a Source> + use<'a> {
        let sources = self.sources;
        run.of(self.source_lists)
            .iter()
            .filter_map(move |index| sources.get(usize::from(*index)))
    }
}
