//! `qualcode codebook suggest`.

use std::collections::BTreeMap;

use super::{CorpusOptions, open, unknown};
use crate::codebook::Codebook;
use crate::coding::{self, Fate, Plan, Trace};
use crate::corpus::Role;
use crate::diagnostic::Report;
use crate::pattern::Node;
use crate::pipeline::{PipelineError, blocks};
use crate::progress::{Progress, Stage};
use crate::query;
use crate::span::{Evaluator, LeafTable, Span};
use crate::stats::{Keyness, benjamini_hochberg};
use crate::store::{Block, BlockLeaves, Snapshot, StoreError, Vocabulary};
use crate::workbench::{self, Place, Surroundings, TargetBlock, TargetRow, Variant};

/// Single words, and as many phrases, that are counted in the whole store.
const CANDIDATES: usize = 300;
/// Words of context on either side of an example.
const CONTEXT: usize = 8;
/// Least log ratio of what is suggested: twice as frequent. Very frequent words are otherwise significant for little.
const LEAST_RATIO: f64 = 1.0;
/// Forms of words that are counted.
const VARIANTS: usize = 500;

/// What is to be suggested.
#[derive(Debug, Clone)]
pub struct SuggestOptions {
    /// Store and codebook.
    pub corpus: CorpusOptions,
    /// Id of the code.
    pub code: String,
    /// What counts as being around a coding.
    pub around: Surroundings,
    /// Fewest occurrences around codings.
    pub least: u64,
    /// Most suggestions.
    pub most: usize,
}

/// What might become patterns of a code.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestions {
    /// Codings of the code that count.
    pub codings: u64,
    /// Words around its codings, without theirs.
    pub tokens: u64,
    /// Words elsewhere in turns that count.
    pub tokens_elsewhere: u64,
    /// Words and phrases that are at least twice as frequent around the codings, the most surprising first.
    pub phrases: Vec<Suggestion>,
    /// Other forms of words in the code's patterns that none of them finds, the most frequent first.
    pub variants: Vec<(Variant, u64)>,
}

/// A word or phrase that is more frequent around the codings of a code than elsewhere.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion {
    /// The words, folded.
    pub phrase: String,
    /// How often around codings.
    pub near: u64,
    /// How often elsewhere.
    pub elsewhere: u64,
    /// How much that is.
    pub keyness: Keyness,
    /// `keyness.p` adjusted for the false discovery rate, over all words and phrases that were counted.
    pub p_bh: f64,
    /// Some places.
    pub examples: Vec<Example>,
}

/// A place in its context.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// Id of the document.
    pub document: String,
    /// Number of the turn.
    pub turn: u32,
    /// Words before.
    pub left: String,
    /// The words.
    pub text: String,
    /// Words after.
    pub right: String,
}

