//! Which column of a table holds what.

use std::borrow::Cow;

use csv::ByteRecord;

use super::row::{self, Row};

/// Places of the columns that a row is made of.
#[derive(Clone, Debug)]
pub(crate) struct Columns {
    reply: usize,
    id: Option<usize>,
    provider: Option<usize>,
    mx: Option<usize>,
    recipient: Option<usize>,
    command: Option<usize>,
    failures: Option<usize>,
}

impl Columns {
    /// Finds the columns by name, in any case. The reply's is `reply`, unless another is named.
    pub(crate) fn find(names: &ByteRecord, reply: Option<&str>) -> Result<Self, String> {
        let place = |wanted: &str| {
            names
                .iter()
                .position(|name| name.trim_ascii().eq_ignore_ascii_case(wanted.as_bytes()))
        };
        let wanted = reply.unwrap_or("reply");
        let Some(reply) = place(wanted) else {
            let names: Vec<_> = names
                .iter()
                .map(|name| String::from_utf8_lossy(name.trim_ascii()).into_owned())
                .collect();
            let help = smtp_codes_catalog::report::suggest::did_you_mean(wanted, names.iter().map(String::as_str));
            let help = help.unwrap_or_else(|| "say with --reply-column which column holds the reply".to_owned());
            return Err(format!(
                "the first row names no column `{wanted}` ({}): {help}",
                names.join(", ")
            ));
        };
        // A column is one thing only: with `--reply-column command`, `command` is the reply.
        let other = |name: &str| place(name).filter(|place| *place != reply);
        Ok(Self {
            reply,
            id: other("id"),
            provider: other("provider"),
            mx: other("mx"),
            recipient: other("recipient"),
            command: other("command"),
            failures: other("failures"),
        })
    }

    /// The row of a record; `number` stands in for an id.
    pub(crate) fn row<'r>(&self, record: &'r ByteRecord, number: u64) -> (Row<'r>, Result<(), String>) {
        let cell = |place: Option<usize>| place.and_then(|place| record.get(place)).map(Cow::Borrowed);
        let id = match cell(self.id) {
            Some(id) => json_string(&String::from_utf8_lossy(&id)),
            None => number.to_string(),
        };
        let mut row = Row {
            id: Some(Cow::Owned(id)),
            reply: cell(Some(self.reply)),
            provider: cell(self.provider),
            mx: cell(self.mx),
            recipient: cell(self.recipient),
            command: cell(self.command),
            failures: None,
        };
        if row.reply.is_none() {
            return (
                row,
                Err(format!(
                    "the row has {} cells, and the reply is number {}",
                    record.len(),
                    self.reply + 1
                )),
            );
        }
        let failures = self
            .failures
            .and_then(|place| record.get(place))
            .map_or(Ok(None), row::failures);
        match failures {
            Ok(failures) => {
                row.failures = failures;
                (row, Ok(()))
            }
            Err(error) => (row, Err(error)),
        }
    }
}

fn json_string(text: &str) -> String {
    let mut json = String::with_capacity(text.len() + 2);
    // Writing to a string does not fail.
    let _ = smtp_codes::json::string(&mut json, text);
    json
}
