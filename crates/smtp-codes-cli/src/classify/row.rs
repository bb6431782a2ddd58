//! One row: a reply with what the sender knows about it, however it was written down.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;
use smtp_codes::{Command, Query};

use crate::hints::Hints;

/// A row as it stands in the input; text is kept as bytes, since replies are not always UTF-8.
#[derive(Debug, Default)]
pub(crate) struct Row<'a> {
    /// The id as JSON, handed back as it is.
    pub(crate) id: Option<Cow<'a, str>>,
    pub(crate) reply: Option<Cow<'a, [u8]>>,
    pub(crate) provider: Option<Cow<'a, [u8]>>,
    pub(crate) mx: Option<Cow<'a, [u8]>>,
    pub(crate) recipient: Option<Cow<'a, [u8]>>,
    pub(crate) command: Option<Cow<'a, [u8]>>,
    pub(crate) failures: Option<u32>,
}

impl<'a> Row<'a> {
    /// A row that is nothing but a reply.
    pub(crate) fn of_reply(id: Cow<'a, str>, reply: &'a [u8]) -> Self {
        Self {
            id: Some(id),
            reply: Some(Cow::Borrowed(reply)),
            ..Self::default()
        }
    }

    /// Reads one line of JSON. Where that fails, the row still holds the id, so that the error finds its way home.
    pub(crate) fn from_json(line: &'a [u8]) -> (Self, Result<(), String>) {
        let mut row = Self::default();
        let mut json = serde_json::Deserializer::from_slice(line);
        let read = Fields(&mut row).deserialize(&mut json).and_then(|()| json.end());
        match read {
            Ok(()) => (row, Ok(())),
            Err(error) => {
                if row.id.is_none() {
                    // A fault of another value does not hide the id behind it.
                    row.id = serde_json::from_slice::<IdOnly<'_>>(line)
                        .ok()
                        .and_then(|only| only.id)
                        .map(|id| Cow::Borrowed(id.get()));
                }
                (row, Err(json_error(&error)))
            }
        }
    }

    /// The row as a question to the engine.
    pub(crate) fn query<'q>(&'q self, hints: &'q Hints<'_>) -> Result<Query<'q>, String> {
        let Some(reply) = &self.reply else {
            return Err("the row has no `reply`".to_owned());
        };
        Ok(Query {
            provider: optional(&self.provider).map(|slug| hints.provider(slug)).transpose()?,
            mx: optional(&self.mx),
            recipient: optional(&self.recipient),
            command: optional(&self.command).map(command).transpose()?,
            ..Query::new(reply)
        })
    }
}

/// A value that is there and says something.
fn optional<'v>(value: &'v Option<Cow<'_, [u8]>>) -> Option<&'v [u8]> {
    value
        .as_deref()
        .map(<[u8]>::trim_ascii)
        .filter(|value| !value.is_empty())
}

fn command(name: &[u8]) -> Result<Command, String> {
    crate::hints::command(&String::from_utf8_lossy(name))
}

/// The number of failures so far, from text.
pub(crate) fn failures(text: &[u8]) -> Result<Option<u32>, String> {
    let text = text.trim_ascii();
    if text.is_empty() {
        return Ok(None);
    }
    std::str::from_utf8(text)
        .ok()
        .and_then(|text| text.parse().ok())
        .map(Some)
        .ok_or_else(|| {
            format!(
                "`failures` takes a whole number from 0 up, not `{}`",
                String::from_utf8_lossy(text)
            )
        })
}

/// What went wrong, and in which column: the row is one line, so the line says nothing.
fn json_error(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let what = text.rsplit_once(" at line ").map_or(text.as_str(), |(what, _)| what);
    format!("not a JSON row: {what}, at column {}", error.column())
}

#[derive(Deserialize)]
struct IdOnly<'a> {
    #[serde(borrow, default)]
    id: Option<&'a RawValue>,
}

/// The keys that a row may have; others are passed over.
#[derive(Deserialize)]
#[serde(field_identifier, rename_all = "lowercase")]
enum Key {
    Id,
    Reply,
    Provider,
    Mx,
    Recipient,
    Command,
    Failures,
    #[serde(other)]
    Other,
}

/// Fills a row as the keys come by.
struct Fields<'r, 'de>(&'r mut Row<'de>);

impl<'de> DeserializeSeed<'de> for Fields<'_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Fields<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object such as {\"reply\": \"550 5.1.1 User unknown\"}")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<(), M::Error> {
        let row = self.0;
        while let Some(key) = map.next_key()? {
            let text = match key {
                Key::Id => {
                    row.id = Some(Cow::Borrowed(map.next_value::<&'de RawValue>()?.get()));
                    continue;
                }
                Key::Failures => {
                    row.failures = map.next_value()?;
                    continue;
                }
                Key::Other => {
                    map.next_value::<IgnoredAny>()?;
                    continue;
                }
                Key::Reply => &mut row.reply,
                Key::Provider => &mut row.provider,
                Key::Mx => &mut row.mx,
                Key::Recipient => &mut row.recipient,
                Key::Command => &mut row.command,
            };
            *text = map.next_value::<Option<Bytes<'de>>>()?.map(|bytes| bytes.0);
        }
        Ok(())
    }
}

/// A JSON string as bytes, borrowed where it has no escapes.
struct Bytes<'a>(Cow<'a, [u8]>);

impl<'de> Deserialize<'de> for Bytes<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl<'de> Visitor<'de> for Text {
            type Value = Bytes<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("text in quotes")
            }

            fn visit_borrowed_bytes<E>(self, bytes: &'de [u8]) -> Result<Bytes<'de>, E> {
                Ok(Bytes(Cow::Borrowed(bytes)))
            }

            fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Bytes<'de>, E> {
                Ok(Bytes(Cow::Owned(bytes.to_vec())))
            }
        }
        deserializer.deserialize_bytes(Text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_kept_as_it_is_written() {
        let (row, read) = Row::from_json(br#"{"id": {"a": [1, 2.50]}, "reply": "550"}"#);
        assert!(read.is_ok());
        assert_eq!(row.id.as_deref(), Some(r#"{"a": [1, 2.50]}"#));
    }

    #[test]
    fn a_faulty_row_keeps_its_id_wherever_it_stands() {
        for line in [
            &br#"{"id":7,"reply":550}"#[..],
            br#"{"reply":550,"id":7}"#,
            br#"{"id":7,"reply":"550 5.1"#,
        ] {
            let (row, read) = Row::from_json(line);
            assert!(read.is_err());
            assert_eq!(row.id.as_deref(), Some("7"), "{}", String::from_utf8_lossy(line));
        }
    }

    #[test]
    fn escapes_are_read_and_bytes_that_are_not_utf_8_survive() {
        let (row, read) = Row::from_json(b"{\"reply\":\"550\\r\\n\\u00e9 \xE9\"}");
        assert!(read.is_ok());
        assert_eq!(row.reply.as_deref(), Some(&b"550\r\n\xC3\xA9 \xE9"[..]));
    }

    #[test]
    fn null_says_nothing() {
        let (row, read) = Row::from_json(br#"{"reply":"550","mx":null,"failures":null,"more":[1]}"#);
        assert!(read.is_ok());
        assert!(row.mx.is_none() && row.failures.is_none());
    }
}