/// Candidates for new patterns of a code.
///
/// # Errors
/// If the codebook is at fault, there is no such code, or the store cannot be read.
pub fn suggest(
    options: &SuggestOptions,
    report: &dyn Report,
    progress: &dyn Progress,
) -> Result<Suggestions, PipelineError> {
    let (codebook, snapshot) = open(&options.corpus, report)?;
    let Some(at) = codebook.codes.iter().position(|code| code.id == options.code) else {
        let ids = codebook.codes.iter().map(|code| code.id.as_str());
        return Err(unknown("code", &options.code, "the codebook", ids));
    };
    let partial = codebook.only(&[at]);
    let code = &codebook.codes[at];
    let words = snapshot.words()?;
    let pass = Pass { codebook: &partial, code: &code.id, snapshot: &snapshot, threads: options.corpus.threads };
    progress.begin(Stage::Coding, 0, 0);
    let (gathered, codings, all_words) = pass.gather(options.around)?;
    let phrases = workbench::candidates(&gathered, &words, options.least.max(1), CANDIDATES);
    let texts: Vec<&str> = phrases.iter().map(String::as_str).collect();
    let covered = workbench::covered(code, &codebook.language, &texts)?;
    let phrases: Vec<&String> =
        phrases.iter().zip(covered).filter(|(_, covered)| !covered).map(|(phrase, _)| phrase).collect();
    let mut variants = workbench::variants(code, &codebook.language, &words);
    let texts: Vec<&str> = variants.iter().map(|variant| variant.word.as_str()).collect();
    let covered = workbench::covered(code, &codebook.language, &texts)?;
    let mut covered = covered.into_iter();
    variants.retain(|_| !covered.next().unwrap_or(false));
    variants.sort_by_key(|variant| std::cmp::Reverse(words.get(&variant.word).copied()));
    variants.truncate(VARIANTS);
    let nodes: Vec<Node> = phrases
        .iter()
        .map(|phrase| workbench::phrase_pattern(phrase))
        .chain(variants.iter().map(|variant| workbench::phrase_pattern(&variant.word)))
        .collect();
    let totals = pass.count(&nodes, phrases.len())?;
    progress.end(Stage::Coding);
    let tokens_elsewhere = all_words.saturating_sub(gathered.tokens + gathered.inside);
    let mut found: Vec<Suggestion> = phrases
        .iter()
        .zip(&totals)
        .filter_map(|(phrase, &total)| {
            let near = gathered.phrases.get(*phrase)?.count;
            let elsewhere = total.saturating_sub(near).min(tokens_elsewhere);
            let keyness = Keyness::of(near, elsewhere, gathered.tokens, tokens_elsewhere)?;
            Some(Suggestion { phrase: (*phrase).clone(), near, elsewhere, keyness, p_bh: 1.0, examples: Vec::new() })
        })
        .collect();
    let adjusted = benjamini_hochberg(&found.iter().map(|one| Some(one.keyness.p)).collect::<Vec<_>>());
    found.iter_mut().zip(adjusted).for_each(|(one, p)| one.p_bh = p.unwrap_or(1.0));
    found.retain(|one| one.keyness.log_ratio >= LEAST_RATIO);
    found.sort_by(|a, b| b.keyness.g2.total_cmp(&a.keyness.g2).then_with(|| a.phrase.cmp(&b.phrase)));
    let mut found = without_parts(found);
    found.truncate(options.most);
    for suggestion in &mut found {
        let places = gathered.phrases.get(&suggestion.phrase).map_or(&[][..], |found| &found.places);
        suggestion.examples = examples(&snapshot, places)?;
    }
    let counts = totals[phrases.len()..].iter().copied();
    let mut variants: Vec<(Variant, u64)> = variants.into_iter().zip(counts).filter(|(_, count)| *count > 0).collect();
    variants.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    variants.truncate(options.most);
    Ok(Suggestions { codings, tokens: gathered.tokens, tokens_elsewhere, phrases: found, variants })
}

/// Leaves out a phrase that is part of a longer one wherever it occurs.
fn without_parts(found: Vec<Suggestion>) -> Vec<Suggestion> {
    let part = |one: &Suggestion| {
        let inside = format!(" {} ", one.phrase);
        found.iter().any(|other| {
            other.phrase.len() > one.phrase.len()
                && (other.near, other.elsewhere) == (one.near, one.elsewhere)
                && format!(" {} ", other.phrase).contains(&inside)
        })
    };
    let kept: Vec<bool> = found.iter().map(|one| !part(one)).collect();
    found.into_iter().zip(kept).filter(|(_, kept)| *kept).map(|(one, _)| one).collect()
}

fn examples(snapshot: &Snapshot, places: &[Place]) -> Result<Vec<Example>, StoreError> {
    let mut examples = Vec::new();
    for place in places {
        let block = Block::load(snapshot, place.document..place.document + 1);
        let Some(row) = block.rows().iter().position(|row| row.turn == place.turn) else { continue };
        let text = block.texts()?.read(row)?;
        let [left, found, right] =
            query::around(text.words(), &text.tokens, place.start as usize, place.end as usize, CONTEXT);
        let document = snapshot.id(place.document).to_owned();
        examples.push(Example { document, turn: place.turn, left, text: found, right });
    }
    Ok(examples)
}

/// Goes through the store for one code.
struct Pass<'p> {
    /// The code and those that it refers to.
    codebook: &'p Codebook,
    code: &'p str,
    snapshot: &'p Snapshot,
    threads: usize,
}

