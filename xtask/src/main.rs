//! Chores of smtp-codes. `cargo xtask --help` lists them.

mod capi;
mod chores;
mod conformance;
mod emit;
#[cfg(test)]
mod fresh;
mod pages;
mod site;
mod wasm;
mod write;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

pub(crate) use chores::root;
use chores::{bench, check, explain, generate, ids, mutate, new, site as site_chore, test};

/// Chores of smtp-codes: everything that is made of the catalogue.
#[derive(Parser)]
#[command(name = "cargo xtask", version)]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    Generate(generate::Arguments),
    Check(check::Arguments),
    Test(test::Arguments),
    Bench(bench::Arguments),
    New(new::Arguments),
    Ids(ids::Arguments),
    Explain(explain::Arguments),
    Mutate(mutate::Arguments),
    Capi(capi::Arguments),
    Conformance(conformance::Arguments),
    Site(site_chore::Arguments),
}

fn main() -> ExitCode {
    let result = match Arguments::parse().chore {
        Chore::Generate(arguments) => generate::run(&arguments),
        Chore::Check(arguments) => check::run(&arguments),
        Chore::Test(arguments) => test::run(&arguments),
        Chore::Bench(arguments) => bench::run(&arguments),
        Chore::New(arguments) => new::run(&arguments),
        Chore::Ids(arguments) => ids::run(&arguments),
        Chore::Explain(arguments) => explain::run(&arguments),
        Chore::Mutate(arguments) => mutate::run(&arguments),
        Chore::Capi(arguments) => capi::run(&arguments),
        Chore::Conformance(arguments) => conformance::run(&arguments),
        Chore::Site(arguments) => site_chore::run(&arguments),
    };
    match result {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
