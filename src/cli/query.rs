//! `qualcode query`.

use std::io::Write;

use anyhow::{Context, Result, bail};
use qualcode::codebook::Codebook;
use qualcode::diagnostic::Collected;
use qualcode::pattern::{self, CasePolicy, Node, ParseOptions};
use qualcode::pipeline;
use qualcode::query::{self, Hit, Query};
use qualcode::store::Snapshot;
use serde_json::{Value, json};

use crate::cli::args::{QueryArgs, QueryFormat};
use crate::cli::message::{Console, shown};
use crate::cli::{Ending, output};

pub(crate) const QUERY_HELP: &str = "\
Examples:
  qualcode query --store results/store 'IT manager NEAR/8 (trust* | rel* on)'
  qualcode query --store results/store --codebook codebooks/ism-three-tracks.json \\
    'code:storm-narrative NEAR/15 (learn* | review*)' --format csv

The columns of csv, json and jsonl: document, turn, sentence, end_sentence, speaker, start_time, start_char, end_char, start_byte, end_byte, left, text, right.";

/// Characters of a line for a terminal if its width is not known.
const WIDTH: usize = 120;

const COLUMNS: [&str; 13] = [
    "document",
    "turn",
    "sentence",
    "end_sentence",
    "speaker",
    "start_time",
    "start_char",
    "end_char",
    "start_byte",
    "end_byte",
    "left",
    "text",
    "right",
];

pub(crate) fn query(args: &QueryArgs, console: &Console) -> Result<Ending> {
    let codebook =
        args.codebook.as_deref().map(|path| pipeline::read_codebook(path, &Collected::default())).transpose()?;
    let tree = parse(&args.query, codebook.as_ref(), console)?;
    refuse_unknown_codes(&tree, codebook.as_ref())?;
    let snapshot = Snapshot::open(&args.store)?;
    if let Some(codebook) = &codebook {
        pipeline::refuse_language(codebook, snapshot.language(), &args.store)?;
    }
    // Without `code:` the codebook has nothing to say.
    let codebook = codebook.as_ref().filter(|_| !tree.codes().is_empty());
    let query = Query { pattern: &tree, codebook, context: args.context };
    let mut printer = Printer::new(args.format, console.colors_output())?;
    let mut failed = None;
    let limit = args.limit.unwrap_or(usize::MAX);
    let mut hits = 0;
    if limit > 0 {
        query::search(&snapshot, &query, |hit| {
            hits += 1;
            if let Err(error) = printer.print(&hit) {
                failed = Some(error);
            }
            failed.is_none() && hits < limit
        })?;
    }
    if let Some(error) = failed {
        return Err(error);
    }
    printer.finish()?;
    Ok(if hits == 0 { Ending::NothingFound } else { Ending::Done })
}

fn parse(text: &str, codebook: Option<&Codebook>, console: &Console) -> Result<Node> {
    let case = codebook.map_or(CasePolicy::Smart, |codebook| codebook.case);
    let told = |fault: &pattern::PatternFault| {
        let column = text[..fault.span.start].chars().count() + 1;
        format!("query, column {column}: {} [{}]\n    {}", fault.message, fault.code, fault.mend)
    };
    match pattern::parse(text, &ParseOptions { case, cue: false }) {
        Ok(parsed) => {
            parsed.warnings.iter().for_each(|warning| console.say(&told(warning)));
            Ok(parsed.tree)
        }
        Err(faults) => bail!("{}", faults.iter().map(told).collect::<Vec<_>>().join("\n")),
    }
}

fn refuse_unknown_codes(tree: &Node, codebook: Option<&Codebook>) -> Result<()> {
    for id in tree.codes() {
        let Some(codebook) = codebook else {
            bail!("the query asks for code:{id}, but there is no codebook; name one with --codebook FILE");
        };
        if !codebook.codes.iter().any(|code| code.id == id) {
            bail!(
                "the query asks for code:{id}, but the codebook {} has no such code; `qualcode codebook check` lists what is in it",
                codebook.id
            );
        }
    }
    Ok(())
}

/// Writes hits in one format.
struct Printer {
    format: QueryFormat,
    color: bool,
    width: usize,
    output: std::io::BufWriter<std::io::StdoutLock<'static>>,
    printed: usize,
}