impl Pass<'_> {
    fn position(&self) -> usize {
        self.codebook.codes.iter().position(|code| code.id == self.code).unwrap_or_default()
    }

    /// What is around the codings that count, how many there are, and the words of all turns that count.
    fn gather(&self, around: Surroundings) -> Result<(TargetBlock, u64, u64), PipelineError> {
        let plan = Plan::new(self.codebook);
        let vocabulary = Vocabulary::look_up(self.snapshot, plan.leaves())?;
        let work = |block: &Block<'_>| -> Result<(TargetBlock, u64, u64), StoreError> {
            let trace = coding::trace(&plan, block, &BlockLeaves::new(block, &vocabulary)?)?;
            let spans = self.counted(&trace);
            let texts = block.texts()?;
            let mut gathered = TargetBlock::default();
            for spans in spans.chunk_by(|a, b| a.turn == b.turn) {
                let row = spans[0].turn as usize;
                let text = texts.read(row)?;
                let (document, turn) = (trace.rows[row].document, trace.rows[row].turn);
                let (words, tokens, sentences) = (text.words(), &text.tokens, block.sentence_tokens(row));
                workbench::gather(&mut gathered, TargetRow { document, turn, words, tokens, sentences, spans }, around);
            }
            let words = trace.rows.iter().zip(block.rows()).filter(|(row, _)| counts(&self.codebook.roles, row));
            Ok((gathered, spans.len() as u64, words.map(|(_, row)| u64::from(row.words)).sum()))
        };
        let (mut sum, mut codings, mut words) = (TargetBlock::default(), 0, 0);
        blocks::each(self.snapshot, self.threads, work, |(gathered, of_block, words_of_block)| {
            sum.merge(gathered);
            codings += of_block;
            words += words_of_block;
            Ok(())
        })?;
        Ok((sum, codings, words))
    }

    /// The codings of the code in turns that count.
    fn counted(&self, trace: &Trace) -> Vec<Span> {
        let coded = trace.codes[self.position()].iter().filter(|candidate| candidate.fate == Fate::Coded);
        let counted = coded.filter(|candidate| counts(&self.codebook.roles, &trace.rows[candidate.span.turn as usize]));
        counted.map(|candidate| candidate.span).collect()
    }

    /// How often each pattern is found. Of the first `phrases` only what lies in a turn that counts, in one sentence
    /// and clear of the codings; of the others everything.
    fn count(&self, nodes: &[Node], phrases: usize) -> Result<Vec<u64>, PipelineError> {
        let plan = Plan::new(self.codebook);
        let vocabulary = Vocabulary::look_up(self.snapshot, plan.leaves())?;
        let mut table = LeafTable::default();
        nodes.iter().for_each(|node| table.add(node));
        let words = Vocabulary::look_up(self.snapshot, &table)?;
        let work = |block: &Block<'_>| -> Result<Vec<u64>, StoreError> {
            let trace = coding::trace(&plan, block, &BlockLeaves::new(block, &vocabulary)?)?;
            let mut coded: BTreeMap<u32, Vec<Span>> = BTreeMap::new();
            self.counted(&trace).into_iter().for_each(|span| coded.entry(span.turn).or_default().push(span));
            let leaves = BlockLeaves::new(block, &words)?;
            let evaluator = Evaluator::new(&table, &leaves);
            let clear = |span: &&Span| {
                let starts = block.sentence_tokens(span.turn as usize);
                counts(&self.codebook.roles, &trace.rows[span.turn as usize])
                    && !coded.get(&span.turn).is_some_and(|coded| coded.iter().any(|coding| coding.overlaps(**span)))
                    && (span.end - span.start == 1
                        || starts.partition_point(|&start| start <= span.start)
                            == starts.partition_point(|&start| start < span.end))
            };
            let mut counts = Vec::with_capacity(nodes.len());
            for (at, node) in nodes.iter().enumerate() {
                let spans = evaluator.evaluate(node, &|_| &[])?;
                let heading = |span: &&Span| block.rows()[span.turn as usize].turn > 0;
                counts.push(match at < phrases {
                    true => spans.iter().filter(clear).count() as u64,
                    false => spans.iter().filter(heading).count() as u64,
                });
            }
            Ok(counts)
        };
        let mut sum = vec![0; nodes.len()];
        blocks::each(self.snapshot, self.threads, work, |counts| {
            sum.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
            Ok(())
        })?;
        Ok(sum)
    }
}

/// Whether a turn counts: the role is one of the codebook's, and it holds more than backchannels.
fn counts(roles: &[Role], row: &coding::TracedRow) -> bool {
    row.turn > 0 && !row.backchannel && roles.contains(&row.role)
}
