//! Counts over all rows.

use std::collections::BTreeMap;
use std::io::{self, Write};

use smtp_codes::{Address, Delivery, Diagnosis, Party, Reason};

use super::unmatched::Unmatched;

/// What a worker keeps beside the rows.
#[derive(Debug, Default)]
pub(crate) struct Tally<'t> {
    pub(crate) counts: Counts<'t>,
    pub(crate) unmatched: Unmatched,
}

impl<'t> Tally<'t> {
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
    refusals: u64,
    reasons: BTreeMap<Reason, u64>,
    parties: BTreeMap<Party, u64>,
    deliveries: BTreeMap<Delivery, u64>,
    addresses: BTreeMap<Address, u64>,
    providers: BTreeMap<&'t str, u64>,
}

impl<'t> Counts<'t> {
    pub(crate) fn unreadable(&mut self) {
        self.rows += 1;
        self.unreadable += 1;
    }

    pub(crate) fn row(&mut self, diagnosis: &Diagnosis<'_>, provider: Option<&'t str>) {
        self.rows += 1;
        *self.reasons.entry(diagnosis.reason).or_default() += 1;
        if let Some(provider) = provider {
            *self.providers.entry(provider).or_default() += 1;
        }
        *self.deliveries.entry(diagnosis.delivery).or_default() += 1;
        *self.addresses.entry(diagnosis.address).or_default() += 1;
    }

    fn add(&mut self, other: Self) {
        self.rows += other.rows;
        self.unreadable += other.unreadable;
        self.refusals += other.refusals;
        add(&mut self.reasons, other.reasons);
        add(&mut self.parties, other.parties);
        add(&mut self.deliveries, other.deliveries);
        add(&mut self.addresses, other.addresses);
        add(&mut self.providers, other.providers);
    }

    pub(crate) fn write(&self, out: &mut impl Write) -> io::Result<()> {
        writeln!(out, "{} rows", self.rows)
    }
}

fn add<K: Ord>(to: &mut BTreeMap<K, u64>, from: BTreeMap<K, u64>) {
    for (key, count) in from {
        *to.entry(key).or_default() += count;
    }
}
