//! Why a passage is coded as it is: what every pattern finds in it, and what kept back what is no coding.

use crate::codebook::{Codebook, Pattern};
use crate::coding::{Candidate, Fate, TracedRow};
use crate::pattern::Node;
use crate::span::{Evaluator, Leaves, Span, Veto};

/// What one pattern found at one place, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// Id of the code.
    pub code: String,
    /// Id of the pattern.
    pub pattern: String,
    /// The pattern as written.
    pub text: String,
    /// First token, counted from 0 in the passage.
    pub start_token: u32,
    /// One past the last token.
    pub end_token: u32,
    /// The words there, as they stand in the passage.
    pub words: String,
    /// What became of it.
    pub outcome: Outcome,
    /// Whether it counts: it is coded, its role is one of the pattern's, and the turn holds more than backchannels.
    /// None where no role is known.
    pub counted: Option<bool>,
    /// What the outcome is due to: the pattern that it lost to, the exclusion, or the guard.
    pub by: Option<String>,
    /// The words that are at the root of it.
    pub by_words: Option<String>,
    /// The same for people; empty for what is coded without reserve.
    pub reason: String,
}

/// What became of a span that a pattern found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// A coding.
    Coded,
    /// Overlapped by a coding of the same code.
    Lost,
    /// Kept back by an exclusion in the pattern.
    Vetoed,
    /// Kept back by the pattern's questions or attributes.
    Guarded,
}

impl Outcome {
    /// Its name in tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Coded => "coded",
            Self::Lost => "lost",
            Self::Vetoed => "vetoed",
            Self::Guarded => "guarded",
        }
    }
}

/// A passage to be explained.
#[derive(Debug, Clone, Copy)]
pub struct ExplainedPassage<'p> {
    /// Its number in the block.
    pub row: u32,
    /// Its words.
    pub words: &'p str,
    /// Half-open byte ranges of its tokens in `words`.
    pub tokens: &'p [(u32, u32)],
    /// What the guards see of it; none for a sentence outside any interview, where guards do not hold anything back.
    pub setting: Option<&'p TracedRow>,
}

/// Everything that the patterns of a codebook find in each of some passages, in the order of the codebook. `found` is
/// what [`candidates()`](crate::coding::candidates()) gives for the same evaluator.
///
/// # Errors
/// If a leaf cannot be read.
pub fn explain<L: Leaves>(
    codebook: &Codebook,
    evaluator: &Evaluator<'_, L>,
    found: &[Vec<Candidate>],
    passages: &[ExplainedPassage<'_>],
) -> Result<Vec<Vec<Explanation>>, L::Error> {
    let coded: Vec<Vec<Span>> = found
        .iter()
        .map(|found| found.iter().filter(|one| one.fate == Fate::Coded).map(|one| one.span).collect())
        .collect();
    let codes = |id: &str| -> &[Span] {
        codebook.codes.iter().position(|code| code.id == id).map_or(&[], |position| coded[position].as_slice())
    };
    let mut explained = vec![Vec::new(); passages.len()];
    for (at, code) in codebook.codes.iter().enumerate() {
        let vetoed: Vec<_> =
            code.patterns.iter().map(|pattern| evaluator.vetoed(&pattern.tree, &codes)).collect::<Result<_, _>>()?;
        for (&passage, explained) in passages.iter().zip(&mut explained) {
            let teller = Teller { codebook, code: at, passage };
            let first = explained.len();
            let here = |candidate: &&Candidate| candidate.span.turn == passage.row;
            explained.extend(found[at].iter().filter(here).map(|candidate| teller.candidate(candidate)));
            for (position, vetoed) in vetoed.iter().enumerate() {
                let here = vetoed.iter().filter(|vetoed| vetoed.span.turn == passage.row);
                explained.extend(here.map(|vetoed| teller.vetoed(position, vetoed.span, &vetoed.by)));
            }
            explained[first..].sort_by_key(|one| (one.outcome, one.start_token, one.end_token));
        }
    }
    Ok(explained)
}

/// Tells what became of the spans of one code.
struct Teller<'a> {
    codebook: &'a Codebook,
    code: usize,
    passage: ExplainedPassage<'a>,
}

