//! `qualcode lint`, and what of it goes with every run.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::codebook::Codebook;
use crate::corpus::{self, Discovered, DocumentEntry, Properties, ReadingOptions, Role, RoleRules, SourceFile, Told};
use crate::diagnostic::{Collected, Diagnostic, Severity};
use crate::lint::{self, Duplicates, Finding, Labels, Sketch, StartRow, Voices};
use crate::ordered;
use crate::pipeline::{PipelineError, input};
use crate::progress::{Progress, Stage};
use crate::segment::{self, Passage};
use crate::store::{Snapshot, StoreError};
use crate::text::SentenceSplitter;
use crate::workbench::{self, Asked, Guide};

/// Documents that are read ahead of the one that is taken up.
const AHEAD: usize = 2;

/// What `qualcode lint` needs.
#[derive(Debug, Clone)]
pub struct LintOptions {
    /// Corpus folders, or single transcripts.
    pub corpora: Vec<PathBuf>,
    /// How the transcripts are read.
    pub reading: ReadingOptions,
    /// The codebook, for its interviewers and its guide.
    pub codebook: Option<PathBuf>,
    /// Labels of interviewers besides the codebook's and the usual ones.
    pub interviewers: Vec<String>,
    /// How many threads.
    pub threads: usize,
}

/// What looks wrong in a corpus.
#[derive(Debug, Clone)]
pub struct LintOutcome {
    /// Sorted by place.
    pub findings: Vec<Finding>,
    /// Documents that were read.
    pub documents: usize,
    /// A row for every label that has none in `speakers.csv`.
    pub start: Vec<StartRow>,
    /// The corpus folders.
    pub folders: Vec<PathBuf>,
}

impl LintOutcome {
    /// The gravest finding's severity.
    pub fn worst(&self) -> Option<Severity> {
        self.findings.iter().map(|finding| finding.diagnostic.severity).max()
    }
}

/// `qualcode lint`: reads every transcript and tells what looks wrong; writes nothing.
///
/// # Errors
/// If the codebook, `speakers.csv` or `documents.csv` are at fault, or the corpus cannot be opened.
pub fn lint(options: &LintOptions, progress: &dyn Progress) -> Result<LintOutcome, PipelineError> {
    let report = Collected::default();
    let codebook =
        options.codebook.as_deref().map(|path| input::read_codebook(path, &Collected::default())).transpose()?;
    let mut interviewers = codebook.as_ref().map_or_else(Vec::new, |codebook| codebook.interviewers.clone());
    interviewers.extend_from_slice(&options.interviewers);
    let corpus = corpus::discover_with(&options.corpora, &[], options.reading.clone(), &report)?;
    // Who interviews must be known before the transcripts are read; their front matter comes after.
    let before: Vec<DocumentEntry<'_>> = corpus.files.iter().map(|file| entry(&file.id, file, &[])).collect();
    let known = corpus::properties(&corpus.folders, &before, &Collected::default())?;
    let language = codebook.as_ref().map_or("en", |codebook| codebook.language.as_str());
    let reader = Reader {
        splitter: SentenceSplitter::new(language).map_err(StoreError::from)?,
        guide: codebook.as_ref().map(Guide::new).transpose().map_err(StoreError::from)?,
        rules: RoleRules::new(&interviewers),
        properties: &known,
    };
    let mut gathered = Gathered::default();
    let bytes = corpus.files.iter().map(|file| file.bytes_len).sum();
    progress.begin(Stage::Reading, corpus.files.len() as u64, bytes);
    let read = |at: usize| {
        let read = reader.read(&corpus, &corpus.files[at]);
        progress.advance(Stage::Reading, 1, corpus.files[at].bytes_len);
        (at, read)
    };
    ordered::map(corpus.files.len(), options.threads, AHEAD, read, |(at, read)| {
        gathered.take(&corpus.files[at], at, read);
        Ok::<(), PipelineError>(())
    })?;
    progress.end(Stage::Reading);
    let entries: Vec<DocumentEntry<'_>> = gathered
        .files
        .iter()
        .map(|(id, at)| entry(id, &corpus.files[*at], gathered.front_matter.get(id).map_or(&[], Vec::as_slice)))
        .collect();
    let properties = corpus::properties(&corpus.folders, &entries, &report)?;
    let labels =
        gathered.labels.findings(&properties.speakers, Some(&reader.rules), |id| is_interview(&properties, id));
    let start = StartRow::of(gathered.labels.documents(), &labels, &properties.speakers, &reader.rules);
    let mut findings = gathered.findings;
    findings.extend(labels.findings);
    findings.extend(lint::mixed_encodings(
        gathered.encodings.iter().map(|(id, path, told)| (id.as_str(), path.as_str(), told.as_slice())),
    ));
    gathered.asked.retain(|asked| is_interview(&properties, &asked.document));
    if let (Some(codebook), Some(path)) = (&codebook, &options.codebook) {
        findings.extend(workbench::guide_findings(codebook, &input::file_name(path), &gathered.asked));
    }
    let about_corpus = |diagnostic| Finding { diagnostic, document: None, turn: None };
    findings.extend(report.into_sorted().into_iter().map(about_corpus));
    findings.sort();
    findings.dedup();
    Ok(LintOutcome { findings, documents: gathered.labels.documents().len(), start, folders: corpus.folders })
}

fn entry<'a>(id: &'a str, file: &'a SourceFile, front_matter: &'a [(String, String, u32)]) -> DocumentEntry<'a> {
    DocumentEntry { id, path: &file.path, front_matter, folder: file.folder }
}

