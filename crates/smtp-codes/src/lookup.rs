//! Finding the catalogue's entry for a code.

use crate::code::{BasicCode, EnhancedCode};
use crate::tables::{Basic, Condition, Enhanced, Family, Pair, Rule, Tables};
use crate::vocabulary::Command;

/// How many details of a subject are found by index; the rest by search.
const INDEXED_DETAILS: u16 = 64;
/// How many subjects are found by index.
const INDEXED_SUBJECTS: u16 = 8;
/// The classes that are found by index.
const INDEXED_CLASSES: core::ops::RangeInclusive<u8> = 2..=5;

/// The codes that are found by index, in its order.
///
/// ```
/// let first = smtp_codes::lookup::indexed().next().unwrap();
/// assert_eq!(first.to_string(), "2.0.0");
/// ```
pub fn indexed() -> impl Iterator<Item = EnhancedCode> {
    INDEXED_CLASSES.flat_map(|class| {
        (0..INDEXED_SUBJECTS).flat_map(move |subject| {
            (0..INDEXED_DETAILS).filter_map(move |detail| EnhancedCode::new(class, subject, detail))
        })
    })
}

/// The place of a code in the index.
#[inline]
fn place(code: EnhancedCode) -> Option<usize> {
    let row = code.class().wrapping_sub(*INDEXED_CLASSES.start());
    let there = row <= INDEXED_CLASSES.end() - INDEXED_CLASSES.start()
        && code.subject() < INDEXED_SUBJECTS
        && code.detail() < INDEXED_DETAILS;
    there.then(|| usize::from((u16::from(row) * INDEXED_SUBJECTS + code.subject()) * INDEXED_DETAILS + code.detail()))
}

/// The codes of one reply, and the command it answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Codes {
    /// Basic code.
    pub basic: Option<BasicCode>,
    /// Enhanced code.
    pub enhanced: Option<EnhancedCode>,
    /// Command, where it is known.
    pub command: Option<Command>,
}

impl Condition {
    /// Whether the codes fulfil the condition.
    #[must_use]
    #[inline]
    pub fn holds(&self, codes: &Codes) -> bool {
        let basic = match codes.basic {
            Some(code) => self.basic.0 <= code.number() && code.number() <= self.basic.1,
            None => self.basic == (0, 999),
        };
        basic && (self.classes == 0 || codes.enhanced.is_some_and(|code| self.names(code)))
    }

    /// Whether the enhanced part names `code`.
    #[must_use]
    #[inline]
    pub fn names(&self, code: EnhancedCode) -> bool {
        self.classes >> code.class() & 1 == 1
            && (self.subject.0..=self.subject.1).contains(&code.subject())
            && (self.detail.0..=self.detail.1).contains(&code.detail())
    }
}

impl Rule {
    /// Whether the rule's conditions on codes and command hold.
    ///
    /// A condition on the command holds where the command is not known.
    #[must_use]
    #[inline]
    pub fn holds(&self, codes: &Codes, tables: &Tables<'_>) -> bool {
        if self.limits == 0 {
            return true;
        }
        let commands = tables
            .limits
            .get(usize::from(self.limits))
            .map_or(0, |limits| limits.commands);
        if commands != 0
            && codes
                .command
                .is_some_and(|command| commands >> command.number() & 1 == 0)
        {
            return false;
        }
        let conditions = tables.conditions_of(self);
        conditions.is_empty() || conditions.iter().any(|condition| condition.holds(codes))
    }
}

impl<'a> Tables<'a> {
    /// The catalogue's entry for a basic code.
    ///
    /// ```
    /// # #[cfg(feature = "builtin")] {
    /// use smtp_codes::{BasicCode, Standing};
    /// let tables = smtp_codes::builtin();
    /// let entry = tables.basic(BasicCode::new(571).unwrap()).unwrap();
    /// assert_eq!(entry.standing, Standing::Unregistered);
    /// # }
    /// ```
    #[must_use]
    #[inline]
    pub fn basic(&self, code: BasicCode) -> Option<&'a Basic> {
        let index = *self.basic_index.get(usize::from(code.number()))?;
        self.basics.get(usize::from(index).wrapping_sub(1))
    }

    /// The catalogue's most specific entry for an enhanced code.
    #[must_use]
    #[inline]
    pub fn enhanced(&self, code: EnhancedCode) -> Option<&'a Enhanced> {
        match place(code) {
            Some(place) => {
                let number = usize::from(*self.enhanced_index.get(place)?);
                self.enhanced.get(number.wrapping_sub(1))
            }
            None => self.search_enhanced(code),
        }
    }

    /// The entry of a code that is not in the index.
    fn search_enhanced(&self, code: EnhancedCode) -> Option<&'a Enhanced> {
        // Ranges are short and few: start from the first whose end reaches the detail.
        let start = self
            .enhanced
            .partition_point(|entry| (entry.subject, entry.detail.1) < (code.subject(), code.detail()));
        self.enhanced
            .get(start..)?
            .iter()
            .take_while(|entry| entry.subject == code.subject() && entry.detail.0 <= code.detail())
            .find(|entry| entry.detail.1 >= code.detail() && entry.classes >> code.class() & 1 == 1)
    }

    /// The family of an enhanced code, unless the family leaves it out.
    #[must_use]
    pub fn family(&self, code: EnhancedCode) -> Option<&'a Family> {
        self.families.iter().find(|family| {
            family.subject == code.subject()
                && family.classes >> code.class() & 1 == 1
                && !family
                    .except
                    .of(self.exceptions)
                    .contains(&(code.subject(), code.detail()))
        })
    }

    /// The first pair that the codes make and that has a meaning of its own.
    #[must_use]
    pub fn pair(&self, codes: &Codes) -> Option<&'a Pair> {
        codes.basic?;
        codes.enhanced?;
        self.pairs.iter().find(|pair| pair.condition.holds(codes))
    }
}

impl Enhanced {
    /// The rule for a class: 2, 4 or 5.
    #[must_use]
    #[inline]
    pub fn rule_for(&self, class: u8) -> u16 {
        match class {
            2 => self.rules[0],
            4 => self.rules[1],
            _ => self.rules[2],
        }
    }
}
