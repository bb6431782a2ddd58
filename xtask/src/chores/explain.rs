//! `explain`: the page of an error.

use std::process::ExitCode;

use clap::Args;
use smtp_codes_catalog::report::{Code, codes};

/// Show what an error of the catalogue means, with a wrong and a right example.
#[derive(Args)]
pub(crate) struct Arguments {
    /// The code, such as E0012; without one, the list of all.
    code: Option<String>,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let Some(slug) = &arguments.code else {
        for &code in Code::ALL {
            println!("{}  {}", code.slug(), code.title());
        }
        return Ok(ExitCode::SUCCESS);
    };
    match Code::from_slug(slug) {
        Some(code) => {
            print!("{}", codes::explain(code));
            Ok(ExitCode::SUCCESS)
        }
        None => {
            let last = Code::ALL.last().map_or("", |code| code.slug());
            anyhow::bail!("there is no error `{slug}`: they go from E0001 to {last}; `cargo xtask explain` lists them")
        }
    }
}
