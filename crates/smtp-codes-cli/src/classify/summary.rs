//! Counts over all rows.

use std::collections::BTreeMap;
use std::io::{self, Write};

use anstyle::Style;
use smtp_codes::{Address, Delivery, Diagnosis, Party, Reason};

use super::unmatched::Unmatched;
use crate::words::Titled;

/// How many providers are listed.
const PROVIDERS: usize = 15;

/// What a worker keeps beside the rows.
#[derive(Debug, Default)]
pub(crate) struct Tally<'t> {
    pub(crate) counts: Counts<'t>,
    pub(crate) unmatched: Unmatched,
}

impl Tally<'_> {
    pub(crate) fn add(&mut self, other: Self) {
        self.counts.add(other.counts);
        self.unmatched.add(other.unmatched);
    }
}

/// How many rows there are of what.
#[derive(Debug, Default)]
pub(crate) struct Counts<'t> {
    pub(crate) rows: u64,
    pub(crate) unreadable: u64,
    reasons: BTreeMap<Reason, u64>,
    /// Of refusals whose reason is known.
    parties: BTreeMap<Party, u64>,
    deliveries: BTreeMap<Delivery, u64>,
    addresses: BTreeMap<Address, u64>,
    providers: BTreeMap<&'t str, u64>,
}

impl<'t> Counts<'t> {
    /// Counts a row that has no diagnosis.
    pub(crate) fn unreadable(&mut self) {
        self.rows += 1;
        self.unreadable += 1;
    }

    /// Counts a row.
    pub(crate) fn row(&mut self, diagnosis: &Diagnosis<'_>, provider: Option<&'t str>) {
        self.rows += 1;
        *self.reasons.entry(diagnosis.reason).or_default() += 1;
        *self.deliveries.entry(diagnosis.delivery).or_default() += 1;
        *self.addresses.entry(diagnosis.address).or_default() += 1;
        if !matches!(
            diagnosis.reason,
            Reason::Unknown | Reason::Success | Reason::Intermediate
        ) {
            *self.parties.entry(diagnosis.party).or_default() += 1;
        }
        if let Some(provider) = provider {
            *self.providers.entry(provider).or_default() += 1;
        }
    }

    fn add(&mut self, other: Self) {
        self.rows += other.rows;
        self.unreadable += other.unreadable;
        add(&mut self.reasons, other.reasons);
        add(&mut self.parties, other.parties);
        add(&mut self.deliveries, other.deliveries);
        add(&mut self.addresses, other.addresses);
        add(&mut self.providers, other.providers);
    }

    /// Writes the summary: what it comes to, then the counts.
    pub(crate) fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let count = |reason| self.reasons.get(&reason).copied().unwrap_or_default();
        let refusals = self.rows - self.unreadable - count(Reason::Success) - count(Reason::Intermediate);
        let yours: u64 = self
            .parties
            .iter()
            .filter(|(party, _)| is_sender(**party))
            .map(|(_, count)| count)
            .sum();
        let strong = Style::new().bold();

        writeln!(
            out,
            "{strong}{} of {} {} yours to fix.{strong:#}",
            grouped(yours),
            plural(refusals, "refusal"),
            if yours == 1 { "is" } else { "are" }
        )?;
        writeln!(
            out,
            "{} read, {} not recognised, {} unreadable.",
            plural(self.rows, "row"),
            grouped(count(Reason::Unknown)),
            grouped(self.unreadable)
        )?;
        table(out, "Reason", titled(&self.reasons))?;
        table(out, "Whose move", titled(&self.parties))?;
        table(out, "The message", titled(&self.deliveries))?;
        table(out, "The address", titled(&self.addresses))?;
        let mut providers: Vec<_> = self.providers.iter().map(|(slug, count)| (*slug, *count)).collect();
        sort(&mut providers);
        let more: u64 = providers.iter().skip(PROVIDERS).map(|(_, count)| count).sum();
        providers.truncate(PROVIDERS);
        if more > 0 {
            providers.push(("all others", more));
        }
        table(out, "Provider", providers)
    }
}

fn is_sender(party: Party) -> bool {
    matches!(
        party,
        Party::SenderList | Party::SenderContent | Party::SenderInfrastructure | Party::SenderPlatform
    )
}

fn add<K: Ord>(to: &mut BTreeMap<K, u64>, from: BTreeMap<K, u64>) {
    for (key, count) in from {
        *to.entry(key).or_default() += count;
    }
}

fn titled<K: Titled>(counts: &BTreeMap<K, u64>) -> Vec<(&'static str, u64)> {
    let mut counts: Vec<_> = counts.iter().map(|(key, count)| (key.title(), *count)).collect();
    sort(&mut counts);
    counts
}

/// Most first; of equally many the first in the alphabet.
fn sort(counts: &mut [(&str, u64)]) {
    counts.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
}

fn table(out: &mut impl Write, head: &str, counts: Vec<(&str, u64)>) -> io::Result<()> {
    if counts.is_empty() {
        return Ok(());
    }
    let strong = Style::new().bold();
    writeln!(out, "\n{strong}{head}{strong:#}")?;
    let all: u64 = counts.iter().map(|(_, count)| count).sum();
    for (name, count) in counts {
        let percent = count as f64 * 100.0 / all as f64;
        writeln!(out, "{:>15}  {percent:>5.1}%  {name}", grouped(count))?;
    }
    Ok(())
}

fn plural(count: u64, what: &str) -> String {
    format!("{} {what}{}", grouped(count), if count == 1 { "" } else { "s" })
}

/// `3,960`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() * 4 / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_by_thousands() {
        assert_eq!(
            [0, 999, 1000, 3_960, 1_234_567].map(grouped),
            ["0", "999", "1,000", "3,960", "1,234,567"]
        );
    }
}
