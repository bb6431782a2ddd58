//! `explain`: one reply, for people or as JSON.

mod layout;
mod person;
mod trace;

use std::ffi::OsString;
use std::io::{self, IsTerminal, Read, Write};

use anyhow::Context;
use smtp_codes::decide::History;
use smtp_codes::{Engine, Query};

use crate::args::{Explain, YesNo};
use crate::hints::{self, Hints};
use crate::{Outcome, decision, overlay};

pub(crate) fn run(task: &Explain) -> anyhow::Result<Outcome> {
    let own = overlay::load(&task.overlay.catalog)?;
    let own = own.as_ref().map(|tables| tables.as_tables());
    let base = smtp_codes::builtin();
    let engine = own
        .as_ref()
        .map_or(Engine::new(base), |own| Engine::with_overlay(base, own));
    let hints = Hints::new([base].into_iter().chain(&own));

    let reply = reply(&task.reply)?;
    let query = Query {
        provider: task
            .provider
            .as_deref()
            .map(|slug| hints.provider(slug.as_bytes()))
            .transpose()
            .map_err(anyhow::Error::msg)?,
        mx: task.mx.as_ref().map(|host| host.as_encoded_bytes()),
        recipient: task.recipient.as_ref().map(|address| address.as_encoded_bytes()),
        command: task
            .command
            .as_deref()
            .map(hints::command)
            .transpose()
            .map_err(anyhow::Error::msg)?,
        ..Query::new(&reply)
    };
    let diagnosis = engine.diagnose(&query);
    let history = history(task);
    let decision = history.as_ref().map(|history| diagnosis.decide(history));
    if task.json {
        let mut json = String::new();
        diagnosis.write_json(&mut json, None)?;
        if let Some(decision) = &decision {
            json.pop();
            decision::write_json(decision, &mut json)?;
            json.push('}');
        }
        writeln!(io::stdout(), "{json}")?;
        return Ok(Outcome::Done);
    }
    let mut page = person::page(&diagnosis, decision.as_ref());
    if task.trace {
        let own = own.as_ref().map(|own| ("your catalogue", own));
        let layers: Vec<_> = own.into_iter().chain([("the built-in catalogue", base)]).collect();
        trace::add(&mut page, &diagnosis, &layers);
    }
    anstream::stdout().lock().write_all(page.into_text().as_bytes())?;
    Ok(Outcome::Done)
}

/// The reply from the arguments, or from standard input.
fn reply(words: &[OsString]) -> anyhow::Result<Vec<u8>> {
    let from_stdin = match words {
        [] => true,
        [only] => only == "-",
        _ => false,
    };
    if !from_stdin {
        let words: Vec<_> = words.iter().map(|word| word.as_encoded_bytes()).collect();
        return Ok(words.join(&b' '));
    }
    let mut stdin = io::stdin().lock();
    if words.is_empty() && stdin.is_terminal() {
        anyhow::bail!("no reply is given: write it behind `explain`, or pipe it in");
    }
    let mut reply = Vec::new();
    stdin.read_to_end(&mut reply).context("cannot read standard input")?;
    Ok(reply)
}

/// What is known of the past; `None` where nothing was said.
fn history(task: &Explain) -> Option<History> {
    let told = &task.history;
    if told.failures.is_none() && told.campaigns.is_none() && told.ever_delivered.is_none() {
        return None;
    }
    let mut history = History::after_failures(told.failures.unwrap_or(1));
    if let Some(campaigns) = told.campaigns {
        history.consecutive_campaigns = campaigns.max(1);
        history.total_campaigns = campaigns.max(1);
    }
    history.ever_delivered = told.ever_delivered.map(|answer| answer == YesNo::Yes);
    Some(history)
}