impl Teller<'_> {
    fn pattern(&self, position: usize) -> &Pattern {
        &self.codebook.codes[self.code].patterns[position]
    }

    fn words(&self, span: Span) -> String {
        let tokens = self.passage.tokens;
        let (first, last) = (tokens.get(span.start as usize), tokens.get((span.end as usize).saturating_sub(1)));
        let place = first.zip(last).map(|(first, last)| first.0 as usize..last.1 as usize);
        let words = place.and_then(|place| self.passage.words.get(place)).unwrap_or_default();
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn told(&self, position: usize, span: Span, outcome: Outcome) -> Explanation {
        let pattern = self.pattern(position);
        Explanation {
            code: self.codebook.codes[self.code].id.clone(),
            pattern: pattern.id.clone(),
            text: pattern.text.clone(),
            start_token: span.start,
            end_token: span.end,
            words: self.words(span),
            outcome,
            counted: self.passage.setting.map(|_| false),
            by: None,
            by_words: None,
            reason: String::new(),
        }
    }

    fn candidate(&self, candidate: &Candidate) -> Explanation {
        let &Candidate { span, pattern: position, fate } = candidate;
        match fate {
            Fate::Coded => self.coded(position, span),
            Fate::Guarded => {
                let guard = guard(self.codebook, self.pattern(position));
                let mut told = self.told(position, span, Outcome::Guarded);
                let question = self.passage.setting.and_then(|setting| setting.question);
                let under = match question {
                    Some(question) => format!("question {}", self.codebook.questions[question].id),
                    None => "no question of the guide".to_owned(),
                };
                told.reason = format!("the pattern applies only {guard}; this turn is under {under}");
                told.by = Some(guard);
                told
            }
            Fate::Lost { to, pattern } => {
                let mut told = self.told(position, span, Outcome::Lost);
                let (winner, words) = (&self.pattern(pattern).id, self.words(to));
                let why = if to.start < span.start {
                    "starts earlier"
                } else if to.end > span.end {
                    "is longer"
                } else {
                    "stands first in the list"
                };
                told.reason = format!("overlaps \"{words}\" of {winner}, which {why}");
                told.by = Some(winner.clone());
                told.by_words = Some(words);
                told
            }
        }
    }

    fn coded(&self, position: usize, span: Span) -> Explanation {
        let mut told = self.told(position, span, Outcome::Coded);
        let pattern = self.pattern(position);
        let Some(setting) = self.passage.setting else {
            if !pattern.questions.is_empty() || !pattern.attributes.is_empty() {
                let guard = guard(self.codebook, pattern);
                told.reason = format!("in an interview the pattern applies only {guard}");
                told.by = Some(guard);
            }
            return told;
        };
        if setting.backchannel {
            told.reason = "does not count: the turn holds nothing but backchannels".to_owned();
        } else if !pattern.roles.contains(&setting.role) {
            let roles: Vec<&str> = pattern.roles.iter().map(|role| role.as_str()).collect();
            told.reason = format!(
                "does not count: said by the {}, and the pattern is for: {}",
                setting.role.as_str(),
                roles.join(", ")
            );
        } else {
            told.counted = Some(true);
        }
        told
    }

    fn vetoed(&self, position: usize, span: Span, by: &[Veto<'_>]) -> Explanation {
        let mut told = self.told(position, span, Outcome::Vetoed);
        let exclusions: Vec<String> = by.iter().map(|veto| exclusion(veto.node)).collect();
        let words = |veto: &Veto<'_>| {
            let mut words: Vec<String> = veto.spans.iter().map(|&span| self.words(span)).collect();
            words.dedup();
            words
        };
        let each: Vec<String> = by
            .iter()
            .zip(&exclusions)
            .map(|(veto, exclusion)| format!("\"{}\", for `{exclusion}`", words(veto).join("\", \"")))
            .collect();
        told.reason = format!("kept back by {}", each.join("; and by "));
        told.by = Some(exclusions.join("; "));
        told.by_words = Some(by.iter().flat_map(words).collect::<Vec<_>>().join("; "));
        told
    }
}

/// The operator and right side of an exclusion: `NOT AFTER/3 (not OR never)`.
fn exclusion(node: &Node) -> String {
    let (left, whole) = match node {
        Node::AndNot(left, _) | Node::Except(left, _) | Node::NotNear { left, .. } => (left, node.to_string()),
        _ => return node.to_string(),
    };
    let left = left.to_string();
    // The left side stands in parentheses where it is itself an operation.
    let rest = whole.strip_prefix(&left).or_else(|| whole.strip_prefix(&format!("({left})")));
    rest.unwrap_or(&whole).trim().to_owned()
}

