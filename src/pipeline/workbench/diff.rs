//! `qualcode codebook diff`.

use std::collections::BTreeMap;
use std::path::Path;

use super::{CorpusOptions, codebook_for, open};
use crate::codebook::Codebook;
use crate::coding::{self, CodedDocument, Plan};
use crate::diagnostic::Report;
use crate::pipeline::{PipelineError, blocks, input};
use crate::progress::{Progress, Stage};
use crate::query;
use crate::store::{Block, BlockLeaves, StoreError, Vocabulary};
use crate::tables::{CellCounter, CellCounts, TableOptions};
use crate::workbench::{self, Change, CodingChange, MovedCell, Recode};

/// Words of context on either side of a coding.
const CONTEXT: usize = 10;

/// What a change of the codebook does.
#[derive(Debug, Clone, PartialEq)]
pub struct CodebookDiff {
    /// What changed in the codebook.
    pub changes: Vec<Change>,
    /// How many codings each code gained and lost, in the order of ids; codes that were not coded anew are left out.
    pub codes: Vec<CodeDiff>,
    /// Codings gained and lost, in order of code, document and place; of each code and kind no more than was asked
    /// for.
    pub codings: Vec<CodingDiff>,
    /// Cells of the co-occurrence tables that moved, the farthest first.
    pub cells: Vec<MovedCell>,
}

/// What happened to the codings of a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeDiff {
    /// Its id.
    pub code: String,
    /// Codings by kind of change, in the order of
    /// [`CodingChangeKind::ALL`](crate::workbench::CodingChangeKind::ALL).
    pub numbers: [u64; 4],
}

/// A coding gained or lost, in its context.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodingDiff {
    /// The coding.
    pub change: CodingChange,
    /// Id of its document.
    pub document: String,
    /// Number of its turn in the document.
    pub turn: u32,
    /// Label of the speaker.
    pub speaker: Option<String>,
    /// Words before.
    pub left: String,
    /// Words after.
    pub right: String,
}

/// Codes a store with the codebook of the options and with `old`, as far as they differ, and compares.
/// `most` is how many codings of each code and kind are given.
///
/// # Errors
/// If a codebook is at fault or the store cannot be read.
pub fn diff(
    options: &CorpusOptions,
    old: &Path,
    tables: &TableOptions,
    most: usize,
    report: &dyn Report,
    progress: &dyn Progress,
) -> Result<CodebookDiff, PipelineError> {
    let old = codebook_for(old, options, report)?;
    let (new, snapshot) = open(options, report)?;
    input::refuse_language(&old, snapshot.language(), &options.store)?;
    let recode = workbench::recode(&old, &new);
    let codes = recode.codes.iter().map(|code| CodeDiff { code: code.clone(), numbers: [0; 4] }).collect();
    let changes = workbench::changes(&old, &new);
    let mut diff = CodebookDiff { changes, codes, codings: Vec::new(), cells: Vec::new() };
    if diff.codes.is_empty() && same_levels(&old, &new) {
        return Ok(diff);
    }
    let partial = if recode.same_settings {
        let changed = (0..old.codes.len()).filter(|&at| recode.codes.contains(&old.codes[at].id));
        old.only(&changed.collect::<Vec<_>>())
    } else {
        old.clone()
    };
    let sides = Sides { old: &old, new: &new, recode: &recode, most };
    let counters = [CellCounter::new(&old, tables), CellCounter::new(&new, tables)];
    let (partial_plan, plan) = (Plan::new(&partial), Plan::new(&new));
    let partial_words = Vocabulary::look_up(&snapshot, partial_plan.leaves())?;
    let words = Vocabulary::look_up(&snapshot, plan.leaves())?;
    progress.begin(Stage::Coding, snapshot.len() as u64, 0);
    let compare = |block: &Block<'_>| -> Result<(Vec<CodingDiff>, Numbers, [CellCounts; 2]), StoreError> {
        let after = coding::apply(&plan, block, &BlockLeaves::new(block, &words)?)?;
        let recoded = coding::apply(&partial_plan, block, &BlockLeaves::new(block, &partial_words)?)?;
        let before: Vec<CodedDocument> = recoded
            .into_iter()
            .zip(&after)
            .map(|(recoded, after)| match recode.same_settings {
                true => workbench::rebuilt(&old, (&partial, &recoded), (&new, after), &recode),
                false => recoded,
            })
            .collect();
        let (codings, numbers) = sides.compare(block, &before, &after)?;
        Ok((codings, numbers, [counters[0].count(&before), counters[1].count(&after)]))
    };
    let mut sums = [counters[0].count([]), counters[1].count([])];
    let mut kept: Numbers = BTreeMap::new();
    blocks::each(&snapshot, options.threads, compare, |(codings, numbers, [before, after])| {
        for coding in codings {
            let kept = &mut kept.entry(coding.change.code.clone()).or_default()[coding.change.kind as usize];
            if *kept < most as u64 {
                *kept += 1;
                diff.codings.push(coding);
            }
        }
        for code in &mut diff.codes {
            let added = numbers.get(&code.code).copied().unwrap_or_default();
            code.numbers.iter_mut().zip(added).for_each(|(number, added)| *number += added);
        }
        sums[0].merge(before);
        sums[1].merge(after);
        Ok(())
    })?;
    progress.end(Stage::Coding);
    diff.codings.sort_by(|a, b| a.change.code.cmp(&b.change.code));
    diff.cells = workbench::moved_cells(&counters[0].cells(&sums[0]), &counters[1].cells(&sums[1]));
    Ok(diff)
}

