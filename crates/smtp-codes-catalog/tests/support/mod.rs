//! The catalogue of the repository, compiled once for all tests of a file.
#![allow(dead_code, reason = "each test file uses what it needs")]

use std::path::Path;
use std::sync::LazyLock;

use smtp_codes::Tables;
use smtp_codes_catalog::load::load_dir;
use smtp_codes_catalog::model::Model;

/// The model of `catalog/`.
pub(crate) static MODEL: LazyLock<Model> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalog");
    Model::new(load_dir(&root, "catalog").catalogue)
});

/// Its tables.
pub(crate) static TABLES: LazyLock<Tables<'static>> = LazyLock::new(|| MODEL.tables());

/// How many generated replies to try: `SMTP_CODES_REPLIES`, or as many as an everyday run affords.
pub(crate) fn replies(everyday: u64) -> u64 {
    std::env::var("SMTP_CODES_REPLIES")
        .ok()
        .and_then(|text| text.replace('_', "").parse().ok())
        .unwrap_or(everyday)
}

/// Runs `work` on as many threads as there are processors, with a seed for each and its share of `total`.
pub(crate) fn on_all_threads(total: u64, work: impl Fn(u64, u64) + Sync) {
    let threads = std::thread::available_parallelism().map_or(1, |count| count.get() as u64);
    std::thread::scope(|scope| {
        for seed in 0..threads {
            let work = &work;
            scope.spawn(move || work(seed, total / threads + u64::from(seed < total % threads)));
        }
    });
}