/// A pattern's guards in words: `under the questions a1, a2 and where site is north`.
fn guard(codebook: &Codebook, pattern: &Pattern) -> String {
    let mut parts = Vec::new();
    if !pattern.questions.is_empty() {
        let ids = pattern.questions.iter().filter_map(|&at| codebook.questions.get(at)).map(|question| &*question.id);
        let word = if pattern.questions.len() == 1 { "question" } else { "questions" };
        parts.push(format!("under the {word} {}", ids.collect::<Vec<_>>().join(", ")));
    }
    for (name, values) in &pattern.attributes {
        parts.push(format!("where {name} is {}", values.join(" or ")));
    }
    parts.join(" and ")
}

#[cfg(test)]
mod tests {
    use super::{ExplainedPassage, Explanation, Outcome, explain};
    use crate::codebook::{Codebook, load};
    use crate::coding;
    use crate::span::{Evaluator, LeafTable, MemoryLeaves};
    use crate::text;

    fn codebook(patterns: &str) -> Codebook {
        let file = format!(
            r#"{{"format": 1, "id": "b", "language": "en", "tracks": [{{"id": "m", "label": "M"}}],
                "themes": [{{"id": "t", "label": "T"}}], "guide": [{{"id": "q", "label": "Q", "cues": ["why"]}}],
                "codes": [{{"id": "a", "theme": "t", "tracks": ["m"], "label": "A", "patterns": {patterns}}}]}}"#
        );
        load(file.as_bytes(), "b.json").expect("a good codebook").0
    }

    fn explained(patterns: &str, sentence: &str) -> Vec<Explanation> {
        let codebook = codebook(patterns);
        let mut table = LeafTable::default();
        codebook.codes.iter().flat_map(|code| &code.patterns).for_each(|pattern| table.add(&pattern.tree));
        let leaves = MemoryLeaves::from_text(&table, "en", &[sentence]).expect("English");
        let evaluator = Evaluator::new(&table, &leaves);
        let Ok(found) = coding::candidates(&codebook, &evaluator, |_, _, _| true);
        let mut tokens = Vec::new();
        text::token_spans(sentence, 0, &mut tokens);
        let tokens: Vec<(u32, u32)> = tokens.iter().map(|token| (token.start, token.end)).collect();
        let passage = ExplainedPassage { row: 0, words: sentence, tokens: &tokens, setting: None };
        let Ok(explained) = explain(&codebook, &evaluator, &found, &[passage]);
        explained.into_iter().flatten().collect()
    }

    #[test]
    fn what_lost_names_the_winner_and_why() {
        let told = explained(r#"["manager", "IT manager", "IT manager"]"#, "The IT manager did.");
        let short: Vec<_> = told.iter().map(|one| (one.pattern.as_str(), one.outcome, one.reason.as_str())).collect();
        assert_eq!(
            short,
            [
                ("a#2", Outcome::Coded, ""),
                ("a#3", Outcome::Lost, "overlaps \"IT manager\" of a#2, which stands first in the list"),
                ("a#1", Outcome::Lost, "overlaps \"IT manager\" of a#2, which starts earlier"),
            ]
        );
    }

    #[test]
    fn what_is_vetoed_names_the_exclusion_and_its_words() {
        let told = explained(r#"["(safe | secure) NOT AFTER/3 (not | never)"]"#, "It is not at all safe.");
        assert_eq!(told.len(), 1);
        assert_eq!((told[0].outcome, told[0].words.as_str()), (Outcome::Vetoed, "safe"));
        assert_eq!(told[0].reason, "kept back by \"not\", for `NOT AFTER/3 (\"not\" OR never)`");
    }

    #[test]
    fn a_guard_is_told_though_a_sentence_has_no_interview() {
        let told =
            explained(r#"[{"match": "safe", "questions": ["q"], "where": {"site": ["north", "south"]}}]"#, "Safe.");
        assert_eq!(told[0].outcome, Outcome::Coded);
        assert_eq!(
            told[0].reason,
            "in an interview the pattern applies only under the question q and where site is north or south"
        );
    }
}
