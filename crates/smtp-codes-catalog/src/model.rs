//! The model: a checked catalogue, compiled. Everything that is generated is made of it.

use std::collections::BTreeMap;

use smtp_codes::{Engine, Tables};

use crate::compile::{self, OwnedTables, vectors::Vector};
use crate::source::Catalogue;
use crate::train::{self, Band, HeldOut};

/// The catalogue with everything that was computed from it.
#[derive(Clone, Debug)]
pub struct Model {
    /// The records.
    pub catalogue: Catalogue,
    /// The tables the engine runs on, the learned model included.
    pub tables: OwnedTables,
    /// Every reply of the catalogue with what is expected of it.
    pub vectors: Vec<Vector>,
    /// How reliable the stated confidence of inference is, on replies kept apart.
    pub reliability: Vec<Band>,
    /// By vector: what its wording alone says to weights that have not seen it.
    pub held_out: Vec<Option<HeldOut>>,
}

impl Model {
    /// Compiles a catalogue that passed its checks, and learns from its vectors.
    #[must_use]
    pub fn new(catalogue: Catalogue) -> Self {
        let vectors = compile::vectors::collect(&catalogue);
        let mut tables = compile::compile(&catalogue);
        let learned = train::learn(&vectors, &tables.as_tables());
        tables.model = learned.model;
        Self {
            catalogue,
            tables,
            vectors,
            reliability: learned.reliability,
            held_out: learned.held_out,
        }
    }

    /// Compiles a catalogue, and takes over what `other` learned: for changes too small to matter to it.
    #[must_use]
    pub fn with_learned(catalogue: Catalogue, other: &Self) -> Self {
        let vectors = compile::vectors::collect(&catalogue);
        let mut tables = compile::compile(&catalogue);
        tables.model = train::transfer(&other.tables.model, &other.tables(), &tables.as_tables());
        let told: BTreeMap<(&str, &[u8]), Option<HeldOut>> = other
            .vectors
            .iter()
            .zip(&other.held_out)
            .map(|(vector, told)| (vector.name(), *told))
            .collect();
        let held_out = vectors
            .iter()
            .map(|vector| told.get(&vector.name()).copied().flatten())
            .collect();
        Self {
            catalogue,
            tables,
            vectors,
            reliability: other.reliability.clone(),
            held_out,
        }
    }

    /// The tables as the engine reads them.
    #[must_use]
    pub fn tables(&self) -> Tables<'_> {
        self.tables.as_tables()
    }

    /// Calls `with` with an engine over the tables.
    pub fn with_engine<T>(&self, with: impl FnOnce(&Engine<'_>) -> T) -> T {
        let tables = self.tables();
        with(&Engine::new(&tables))
    }
}
