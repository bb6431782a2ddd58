//! Pages of codes: basic, enhanced, pairs, families, digits, and the index of all.

mod basic;
mod enhanced;
mod lists;
mod pairs;

use crate::pages::atlas::Atlas;
use crate::pages::codes_of;
use crate::pages::common::{self, Index, Roles};
use crate::pages::page::{Block, Page};

/// Adds the pages.
pub(crate) fn pages(atlas: &mut Atlas<'_>, pages: &mut Vec<Page>) {
    let index = Index::new(atlas);
    let catalogue = atlas.catalogue;
    for entry in &catalogue.basics {
        pages.push(basic::page(atlas, &index, entry));
    }
    for entry in &catalogue.enhanced {
        for form in codes_of::concrete(entry) {
            pages.push(enhanced::page(atlas, &index, entry, &form));
        }
    }
    for entry in &catalogue.pairs {
        pages.push(pairs::page(atlas, &index, entry));
    }
    enhanced::families(atlas, pages);
    pages.push(lists::digits(atlas));
    pages.push(lists::all_codes(atlas));
    pages.push(pairs::all(atlas));
}

/// What a digit of a code says.
fn digit_title(atlas: &Atlas<'_>, place: &str, digit: &str) -> String {
    let found = atlas
        .catalogue
        .digits
        .iter()
        .find(|entry| entry.place.as_str() == place && entry.digit.as_str() == digit);
    found.map_or_else(|| "not defined".to_owned(), |entry| entry.title.to_string())
}

/// What the code looks like on the wire, with what the engine makes of it.
fn wire(atlas: &Atlas<'_>, page: &mut Page, cases: &[usize]) {
    page.section(
        "wire",
        "On the wire",
        vec![Block::Examples(atlas.examples(common::varied(atlas, cases, 4)))],
    );
}

/// What to do about the bare code, and when.
fn advise(atlas: &Atlas<'_>, page: &mut Page) {
    let Some(answer) = page.answer.clone() else { return };
    let class = page.code.bytes().next();
    page.section(
        "do",
        "Do this",
        common::do_this(atlas, &answer.outcome, Roles::default()),
    );
    page.section("when", common::WHEN, common::when(atlas, &answer.outcome, class));
}

/// What ends the page of a code: who uses it, and what is often said of it.
fn close(atlas: &Atlas<'_>, page: &mut Page, cases: &[usize], name: &str) {
    page.section(
        "providers",
        "At providers",
        common::variant_table(common::variants_of(atlas, cases), 15),
    );
    page.section(
        "claims",
        "Often said, and wrong",
        vec![Block::Claims(atlas.said(&[name.to_owned()]))],
    );
}
