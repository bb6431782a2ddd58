//! Who answered: from what the caller tells, and from the text.

use crate::tables::{HostName, Tables, Text};
use crate::vocabulary::closed_list;

closed_list! {
    /// How a provider was recognised, weakest first.
    How {
        /// The recipient's domain.
        Domain = 0 => "domain",
        /// The MX host.
        Host = 1 => "host",
        /// The caller said so.
        Hint = 2 => "hint",
        /// The reply shows it.
        Fingerprint = 3 => "fingerprint",
        /// The wording that matched is this provider's alone.
        Wording = 4 => "wording",
    }
}

impl How {
    /// How sure that makes it, in percent.
    #[must_use]
    pub const fn confidence(self) -> u8 {
        match self {
            Self::Domain => 80,
            Self::Host => 97,
            Self::Hint => 90,
            Self::Fingerprint => 98,
            Self::Wording => 85,
        }
    }
}

/// The provider that a slug names; 0 for none.
#[must_use]
pub fn by_slug(tables: &Tables<'_>, slug: &str) -> u16 {
    tables
        .providers
        .iter()
        .position(|provider| provider.slug.len > 0 && tables.text(provider.slug) == slug)
        .map_or(0, |index| index as u16)
}

/// The provider whose MX hosts end as `host` does; 0 for none.
#[must_use]
pub fn by_host(tables: &Tables<'_>, host: &[u8]) -> u16 {
    longest_suffix(tables, tables.mx_hosts, host)
}

/// The provider of a recipient's address or domain; 0 for none.
#[must_use]
pub fn by_recipient(tables: &Tables<'_>, recipient: &[u8]) -> u16 {
    let domain = recipient
        .iter()
        .rposition(|b| *b == b'@')
        .map_or(recipient, |at| &recipient[at + 1..]);
    let domain = domain.strip_suffix(b">").unwrap_or(domain);
    longest_suffix(tables, tables.domains, domain)
}

/// Looks up the name and each of its parent domains, longest first.
fn longest_suffix(tables: &Tables<'_>, names: &[HostName], host: &[u8]) -> u16 {
    const LONGEST: usize = 253;
    let host = host.trim_ascii();
    let host = host.strip_suffix(b".").unwrap_or(host);
    if host.is_empty() || host.len() > LONGEST {
        return 0;
    }
    let mut lower = [0u8; LONGEST];
    let lower = &mut lower[..host.len()];
    for (to, from) in lower.iter_mut().zip(host) {
        *to = from.to_ascii_lowercase();
    }
    let pool = tables.pool.as_bytes();
    let bytes = |text: Text| {
        let start = text.start as usize;
        pool.get(start..start + usize::from(text.len)).unwrap_or(&[])
    };
    let mut start = 0;
    loop {
        let suffix = &lower[start..];
        if let Ok(index) = names.binary_search_by(|name| bytes(name.name).cmp(suffix)) {
            return names[index].provider;
        }
        match suffix.iter().position(|b| *b == b'.') {
            Some(point) => start += point + 1,
            None => return 0,
        }
    }
}
