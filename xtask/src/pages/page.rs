//! What a page is made of: one skeleton for every kind, and a small set of blocks.

use super::rich::{Mark, Place, Rich};

/// The kinds of pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Home,
    Index,
    Basic,
    Enhanced,
    Pair,
    Family,
    Reason,
    Action,
    Provider,
    Variant,
    Blocklist,
    Platform,
    Session,
    Guide,
    Claim,
    Source,
    Policy,
    Wording,
    Project,
    Missing,
}

impl Kind {
    /// What it is called in counts and in the style sheet.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::Index => "index",
            Self::Basic => "basic code",
            Self::Enhanced => "enhanced code",
            Self::Pair => "pair",
            Self::Family => "family",
            Self::Reason => "reason",
            Self::Action => "action",
            Self::Provider => "provider",
            Self::Variant => "variant",
            Self::Blocklist => "blocklist",
            Self::Platform => "platform",
            Self::Session => "session step",
            Self::Guide => "guide",
            Self::Claim => "claim",
            Self::Source => "source",
            Self::Policy => "policy",
            Self::Wording => "wording",
            Self::Project => "project",
            Self::Missing => "not found",
        }
    }

    /// Whether the page is about one term, for machines that read `DefinedTerm`.
    pub(crate) const fn is_term(self) -> bool {
        matches!(
            self,
            Self::Basic | Self::Enhanced | Self::Pair | Self::Family | Self::Reason | Self::Action | Self::Variant
        )
    }
}

/// A page.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    /// Its kind.
    pub(crate) kind: Kind,
    /// Where it is, and what links to it are called.
    pub(crate) place: Place,
    /// The title, as people search for it.
    pub(crate) title: String,
    /// The code in large digits; empty where the page is about none.
    pub(crate) code: String,
    /// The heading.
    pub(crate) heading: String,
    /// The first sentence.
    pub(crate) lead: Rich,
    /// The way here from home.
    pub(crate) crumbs: Vec<Place>,
    /// The answer; `None` on pages that have nothing to answer.
    pub(crate) answer: Option<Answer>,
    /// The rest, in the order of its kind.
    pub(crate) sections: Vec<Section>,
    /// Where its facts stand.
    pub(crate) sources: Vec<Cited>,
    /// The file to edit, from the root of the repository.
    pub(crate) edit: String,
    /// Its JSON, from the root of the site; empty where it has none.
    pub(crate) json: String,
    /// The command that gives the same; empty where there is none.
    pub(crate) command: String,
    /// The name of the entry it is about: `variant:google/over-quota`; empty for none.
    pub(crate) entry: String,
    /// Further words by which it is found.
    pub(crate) keywords: Vec<String>,
}

/// What to do, before anything else is said.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    /// What was made of it.
    pub(crate) outcome: Outcome,
    /// What the sender does, in the words of the entry; empty where it has none.
    pub(crate) fix: Rich,
    /// On what the answer rests, where that is less than the whole.
    pub(crate) note: Rich,
}

/// A diagnosis, ready to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Outcome {
    /// Why.
    pub(crate) reason: Mark,
    /// Kind of bounce.
    pub(crate) bounce: Mark,
    /// Who must act.
    pub(crate) party: Mark,
    /// This message.
    pub(crate) delivery: Mark,
    /// The address.
    pub(crate) address: Mark,
    /// What to mend.
    pub(crate) remedies: Vec<Mark>,
    /// What it rests on.
    pub(crate) basis: Option<Mark>,
    /// How sure it is.
    pub(crate) confidence: u8,
    /// The retry schedule.
    pub(crate) schedule: Option<Place>,
    /// The rule that won.
    pub(crate) rule: Option<Place>,
    /// The provider that was recognised.
    pub(crate) provider: Option<Place>,
    /// The blocklist that is named.
    pub(crate) blocklist: Option<Place>,
    /// After how long the reply asks to come back.
    pub(crate) retry_after: String,
}

/// A reply with its computed diagnosis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Example {
    /// The reply's lines: its leading codes, and the rest.
    pub(crate) lines: Vec<(String, String)>,
    /// What the caller tells besides.
    pub(crate) told: String,
    /// The diagnosis.
    pub(crate) outcome: Outcome,
}

/// A source, as it stands below a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cited {
    /// Its page.
    pub(crate) place: Place,
    /// Where it is found; empty for nowhere.
    pub(crate) url: String,
    /// What kind of thing it is.
    pub(crate) kind: String,
    /// Its state and when it was checked, in words.
    pub(crate) dates: String,
}

/// A part of a page with a heading.
#[derive(Clone, Debug)]
pub(crate) struct Section {
    /// Its anchor.
    pub(crate) id: String,
    /// Its heading.
    pub(crate) title: String,
    /// What stands in it.
    pub(crate) blocks: Vec<Block>,
}

impl Section {
    /// Whether anything of it can stand on paper; boxes to type into cannot.
    pub(crate) fn is_readable(&self) -> bool {
        self.blocks
            .iter()
            .any(|block| !matches!(block, Block::PasteBox | Block::CodeJump))
    }
}

/// A row of a table.
#[derive(Clone, Debug, Default)]
pub(crate) struct Row {
    /// Its anchor; empty for none.
    pub(crate) id: String,
    /// Its cells; the first heads the row.
    pub(crate) cells: Vec<Rich>,
}