/// Codings by code and kind of change.
type Numbers = BTreeMap<String, [u64; 4]>;

/// Whether every code stands in the same theme and tracks, and the themes stand as they stood.
fn same_levels(old: &Codebook, new: &Codebook) -> bool {
    let places = |codebook: &Codebook| -> Vec<_> {
        codebook.codes.iter().map(|code| (code.id.clone(), code.theme, code.tracks.clone())).collect()
    };
    let themes = |codebook: &Codebook| -> Vec<_> {
        codebook.themes.iter().map(|theme| (theme.id.clone(), theme.parent)).collect()
    };
    let tracks = |codebook: &Codebook| -> Vec<_> { codebook.tracks.iter().map(|track| track.id.clone()).collect() };
    places(old) == places(new) && themes(old) == themes(new) && tracks(old) == tracks(new)
}

/// The two codebooks while blocks go by.
struct Sides<'a> {
    old: &'a Codebook,
    new: &'a Codebook,
    recode: &'a Recode,
    most: usize,
}

impl Sides<'_> {
    fn compare(
        &self,
        block: &Block<'_>,
        before: &[CodedDocument],
        after: &[CodedDocument],
    ) -> Result<(Vec<CodingDiff>, Numbers), StoreError> {
        let (mut codings, mut numbers) = (Vec::new(), Numbers::new());
        let texts = block.texts()?;
        for ((before, after), place) in before.iter().zip(after).zip(block.documents()) {
            let turns: Vec<usize> = place.rows.clone().filter(|&row| block.rows()[row].turn > 0).collect();
            for change in workbench::changed_codings((self.old, before), (self.new, after), self.recode) {
                let number = &mut numbers.entry(change.code.clone()).or_default()[change.kind as usize];
                *number += 1;
                if *number > self.most as u64 {
                    continue;
                }
                let text = texts.read(turns[change.turn])?;
                let (start, end) = (change.start_token as usize, change.end_token as usize);
                let [left, _, right] = query::around(text.words(), &text.tokens, start, end, CONTEXT);
                codings.push(CodingDiff {
                    document: after.info.id.clone(),
                    turn: after.turns[change.turn].turn,
                    speaker: after.turns[change.turn].speaker.clone(),
                    left,
                    right,
                    change,
                });
            }
        }
        Ok((codings, numbers))
    }
}

impl CodebookDiff {
    /// Codings by kind of change, all codes together.
    pub fn numbers(&self) -> [u64; 4] {
        let mut sum = [0; 4];
        for code in &self.codes {
            sum.iter_mut().zip(code.numbers).for_each(|(sum, number)| *sum += number);
        }
        sum
    }
}
