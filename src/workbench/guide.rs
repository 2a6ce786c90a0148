//! Which questions of a codebook's guide are asked in an interview, and which are not found.

use crate::codebook::Codebook;
use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::Finding;
use crate::segment::Passage;
use crate::span::{Evaluator, LeafMatchers, LeafTable, MemoryLeavesBuilder, Span, WordError};

/// Questions that a finding names.
const NAMED: usize = 4;
/// Documents from which "nearly everywhere" means something.
const DOCUMENTS: usize = 4;

/// A codebook's guide, made ready to be looked for.
#[derive(Debug)]
pub struct Guide<'c> {
    codebook: &'c Codebook,
    table: LeafTable,
    matchers: LeafMatchers,
}

/// Which questions are asked in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Document id.
    pub document: String,
    /// Path below the corpus folder.
    pub path: String,
    /// For each question of the guide, whether one of its cues is found.
    pub questions: Vec<bool>,
}

impl<'c> Guide<'c> {
    /// The guide of a codebook.
    ///
    /// # Errors
    /// If a word of a cue does not compile, which a checked codebook's do.
    pub fn new(codebook: &'c Codebook) -> Result<Self, WordError> {
        let mut table = LeafTable::default();
        codebook.questions.iter().flat_map(|question| &question.cues).for_each(|cue| table.add(cue));
        let matchers = LeafMatchers::new(&table, &codebook.language)?;
        Ok(Self { codebook, table, matchers })
    }

    /// For each question, whether a heading or a passage that `asks` holds one of its cues.
    pub fn asked(&self, text: &str, passages: &[Passage], asks: impl Fn(&Passage) -> bool) -> Vec<bool> {
        let mut builder = MemoryLeavesBuilder::new(&self.matchers);
        for passage in passages.iter().filter(|passage| passage.turn == 0 || asks(passage)) {
            let sentences = passage.sentences.iter().map(|sentence| sentence.first_token).collect();
            builder.push_words(passage.tokens.iter().map(|token| token.of(text)), sentences);
        }
        let leaves = builder.finish();
        let evaluator = Evaluator::new(&self.table, &leaves);
        let no_codes = |_: &str| -> &[Span] { &[] };
        let is_found = |cue| {
            let Ok(spans) = evaluator.evaluate(cue, &no_codes);
            !spans.is_empty()
        };
        self.codebook.questions.iter().map(|question| question.cues.iter().any(is_found)).collect()
    }
}

/// Tells questions that are found in no document, as a finding about the codebook whose file is `name`, and for each
/// document those that are not found there. It is a warning where nearly all others (three quarters) ask one of them,
/// or where none is found at all, and else a note: not every interview comes to every question.
pub fn guide_findings(codebook: &Codebook, name: &str, documents: &[Asked]) -> Vec<Finding> {
    let times = |question: usize| documents.iter().filter(|asked| asked.questions.get(question) == Some(&true)).count();
    let found: Vec<usize> = (0..codebook.questions.len()).map(times).collect();
    let quoted = |question: usize| format!("\"{}\"", codebook.questions[question].id);
    let mut findings = Vec::new();
    let never: Vec<usize> = (0..found.len()).filter(|&question| found[question] == 0).collect();
    if !never.is_empty() && !documents.is_empty() {
        let message = format!("no document asks the guide's {}", listed(&never, quoted));
        let mend = "read how the question is asked and add such a cue; the interviewer must be known, too (L005)";
        let diagnostic = Diagnostic::new(Severity::Warning, "L006", name, message, mend);
        findings.push(Finding { diagnostic, document: None, turn: None });
    }
    for asked in documents {
        let missing: Vec<usize> =
            (0..found.len()).filter(|&question| found[question] > 0 && !asked.questions[question]).collect();
        if missing.is_empty() {
            continue;
        }
        let none = !asked.questions.contains(&true);
        let usual = |&question: &usize| documents.len() >= DOCUMENTS && found[question] * 4 >= documents.len() * 3;
        let severity = if none || missing.iter().any(usual) { Severity::Warning } else { Severity::Note };
        let message = if none {
            "none of the guide's questions is found".to_owned()
        } else {
            format!("not found here: the guide's {}", listed(&missing, quoted))
        };
        let mend = "if it was asked, add its words as a cue to the codebook's guide; if not, nothing needs mending";
        let diagnostic = Diagnostic::new(severity, "L006", &*asked.path, message, mend);
        findings.push(Finding { diagnostic, document: Some(asked.document.clone()), turn: None });
    }
    findings
}

fn listed(questions: &[usize], quoted: impl Fn(usize) -> String) -> String {
    let word = if questions.len() == 1 { "question" } else { "questions" };
    let names: Vec<String> = questions.iter().take(NAMED).map(|&question| quoted(question)).collect();
    let more = questions.len() - names.len();
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{word} {}{more}", names.join(", "))
}

#[cfg(test)]
mod tests {
    use super::{Asked, guide_findings};
    use crate::codebook::{self, Codebook};

    fn book() -> Codebook {
        let text = r#"{"format": 1, "id": "b", "title": "B", "language": "en",
            "tracks": [{"id": "m", "label": "M"}], "themes": [{"id": "t", "label": "T"}],
            "guide": [{"id": "a", "label": "A", "cues": ["plans"]}, {"id": "b", "label": "B", "cues": ["storms"]},
                      {"id": "c", "label": "C", "cues": ["never"]}],
            "codes": [{"id": "x", "theme": "t", "tracks": ["m"], "label": "X", "definition": "x", "patterns": ["x"]}]}"#;
        codebook::load(text.as_bytes(), "b.json").expect("a codebook").0
    }

    fn told(asked: &[[bool; 3]]) -> Vec<String> {
        let asked = asked.iter().enumerate().map(|(at, questions)| Asked {
            document: at.to_string(),
            path: format!("{at}.txt"),
            questions: questions.to_vec(),
        });
        let told = |finding: crate::lint::Finding| {
            let told = finding.diagnostic;
            format!("{} {}: {}", told.path, told.severity.as_str(), told.message)
        };
        guide_findings(&book(), "b.json", &asked.collect::<Vec<_>>()).into_iter().map(told).collect()
    }

    #[test]
    fn what_nearly_all_ask_is_missed() {
        assert_eq!(
            told(&[[true, true, false], [true, false, false], [true, false, false], [false, true, false]]),
            [
                "b.json warning: no document asks the guide's question \"c\"",
                "1.txt note: not found here: the guide's question \"b\"",
                "2.txt note: not found here: the guide's question \"b\"",
                "3.txt warning: not found here: the guide's question \"a\"",
            ]
        );
        assert_eq!(told(&[[true; 3], [false; 3]]), ["1.txt warning: none of the guide's questions is found"]);
        assert_eq!(told(&[[true; 3]]), [] as [&str; 0]);
        assert_eq!(told(&[]), [] as [&str; 0]);
    }
}
