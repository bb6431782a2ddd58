//! Overlays: a user's own tables, made to lie above others.

use std::collections::BTreeMap;

use smtp_codes::Tables;
use smtp_codes::tables::{Target, Text};

use crate::compile::OwnedTables;

/// Makes `overlay` fit above `base`: providers of both get the numbers they have in `base`, new ones the
/// numbers behind; and the text of `base` stands before the overlay's own, so that a diagnosis may point
/// into both. [`smtp_codes::Engine::with_overlay`] expects tables that fit.
pub fn fit(overlay: &mut OwnedTables, base: &Tables<'_>) {
    number_providers(overlay, base);
    let shift = u32::try_from(base.pool.len()).unwrap_or(u32::MAX);
    each_text(overlay, |text| text.start = text.start.saturating_add(shift));
    overlay.pool.insert_str(0, base.pool);
}

fn number_providers(overlay: &mut OwnedTables, base: &Tables<'_>) {
    let known: BTreeMap<&str, usize> = base
        .providers
        .iter()
        .enumerate()
        .skip(1)
        .map(|(number, provider)| (base.text(provider.slug), number))
        .collect();
    let mut next = base.providers.len();
    let mut numbers = vec![0u16; overlay.providers.len()];
    for (old, provider) in overlay.providers.iter().enumerate().skip(1) {
        let slug = overlay
            .pool
            .get(provider.slug.start as usize..)
            .and_then(|rest| rest.get(..usize::from(provider.slug.len)))
            .unwrap_or_default();
        let new = known.get(slug).copied().unwrap_or_else(|| {
            next += 1;
            next - 1
        });
        numbers[old] = u16::try_from(new).unwrap_or(0);
    }
    let number = |old: u16| numbers.get(usize::from(old)).copied().unwrap_or(0);
    let Some(none) = overlay.providers.first().copied() else {
        return;
    };
    let mut providers = vec![none; next.max(1)];
    for (old, provider) in overlay.providers.iter().enumerate().skip(1) {
        providers[usize::from(numbers[old])] = *provider;
    }
    overlay.providers = providers;
    for rule in &mut overlay.rules {
        rule.provider = number(rule.provider);
    }
    for pattern in &mut overlay.patterns {
        if let (Target::Provider(provider), guarded) = Target::read(*pattern) {
            *pattern = Target::Provider(number(provider)).pack(guarded);
        }
    }
    for host in overlay.mx_hosts.iter_mut().chain(&mut overlay.domains) {
        host.provider = number(host.provider);
    }
}

/// Calls `change` with every piece of text that the tables refer to.
fn each_text(tables: &mut OwnedTables, mut change: impl FnMut(&mut Text)) {
    for text in &mut tables.rule_texts {
        [
            &mut text.slug,
            &mut text.title,
            &mut text.summary,
            &mut text.fix,
            &mut text.url,
            &mut text.tag,
        ]
        .into_iter()
        .for_each(&mut change);
    }
    for entry in &mut tables.basics {
        change(&mut entry.reference);
    }
    for entry in &mut tables.enhanced {
        change(&mut entry.reference);
    }
    for entry in &mut tables.providers {
        [
            &mut entry.slug,
            &mut entry.name,
            &mut entry.postmaster,
            &mut entry.delisting,
        ]
        .into_iter()
        .for_each(&mut change);
    }
    for entry in tables.mx_hosts.iter_mut().chain(&mut tables.domains) {
        change(&mut entry.name);
    }
    for entry in &mut tables.blocklists {
        [&mut entry.slug, &mut entry.name, &mut entry.removal]
            .into_iter()
            .for_each(&mut change);
    }
    for entry in &mut tables.sources {
        [&mut entry.id, &mut entry.title, &mut entry.url]
            .into_iter()
            .for_each(&mut change);
    }
    for entry in &mut tables.schedules {
        [&mut entry.slug, &mut entry.title].into_iter().for_each(&mut change);
    }
    for entry in &mut tables.recurrences {
        [&mut entry.slug, &mut entry.title].into_iter().for_each(&mut change);
    }
    for entry in &mut tables.wrappers {
        [&mut entry.slug, &mut entry.intro].into_iter().for_each(&mut change);
    }
    change(&mut tables.version);
    change(&mut tables.date);
}
