//! What callers tell about a reply in words: names of providers and commands.

use std::collections::BTreeSet;

use smtp_codes::{Command, Tables};
use smtp_codes_catalog::report::suggest::did_you_mean;

/// The providers that may be named.
pub(crate) struct Hints<'t> {
    providers: BTreeSet<&'t str>,
}

impl<'t> Hints<'t> {
    /// The providers of some tables.
    pub(crate) fn new(tables: impl IntoIterator<Item = &'t Tables<'t>>) -> Self {
        let providers = tables
            .into_iter()
            .flat_map(|tables| tables.providers.iter().map(|provider| tables.text(provider.slug)));
        Self {
            providers: providers.filter(|slug| !slug.is_empty()).collect(),
        }
    }

    /// The slug as it stands in the tables.
    pub(crate) fn known(&self, slug: &str) -> Option<&'t str> {
        self.providers.get(slug).copied()
    }

    /// The slug of a provider, or what is wrong with it.
    pub(crate) fn provider(&self, slug: &[u8]) -> Result<&'t str, String> {
        let slug = String::from_utf8_lossy(slug);
        if let Some(known) = self
            .providers
            .get(slug.as_ref())
            .or_else(|| self.providers.get(slug.to_ascii_lowercase().as_str()))
        {
            return Ok(known);
        }
        Err(unknown(
            "provider",
            &slug,
            self.providers.iter().copied(),
            "`smtp-codes providers` lists them",
        ))
    }
}

/// The command of a name: as the catalogue writes it, in any case, with `TO` and `FROM` or without.
pub(crate) fn command(name: &str) -> Result<Command, String> {
    let plain = name.trim().to_ascii_uppercase().replace(['_', ' '], "-");
    let plain = match plain.as_str() {
        "MAIL-FROM" => "MAIL",
        "RCPT-TO" => "RCPT",
        "END-OF-DATA" | "EOD" | "EOM" | "." => "DATA-END",
        "GREETING" | "BANNER" => "CONNECT",
        other => other,
    };
    Command::from_slug(plain).ok_or_else(|| {
        let all: Vec<_> = Command::ALL.iter().map(|command| command.slug()).collect();
        unknown(
            "command",
            name,
            all.iter().copied(),
            &format!("it is one of {}", all.join(", ")),
        )
    })
}

/// What to say about a name that is not on its list.
pub(crate) fn unknown<'n>(what: &str, name: &str, names: impl IntoIterator<Item = &'n str>, otherwise: &str) -> String {
    let help = did_you_mean(name, names).unwrap_or_else(|| otherwise.to_owned());
    format!("there is no {what} `{name}`: {help}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_known_by_the_names_people_use() {
        assert_eq!(command("rcpt to"), Ok(Command::Rcpt));
        assert_eq!(command("DATA_END"), Ok(Command::DataEnd));
        assert_eq!(command("end of data"), Ok(Command::DataEnd));
        assert_eq!(
            command("RCTP"),
            Err("there is no command `RCTP`: did you mean `RCPT`?".to_owned())
        );
    }
}