impl Printer {
    fn new(format: QueryFormat, color: bool) -> Result<Self> {
        let width = terminal_width().unwrap_or(WIDTH);
        let mut printer = Self { format, color, width, output: output(), printed: 0 };
        match format {
            QueryFormat::Csv => printer.csv(COLUMNS.map(str::to_owned))?,
            QueryFormat::Json => printer.output.write_all(b"[")?,
            QueryFormat::Table | QueryFormat::Jsonl => {}
        }
        Ok(printer)
    }

    fn print(&mut self, hit: &Hit) -> Result<()> {
        match self.format {
            QueryFormat::Table => {
                let line = line(hit, self.width, self.color);
                self.output.write_all(line.as_bytes())?;
                if self.printed == 0 {
                    // The first hit is shown at once, however long the rest takes.
                    self.output.flush()?;
                }
            }
            QueryFormat::Csv => self.csv(cells(hit))?,
            QueryFormat::Json => {
                let between: &[u8] = if self.printed == 0 { b"\n " } else { b",\n " };
                self.output.write_all(between)?;
                self.output.write_all(object(hit).to_string().as_bytes())?;
            }
            QueryFormat::Jsonl => {
                self.output.write_all(object(hit).to_string().as_bytes())?;
                self.output.write_all(b"\n")?;
            }
        }
        self.printed += 1;
        Ok(())
    }

    fn finish(mut self) -> Result<()> {
        if self.format == QueryFormat::Json {
            self.output.write_all(if self.printed == 0 { b"]\n" } else { b"\n]\n" })?;
        }
        self.output.flush().context("standard output")
    }

    fn csv(&mut self, cells: [String; 13]) -> Result<()> {
        let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
        writer.write_record(&cells)?;
        self.output.write_all(&writer.into_inner().map_err(|error| error.into_error())?)?;
        Ok(())
    }
}

fn terminal_width() -> Option<usize> {
    let (_, columns) = console_size()?;
    Some(usize::from(columns))
}

fn console_size() -> Option<(u16, u16)> {
    rustix::termios::tcgetwinsize(std::io::stdout())
        .ok()
        .filter(|size| size.ws_col > 0)
        .map(|size| (size.ws_row, size.ws_col))
}

fn cells(hit: &Hit) -> [String; 13] {
    [
        hit.document.clone(),
        hit.turn.to_string(),
        hit.sentence.to_string(),
        hit.end_sentence.to_string(),
        hit.speaker.clone().unwrap_or_default(),
        hit.start_time.map_or_else(String::new, |time| time.to_string()),
        hit.chars.start.to_string(),
        hit.chars.end.to_string(),
        hit.bytes.start.to_string(),
        hit.bytes.end.to_string(),
        hit.left.clone(),
        hit.text.clone(),
        hit.right.clone(),
    ]
}

fn object(hit: &Hit) -> Value {
    json!({
        "document": hit.document,
        "turn": hit.turn,
        "sentence": hit.sentence,
        "end_sentence": hit.end_sentence,
        "speaker": hit.speaker,
        "start_time": hit.start_time,
        "start_char": hit.chars.start,
        "end_char": hit.chars.end,
        "start_byte": hit.bytes.start,
        "end_byte": hit.bytes.end,
        "left": hit.left,
        "text": hit.text,
        "right": hit.right,
    })
}

/// One hit as a line: place and speaker, then the words so that what was found stands in one column.
fn line(hit: &Hit, width: usize, color: bool) -> String {
    let [document, speaker, left, found, right] =
        [&hit.document, hit.speaker.as_deref().unwrap_or_default(), &hit.left, &hit.text, &hit.right].map(shown);
    let place_width = width / 4;
    let place = last_chars(format!("{document}#{} {speaker}", hit.turn).trim_end(), place_width);
    let left_width = width.saturating_sub(place_width + 2) * 2 / 5;
    let right_width = width.saturating_sub(place_width + 2 + left_width + found.chars().count());
    let left = last_chars(left.trim_start(), left_width);
    let right: String = right.chars().take(right_width).collect();
    let (on, off) = if color { ("\u{1b}[1;31m", "\u{1b}[0m") } else { ("", "") };
    format!("{place:<place_width$}  {left:>left_width$}{on}{found}{off}{}\n", right.trim_end())
}

/// The last `count` characters of a text.
fn last_chars(text: &str, count: usize) -> String {
    let length = text.chars().count();
    text.chars().skip(length.saturating_sub(count)).collect()
}
