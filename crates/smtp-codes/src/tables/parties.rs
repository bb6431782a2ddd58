//! Who answers, and where facts stand.

use super::{Run, Text};
use crate::vocabulary::closed_list;

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

/// Words that stand before a quoted reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wrapper {
    /// Slug.
    pub slug: Text,
    /// The words before the reply, lower case.
    pub intro: Text,
}
