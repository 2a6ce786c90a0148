//! Progress bars, on a terminal only.

use std::sync::Mutex;

use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};
use qualcode::progress::{Progress, Stage};

/// Draws one bar for the stage under way.
pub(crate) struct Bars {
    bars: MultiProgress,
    current: Mutex<Option<Bar>>,
}

struct Bar {
    bar: ProgressBar,
    by_bytes: bool,
    documents: u64,
    total_documents: u64,
}

impl Bars {
    /// Bars on standard error if it is a terminal and `shown`.
    pub(crate) fn new(shown: bool) -> Self {
        let target = if shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        Self { bars: MultiProgress::with_draw_target(target), current: Mutex::new(None) }
    }

    fn with(&self, change: impl FnOnce(&mut Option<Bar>)) {
        change(&mut self.current.lock().unwrap_or_else(std::sync::PoisonError::into_inner));
    }
}

fn name(stage: Stage) -> &'static str {
    match stage {
        Stage::Reading => "reading",
        Stage::Indexing => "indexing",
        Stage::Coding => "coding",
        Stage::Tables => "tables",
    }
}

impl Progress for Bars {
    fn begin(&self, stage: Stage, documents: u64, bytes: u64) {
        let bar = self.bars.add(ProgressBar::new(if bytes > 0 { bytes } else { documents }));
        let template = match (bytes, documents) {
            (0, 0) => "{prefix:>9} {spinner}",
            (0, _) => "{prefix:>9} {bar:30} {pos}/{len} documents, {eta} left",
            _ => "{prefix:>9} {bar:30} {msg}, {bytes_per_sec}, {eta} left",
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.set_prefix(name(stage));
        self.with(|current| {
            *current = Some(Bar { bar, by_bytes: bytes > 0, documents: 0, total_documents: documents });
        });
    }

    fn advance(&self, _stage: Stage, documents: u64, bytes: u64) {
        self.with(|current| {
            let Some(current) = current else { return };
            current.documents += documents;
            if current.by_bytes {
                current.bar.set_message(format!("{}/{} documents", current.documents, current.total_documents));
            }
            current.bar.inc(if current.by_bytes { bytes } else { documents });
        });
    }

    fn end(&self, _stage: Stage) {
        self.with(|current| {
            if let Some(current) = current.take() {
                current.bar.finish_and_clear();
            }
        });
    }
}