/// Notes, seminars and letters need no interviewer.
fn is_interview(properties: &Properties, document: &str) -> bool {
    properties.attributes.value(document, "kind").is_none_or(|kind| kind.eq_ignore_ascii_case("interview"))
}

/// What is needed to look at one transcript.
struct Reader<'a> {
    splitter: SentenceSplitter,
    guide: Option<Guide<'a>>,
    rules: RoleRules,
    properties: &'a Properties,
}

/// One transcript, looked at.
struct Looked {
    id: String,
    findings: Vec<Finding>,
    told: Vec<Diagnostic>,
    voices: Voices,
    sketch: Option<Sketch>,
    asked: Option<Asked>,
    front_matter: Vec<(String, String, u32)>,
}

impl Reader<'_> {
    fn read(&self, corpus: &Discovered, file: &SourceFile) -> Result<Vec<Looked>, Diagnostic> {
        let read = corpus::fetch(file).and_then(|bytes| corpus::documents(corpus, file, bytes));
        let documents = read.map_err(|error| error.diagnostic(&file.path))?;
        Ok(documents.into_iter().map(|document| self.look_at(file, document)).collect())
    }

    fn look_at(&self, file: &SourceFile, (transcript, told): Told) -> Looked {
        let passages = segment::by_turn(&transcript, &self.splitter);
        let speakers = &self.properties.speakers;
        let asks = |passage: &Passage| {
            passage.speaker.as_deref().is_some_and(|label| {
                let who = speakers.who(&transcript.id, label);
                self.rules.role_of(who.name, who.row) == Role::Interviewer
            })
        };
        let asked = self.guide.as_ref().and_then(|guide| {
            let questions = guide.asked(&transcript.text, &passages, asks);
            // Where nobody interviews, that is what has to be told (L005, L014).
            let is_asked = questions.contains(&true) || passages.iter().any(asks);
            is_asked.then(|| Asked { document: transcript.id.clone(), path: file.path.clone(), questions })
        });
        Looked {
            findings: lint::document(&transcript, &passages, &told),
            voices: lint::voices(&transcript, &passages),
            sketch: Sketch::of(&transcript.text, &passages),
            id: transcript.id,
            front_matter: transcript.front_matter,
            told,
            asked,
        }
    }
}

/// What is kept of all transcripts.
#[derive(Default)]
struct Gathered {
    findings: Vec<Finding>,
    labels: Labels,
    duplicates: Duplicates,
    asked: Vec<Asked>,
    encodings: Vec<(String, String, Vec<Diagnostic>)>,
    front_matter: BTreeMap<String, Vec<(String, String, u32)>>,
    /// The place of each document's file in the corpus.
    files: BTreeMap<String, usize>,
}

impl Gathered {
    fn take(&mut self, file: &SourceFile, at: usize, read: Result<Vec<Looked>, Diagnostic>) {
        match read {
            Ok(documents) => documents.into_iter().for_each(|looked| self.add(file, at, looked)),
            Err(diagnostic) => {
                self.findings.push(Finding { diagnostic, document: Some(file.id.clone()), turn: None });
            }
        }
    }

    fn add(&mut self, file: &SourceFile, at: usize, looked: Looked) {
        let id = looked.id;
        let about = |diagnostic| Finding { diagnostic, document: Some(id.clone()), turn: None };
        self.findings.extend(looked.findings);
        self.findings.extend(looked.told.iter().cloned().map(about));
        self.labels.add(looked.voices);
        if let Some(sketch) = looked.sketch {
            self.findings.extend(self.duplicates.add(&id, &file.path, sketch));
        }
        self.asked.extend(looked.asked);
        let guessed = looked.told.into_iter().filter(|diagnostic| diagnostic.code == "T010").collect();
        self.encodings.push((id.clone(), file.path.clone(), guessed));
        if !looked.front_matter.is_empty() {
            self.front_matter.insert(id.clone(), looked.front_matter);
        }
        self.files.insert(id, at);
    }
}

/// What a run says of a store besides what reading the transcripts had to say: warnings about labels and encodings.
/// Without `rules` nothing is known of interviewers.
///
/// # Errors
/// If the index cannot be read.
pub(super) fn of_store(snapshot: &Snapshot, rules: Option<&RoleRules>) -> Result<Vec<Diagnostic>, StoreError> {
    let mut labels = Labels::default();
    (0..snapshot.len()).for_each(|document| labels.add(snapshot.voices(document)));
    let properties = snapshot.properties();
    let mut findings = labels.findings(&properties.speakers, rules, |id| is_interview(properties, id)).findings;
    let documents = (0..snapshot.len()).map(|at| (snapshot.id(at), snapshot.path(at), snapshot.told(at)));
    findings.extend(lint::mixed_encodings(documents));
    findings.retain(|finding| finding.diagnostic.severity > Severity::Note);
    let placed = |finding: Finding| {
        let mut diagnostic = finding.diagnostic;
        if let (Some(document), Some(turn)) = (&finding.document, finding.turn) {
            diagnostic.line = snapshot.line_of(document, turn)?;
        }
        Ok(diagnostic)
    };
    findings.into_iter().map(placed).collect()
}

/// The rules by which a codebook tells interviewers.
pub(super) fn rules(codebook: &Codebook) -> RoleRules {
    RoleRules::new(&codebook.interviewers)
}