/// A bar of a chart.
#[derive(Clone, Debug)]
pub(crate) struct Bar {
    /// What it counts.
    pub(crate) label: Rich,
    /// How many.
    pub(crate) count: usize,
    /// Its length in percent of the longest.
    pub(crate) percent: usize,
}

/// A card of an index.
#[derive(Clone, Debug)]
pub(crate) struct Card {
    /// Where it leads.
    pub(crate) to: Place,
    /// What stands in it.
    pub(crate) body: Rich,
    /// What kind of card it is, as the style sheet calls it; may be empty.
    pub(crate) mark: String,
}

/// Something said that is not so.
#[derive(Clone, Debug)]
pub(crate) struct Said {
    /// Its page.
    pub(crate) place: Place,
    /// What is said.
    pub(crate) said: Rich,
    /// What is right.
    pub(crate) right: Rich,
    /// What is wrong with it.
    pub(crate) verdict: String,
}

/// A drawing, with the same in words.
#[derive(Clone, Debug)]
pub(crate) struct Figure {
    /// What it shows.
    pub(crate) title: String,
    /// The drawing (SVG), which says nothing that `words` leave out.
    pub(crate) svg: String,
    /// The same in words.
    pub(crate) words: Vec<Rich>,
}

/// One entry among others on a page, with its own anchor.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    /// Its anchor.
    pub(crate) id: String,
    /// Its heading.
    pub(crate) title: Rich,
    /// What stands in it.
    pub(crate) blocks: Vec<Block>,
}

/// A block of a section.
#[derive(Clone, Debug)]
pub(crate) enum Block {
    /// A paragraph.
    Text(Rich),
    /// Facts: what, and what it is.
    Facts(Vec<(String, Rich)>),
    /// A table.
    Table(Vec<String>, Vec<Row>),
    /// Points.
    List(Vec<Rich>),
    /// Many short links.
    Links(Vec<Rich>),
    /// What to do, in order.
    Steps(Vec<Rich>),
    /// Replies with their diagnosis.
    Examples(Vec<Example>),
    /// What is often said.
    Claims(Vec<Said>),
    /// Counts.
    Bars(Vec<Bar>),
    /// A drawing.
    Figure(Figure),
    /// What a machine prints or reads.
    Listing(String),
    /// Markdown of the catalogue.
    Markdown(String),
    /// Cards.
    Cards(Vec<Card>),
    /// Entries with anchors of their own.
    Items(Vec<Item>),
    /// The box to paste a bounce into; on the site only.
    PasteBox,
    /// The box to jump to a code; on the site only.
    CodeJump,
}

impl Block {
    /// A table of a head and rows of cells.
    pub(crate) fn table(head: &[&str], rows: impl IntoIterator<Item = Vec<Rich>>) -> Self {
        Self::Table(
            head.iter().map(|&name| name.to_owned()).collect(),
            rows.into_iter()
                .map(|cells| Row {
                    id: String::new(),
                    cells,
                })
                .collect(),
        )
    }

    /// Whether there is nothing in it.
    pub(crate) fn is_empty(&self) -> bool {
        match self {
            Self::Text(rich) => rich.is_empty(),
            Self::Facts(facts) => facts.is_empty(),
            Self::Table(_, rows) => rows.is_empty(),
            Self::List(items) | Self::Links(items) | Self::Steps(items) => items.is_empty(),
            Self::Examples(examples) => examples.is_empty(),
            Self::Claims(claims) => claims.is_empty(),
            Self::Bars(bars) => bars.is_empty(),
            Self::Cards(cards) => cards.is_empty(),
            Self::Items(items) => items.is_empty(),
            Self::Listing(text) | Self::Markdown(text) => text.is_empty(),
            Self::Figure(_) | Self::PasteBox | Self::CodeJump => false,
        }
    }
}

impl Page {
    /// A page with nothing but its head.
    pub(crate) fn new(kind: Kind, place: Place, title: impl Into<String>, lead: Rich) -> Self {
        Self {
            kind,
            heading: place.name.clone(),
            place,
            title: title.into(),
            code: String::new(),
            lead,
            crumbs: Vec::new(),
            answer: None,
            sections: Vec::new(),
            sources: Vec::new(),
            edit: String::new(),
            json: String::new(),
            command: String::new(),
            entry: String::new(),
            keywords: Vec::new(),
        }
    }

    /// Adds a section of those blocks that hold something; none where all are empty.
    pub(crate) fn section(&mut self, id: &str, title: impl Into<String>, blocks: Vec<Block>) {
        let blocks: Vec<Block> = blocks.into_iter().filter(|block| !block.is_empty()).collect();
        if !blocks.is_empty() {
            self.sections.push(Section {
                id: id.to_owned(),
                title: title.into(),
                blocks,
            });
        }
    }

    /// Whether its tables need the whole width of the screen.
    pub(crate) fn is_wide(&self) -> bool {
        let widest = self
            .sections
            .iter()
            .flat_map(|section| &section.blocks)
            .map(|block| {
                if let Block::Table(head, _) = block {
                    head.len()
                } else {
                    0
                }
            })
            .max();
        self.kind == Kind::Home || (widest > Some(5) && self.answer.is_none())
    }

    /// How deep below the root it is.
    pub(crate) fn depth(&self) -> usize {
        self.place.path.matches('/').count()
    }
}
