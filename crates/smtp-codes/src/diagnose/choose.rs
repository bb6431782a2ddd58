//! Which rule speaks: the most specific one first.

use super::{Reading, Verdict};
use crate::code::Class;
use crate::infer::{self, Inference};
use crate::matcher::{Matches, Words};
use crate::recognise::How;
use crate::tables::{Cue, Rule, RuleKind, Strength, Tables, Target};
use crate::vocabulary::{Basis, Reason};

/// Providers seen in a text; a text shows one, rarely two (the mailbox's host and its program).
#[derive(Default)]
struct Shown {
    providers: [u16; 8],
    len: usize,
}

impl Shown {
    fn insert(&mut self, provider: u16) {
        if !self.contains(provider) {
            if let Some(place) = self.providers.get_mut(self.len) {
                *place = provider;
                self.len += 1;
            }
        }
    }

    fn contains(&self, provider: u16) -> bool {
        self.all().contains(&provider)
    }

    fn all(&self) -> &[u16] {
        &self.providers[..self.len]
    }
}

/// In whose name a rule speaks, from who knows least to who knows best.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Voice {
    /// It does not apply.
    None,
    /// A provider's that nothing else shows.
    Foreign,
    /// A recognised program's or filter's.
    Known,
    /// That of the host of the mailbox, or of the provider that the caller named.
    Host,
    /// No provider's. A phrase has less rank than any variant, so no variant is behind it.
    Anyone,
}

/// What the matched patterns say: who answers, and which rules speak.
#[derive(Default)]
struct Heard {
    shown: Shown,
    blocklist: u16,
    /// A rule, the pattern by which it matched, and in whose name.
    winner: Option<(u16, u16, Voice)>,
    /// A rule that gives way to every other cause, and its pattern.
    generic: Option<(u16, u16)>,
}

/// By how much weighed words must be surer than a rule whose own wording stands there: confidence is coarse, and
/// one word more in a vector moves it by a step.
const OVER_RULE: u8 = 6;

/// How sure weighed words must be where a rule says no more than that something went wrong.
const OVER_UNKNOWN: u8 = 50;

/// How sure weighed words must be to be believed before a rule.
fn least_over(rule: &Rule) -> u8 {
    match rule.reason {
        Reason::Unknown => OVER_UNKNOWN,
        _ => rule.confidence + OVER_RULE,
    }
}

/// The least confidence at which words alone, without any code, give a reason.
const LEAST_WITHOUT_CODE: u8 = 56;

