//! `qualcode index`.

use anyhow::Result;
use qualcode::pipeline::{self, IndexOptions};
use qualcode::store::Update;

use crate::cli::Ending;
use crate::cli::args::{Common, IndexArgs};
use crate::cli::message::Console;
use crate::cli::progress::Bars;

pub(crate) fn index(args: &IndexArgs, common: &Common, console: &Console) -> Result<Ending> {
    let options = IndexOptions {
        corpora: args.corpora.clone(),
        reading: args.reading.options(),
        store: args.store.clone(),
        language: args.language.clone(),
        threads: common.threads(),
    };
    let outcome = pipeline::index(&options, &Bars::new(console.shows_progress()))?;
    console.diagnostics(&outcome.diagnostics, "");
    if let Some(update) = outcome.update {
        console.say(&describe(&update));
    }
    Ok(if outcome.skipped() { Ending::SomeSkipped } else { Ending::Done })
}

/// What an update did, in one line.
pub(crate) fn describe(update: &Update) -> String {
    let mut parts = vec![format!("{} added", update.added)];
    let others = [
        (update.changed, "changed"),
        (update.removed, "removed"),
        (update.unchanged, "unchanged"),
        (update.skipped, "skipped"),
    ];
    parts.extend(others.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")));
    format!("documents in the store: {}", parts.join(", "))
}
