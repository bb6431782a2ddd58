//! A decision in JSON.

use std::fmt::{self, Write};

use smtp_codes::decide::Decision;
use smtp_codes::json::string;

/// Writes `,"decision":{…}`: an addition to the diagnosis for those who told a history.
pub(crate) fn write_json(decision: &Decision<'_>, out: &mut impl Write) -> fmt::Result {
    write!(
        out,
        ",\"decision\":{{\"step\":\"{}\",\"retry_in_s\":",
        decision.step.slug()
    )?;
    match decision.retry_in_s {
        Some((from, to)) => write!(out, "[{from},{to}]")?,
        None => out.write_str("null")?,
    }
    write!(out, ",\"address\":\"{}\",\"because\":", decision.address.slug())?;
    string(out, decision.because())?;
    out.write_char('}')
}
