//! Fifty-seven hearings as printed: lines of 72 columns, labels such as `    Mr. Smith. Thank you`.
//!
//! The labels are found a second time by a plain regular expression over the lines, and the two must agree by name
//! and number, but for the lines that [`NOT_LABELS`] names.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use qualcode::corpus::{self, FileBytes, Format, ParagraphKind, Transcript};
use regex::Regex;

use crate::oracle;

/// Lines that look like labels to the expression and are none, with the reason.
const NOT_LABELS: &[(&str, &str)] = &[
    (r"^(Mr|Ms|Dr)\.? [\w'’-]+( and| or|--and|\b.* (is|was|for|has|here)\b)", "a sentence that begins with a name"),
    (r"^(Mr|Ms)\. \w+ from \w", "the chair calls on somebody"),
    (r"^(Mr|Hon)\. \w+ [A-Z]$", "the initial of a name in a list"),
    (r"^Mr\. (Andrews|Austria|Bishop) of ", "a list of members who were present"),
];

fn set() -> Option<tempfile::TempDir> {
    let archive = oracle::corpora()?.join("congress-hearings.tar.gz");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let done = Command::new("tar").arg("xzf").arg(archive).arg("-C").arg(folder.path()).status();
    assert!(done.is_ok_and(|status| status.success()), "tar cannot unpack the hearings");
    Some(folder)
}

/// What stands between `<pre>` and `</pre>`, markup and entities resolved.
fn plain(file: &Path) -> String {
    let page = String::from_utf8_lossy(&fs::read(file).expect("a readable file")).into_owned();
    let (_, rest) = page.split_once("<pre>").expect("printed text");
    let (printed, _) = rest.split_once("</pre>").unwrap_or((rest, ""));
    let text = Regex::new("<[^>]+>").expect("a pattern").replace_all(printed, "").into_owned();
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

fn read(text: &str) -> Transcript {
    let bytes = FileBytes::new(text.as_bytes().to_vec());
    corpus::parse("a", "a.txt", Format::Text, bytes).expect("a transcript").0
}

/// Every label with the number of times it stands at the start of a paragraph with words after it, and the number of
/// times it stands alone.
fn printed(text: &str) -> BTreeMap<String, (usize, usize)> {
    let name = r"[A-Z][\w'’.-]*?";
    let label = Regex::new(&format!(
        r"(?m)^    ((?:The (?:Vice |Acting )?(?:Chairman|Chairwoman|Chair|Clerk|Secretary|Witness)|(?:Mr|Ms|Mrs|Dr)\.? +{name}[^.:,;?!\[(\n]*|(?:Senator|Chairman|Chairwoman|Secretary|Governor|Professor) {name}(?: [A-Z][\w'’-]+| of [A-Z]\w+)*)(?: [\[(](?:presiding|Presiding|continuing)[\])])?\.)( *\n|\s|--)"
    ))
    .expect("a pattern");
    let addressed = Regex::new(r"^(Mr|Ms|Mrs|Dr)\.? (Chair|Secretary|President)").expect("a pattern");
    let none: Vec<Regex> = NOT_LABELS.iter().map(|(line, _)| Regex::new(line).expect("a pattern")).collect();
    let mut labels: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for found in label.captures_iter(text) {
        let name = found[1].split(" [").next().unwrap_or("").split(" (").next().unwrap_or("").trim_end_matches('.');
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        // A line of a table of contents.
        if found[1].contains("..") || addressed.is_match(&name) || none.iter().any(|line| line.is_match(&name)) {
            continue;
        }
        let counts = labels.entry(name).or_default();
        if found[2].contains('\n') { counts.1 += 1 } else { counts.0 += 1 }
    }
    // A name that stands alone and only once is somebody who is called on.
    labels.retain(|_, (speaks, alone)| *speaks > 0 || *alone > 1);
    labels
}

#[test]
fn speakers_are_the_printed_ones() {
    let Some(folder) = set() else { return };
    let mut read_files = 0;
    let mut differ = Vec::new();
    for entry in fs::read_dir(folder.path().join("congress-hearings")).expect("hearings") {
        let file = entry.expect("a file").path();
        if file.extension().is_none_or(|extension| extension != "htm") {
            continue;
        }
        let text = plain(&file);
        let transcript = read(&text);
        assert_eq!(transcript.text, text, "{file:?}: the text must stay as it is");
        let mut found: BTreeMap<String, usize> = BTreeMap::new();
        for label in transcript.paragraphs.iter().filter_map(|paragraph| paragraph.label.clone()) {
            *found.entry(label).or_default() += 1;
        }
        let expected: BTreeMap<String, usize> =
            printed(&text).into_iter().map(|(name, (speaks, alone))| (name, speaks + alone)).collect();
        for name in found.keys().chain(expected.keys()).collect::<BTreeSet<_>>() {
            if found.get(name) != expected.get(name) {
                differ.push(format!(
                    "{:?} {name}: {:?}, printed {:?}",
                    file.file_name(),
                    found.get(name),
                    expected.get(name)
                ));
            }
        }
        read_files += 1;
    }
    assert!(differ.is_empty(), "{differ:#?}");
    assert_eq!(read_files, 57);
}

#[test]
fn print_is_not_speech() {
    let Some(folder) = set() else { return };
    let transcript = read(&plain(&folder.path().join("congress-hearings/CHRG-111hhrg53021.htm")));
    let kind_of = |words: &str| {
        let found =
            transcript.paragraphs.iter().find(|paragraph| paragraph.words.of(&transcript.text).starts_with(words));
        found.map(|paragraph| paragraph.kind)
    };
    // From the prepared statement, from the answer that follows it, and from a letter after the hearing.
    assert_eq!(kind_of("We propose to achieve this with the following broad steps:"), Some(ParagraphKind::Heading));
    assert_eq!(kind_of("Our success is also attributable to the people of 3M."), Some(ParagraphKind::Heading));
    let answers =
        transcript.paragraphs.iter().filter(|paragraph| paragraph.label.as_deref() == Some("Secretary Geithner"));
    assert!(answers.clone().count() > 50 && answers.clone().all(|paragraph| paragraph.kind == ParagraphKind::Speech));
}