impl Reading<'_> {
    /// Finds the rule that speaks, most specific first; of an overlay, only wording and codes of variants.
    pub(super) fn choose(&self, tables: &Tables<'_>, words: &Words, matches: &Matches, overlay: bool) -> Verdict {
        let mut verdict = Verdict::none(self.told);
        let heard = self.hear(tables, matches);
        verdict.blocklist = heard.blocklist;
        self.recognise(tables, &heard.shown, &mut verdict);
        if self.accept_variant_or_phrase(tables, &heard, &mut verdict) {
            return verdict;
        }
        if overlay {
            if let Some((rule, pattern)) = heard.generic {
                verdict.accept_text(tables, rule, pattern);
            }
            return verdict;
        }
        let _spoken = self.accept_specific_code(tables, &mut verdict)
            || self.accept_vague_wording(tables, words, heard.generic, &mut verdict)
            || self.accept_vague_code(tables, &mut verdict);
        verdict
    }

    /// Whether the reply accepts.
    fn accepts(&self) -> bool {
        matches!(self.class(), Some(Class::Success | Class::Intermediate))
    }

    /// Goes through what matched, by rank, until no better rule can follow.
    fn hear(&self, tables: &Tables<'_>, matches: &Matches) -> Heard {
        let mut heard = Heard::default();
        let done = self.accepts();
        for number in matches.iter() {
            let Some((target, guarded)) = tables.target(number) else {
                break;
            };
            match target {
                Target::Provider(provider) => heard.shown.insert(provider),
                Target::Blocklist(blocklist) => {
                    if heard.blocklist == 0 {
                        heard.blocklist = blocklist;
                    }
                }
                Target::Guard => break,
                Target::Rule(rule) => {
                    let Some(entry) = tables.rule(rule) else { continue };
                    // What is accepted is no failure, whatever its text says, unless a rule says so of that code.
                    if done && tables.conditions_of(entry).is_empty() {
                        continue;
                    }
                    let voice = self.voice(tables, entry, &heard.shown);
                    // Behind a winner, only the variant of one who knows better is of interest.
                    if voice == Voice::None
                        || heard
                            .winner
                            .is_some_and(|(_, _, best)| voice == Voice::Anyone || voice <= best)
                    {
                        continue;
                    }
                    if !entry.holds(&self.codes, tables)
                        || (guarded && tables.guards_of(rule).any(|guard| matches.contains(guard)))
                    {
                        continue;
                    }
                    if entry.strength() == Strength::Generic {
                        heard.generic = heard.generic.or(Some((rule, number)));
                        continue;
                    }
                    heard.winner = Some((rule, number, voice));
                    if matches!(voice, Voice::Host | Voice::Anyone) {
                        break;
                    }
                }
            }
        }
        heard
    }

    /// A variant or phrase whose wording stands there, or the provider's own meaning of the code.
    fn accept_variant_or_phrase(&self, tables: &Tables<'_>, heard: &Heard, verdict: &mut Verdict) -> bool {
        let by_code = self.variant_by_code(tables, &heard.shown, verdict.provider.0);
        let kind = |rule| tables.rule(rule).map_or(RuleKind::Phrase, |entry: &Rule| entry.kind());
        match (heard.winner, by_code) {
            (Some((rule, pattern, _)), _) if kind(rule) == RuleKind::Variant => {
                verdict.accept(tables, rule, Basis::Variant, Some(pattern));
            }
            (_, Some(rule)) => verdict.accept(tables, rule, Basis::VariantCode, None),
            (Some((rule, pattern, _)), None) => verdict.accept(tables, rule, Basis::Phrase, Some(pattern)),
            (None, None) => return false,
        }
        true
    }

    /// The entry of the enhanced code, with its rule for the class.
    fn enhanced_rule(&self, tables: &Tables<'_>) -> Option<u16> {
        let code = self.codes.enhanced?;
        Some(tables.enhanced(code)?.rule_for(code.class()))
    }

    /// Codes that say a reason by themselves.
    fn accept_specific_code(&self, tables: &Tables<'_>, verdict: &mut Verdict) -> bool {
        if let Some(pair) = tables.pair(&self.codes) {
            verdict.accept(tables, pair.rule, Basis::Pair, None);
            return true;
        }
        let speaks = |rule: &u16| {
            tables
                .rule(*rule)
                .is_some_and(|entry| !entry.catch_all() && entry.reason != Reason::Unknown)
        };
        let Some(rule) = self.enhanced_rule(tables).filter(speaks) else {
            return false;
        };
        verdict.accept(tables, rule, Basis::Enhanced, None);
        true
    }

    /// Wording that hints at a reason: a rule that gives way to every other cause, or the words, weighed.
    fn accept_vague_wording(
        &self,
        tables: &Tables<'_>,
        words: &Words,
        generic: Option<(u16, u16)>,
        verdict: &mut Verdict,
    ) -> bool {
        let inference = if self.accepts() {
            None
        } else {
            self.weigh(tables, words)
        };
        let entry = generic.and_then(|(rule, _)| tables.rule(rule));
        match (inference, generic) {
            // The rule says more about the same reason than the weighed words do.
            (Some(inference), Some((rule, pattern))) if entry.is_some_and(|entry| entry.reason == inference.reason) => {
                verdict.accept_text(tables, rule, pattern);
                verdict.confidence = verdict.confidence.max(inference.confidence);
            }
            (Some(inference), _) if inference.confidence >= entry.map_or(0, least_over) => {
                verdict.infer(tables, &inference);
                infer::each_atom(words.numbers(), tables, |atom, _, _| {
                    verdict.names_recipient |= tables.cues_of(atom).contains(Cue::Recipient);
                });
            }
            (_, Some((rule, pattern))) => verdict.accept_text(tables, rule, pattern),
            _ => return false,
        }
        true
    }

    /// What the words say together, where that is sure enough.
    fn weigh(&self, tables: &Tables<'_>, words: &Words) -> Option<Inference> {
        // A few words without any code are as likely no reply at all.
        let coded = self.codes.basic.is_some() || self.codes.enhanced.is_some();
        let (least, wording) = if coded {
            (tables.model.threshold.max(self.known_by_code(tables)), 1)
        } else {
            (tables.model.threshold.max(LEAST_WITHOUT_CODE), 2)
        };
        tables
            .model
            .infer(words.numbers(), &self.codes, tables)
            .filter(|inference| {
                inference.reason != Reason::Unknown
                    && inference.confidence >= least
                    && has_wording(words, wording, tables)
            })
    }

    /// How sure words must be to speak against the basic code: the codes of the dialogue (500 to 504, 555) mean what
    /// they say more often than others do. 0 for the others.
    fn known_by_code(&self, tables: &Tables<'_>) -> u8 {
        self.codes
            .basic
            .and_then(|code| tables.rule(tables.basic(code)?.rule))
            .filter(|rule| rule.reason == Reason::Protocol)
            .map_or(0, |rule| rule.confidence + OVER_RULE)
    }

    /// What vague codes leave: a catch-all code that has a meaning, then the family, then the basic code.
    fn accept_vague_code(&self, tables: &Tables<'_>, verdict: &mut Verdict) -> bool {
        let enhanced = self.enhanced_rule(tables);
        let family = self
            .codes
            .enhanced
            .and_then(|code| tables.family(code))
            .map(|family| family.rule);
        let basic = self
            .codes
            .basic
            .and_then(|code| tables.basic(code))
            .map(|entry| entry.rule);
        let knows = |rule: u16| tables.rule(rule).is_some_and(|entry| entry.reason != Reason::Unknown);
        let by_meaning = [
            (enhanced, Basis::Family),
            (family, Basis::Family),
            (basic, Basis::Basic),
        ];
        // Where none of them knows a reason, the basic code's advice serves best.
        let by_advice = [
            (basic, Basis::Basic),
            (enhanced, Basis::Family),
            (family, Basis::Family),
        ];
        let found = by_meaning
            .into_iter()
            .filter(|(rule, _)| rule.is_some_and(knows))
            .chain(by_advice)
            .find_map(|(rule, basis)| Some((rule?, basis)));
        let Some((rule, basis)) = found else { return false };
        verdict.accept(tables, rule, basis, None);
        true
    }

    /// In whose name a rule speaks here.
    fn voice(&self, tables: &Tables<'_>, rule: &Rule, shown: &Shown) -> Voice {
        let runs_mailboxes = |provider: u16| {
            tables
                .providers
                .get(usize::from(provider))
                .is_some_and(|entry| entry.kind.runs_mailboxes())
        };
        if rule.provider == 0 {
            return Voice::Anyone;
        }
        if rule.provider == self.told.0 {
            return Voice::Host;
        }
        if shown.contains(rule.provider) {
            return if runs_mailboxes(rule.provider) {
                Voice::Host
            } else {
                Voice::Known
            };
        }
        // Wording that one mailbox host uses is not its own in the mouth of another.
        let anothers = runs_mailboxes(rule.provider)
            && (runs_mailboxes(self.told.0) || shown.all().iter().any(|other| runs_mailboxes(*other)));
        if rule.distinctive() && !anothers {
            Voice::Foreign
        } else {
            Voice::None
        }
    }

    fn recognise(&self, tables: &Tables<'_>, shown: &Shown, verdict: &mut Verdict) {
        let kind = |provider: &u16| tables.providers.get(usize::from(*provider)).map(|entry| entry.kind);
        // The host of the mailbox before the program it runs.
        if let Some(provider) = shown.all().iter().copied().min_by_key(|provider| kind(provider)) {
            let agrees = shown.contains(self.told.0);
            if !agrees && (self.told.0 == 0 || kind(&provider).is_some_and(|k| k.runs_mailboxes())) {
                verdict.provider = (provider, Some(How::Fingerprint));
            }
        }
    }

    fn variant_by_code(&self, tables: &Tables<'_>, shown: &Shown, provider: u16) -> Option<u16> {
        let of = |provider: u16| {
            let entry = tables.providers.get(usize::from(provider))?;
            entry
                .by_code
                .of(tables.by_code)
                .iter()
                .copied()
                .find(|rule| tables.rule(*rule).is_some_and(|entry| entry.holds(&self.codes, tables)))
        };
        if provider == 0 {
            return None;
        }
        of(provider).or_else(|| shown.all().iter().find_map(|provider| of(*provider)))
    }
}

/// From how many words on known ones must stand throughout a text: encoded or binary data, too, holds a word or two.
const LONG: usize = 40;

/// One word in so many of a long text must be known.
const SHARE: usize = 10;

/// Whether at least so many words of the text are known that are no numbers, and enough of a long text. Of that,
/// words of one or two letters do not count: chance spells them.
fn has_wording(words: &Words, least: usize, tables: &Tables<'_>) -> bool {
    let numbers = words.numbers();
    let (least, letters) = if numbers.len() > LONG {
        (least.max(numbers.len() / SHARE), 3)
    } else {
        (least, 1)
    };
    let mut known = numbers.iter().filter(|number| {
        let word = if **number == 0 {
            &[]
        } else {
            tables.vocabulary.word(**number)
        };
        word.len() >= letters && !word[0].is_ascii_digit()
    });
    known.nth(least.saturating_sub(1)).is_some()
}
