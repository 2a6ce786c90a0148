//! WordStat's categorisation dictionaries (`.cat`).
//!
//! ```text
//! AFFECT                                  a category; tabs before a line put it below the one above
//! <TAB>POSITIVE
//! <TAB><TAB>GLAD* (1)                     a word, with * and ?, _ for a space, and its weight
//! <TAB>NOT_GOOD
//! <TAB><TAB>@NOTGOOD [#POSITIVE AFTER #NEGATIONS /S 3] (1)     a rule; # names a category with all below it
//! ```
//!
//! Rules become patterns with NEAR, BEFORE, AFTER, AND and their negations; a category in them becomes `code:` of the
//! codes that it became. WordStat takes no notice of capitals.

mod rule;

use std::collections::{BTreeMap, HashMap};

use super::error::ImportError;
use super::loss::{Loss, Place};
use super::tree::{DEEPEST, Forest, Settings, Wordless};
use super::word::{self, Notation};
use super::{Imported, text, xml};
use crate::codebook::file::{CaseEntry, CodebookFile, GuardedPattern, PatternEntry};
use crate::pattern::{ParseOptions, parse};

use rule::{Operand, Rule};

const KIND: &str = "WordStat dictionary";
/// Most rules of a dictionary: each is held against all others, to find circles.
const MOST_RULES: usize = 1_000;
const NOTATION: Notation = Notation { star: true, question: true, underscore: true };

/// Whether a line is indented by a tab and ends with a weight in parentheses.
pub(super) fn looks_like(bytes: &[u8]) -> bool {
    text::beginning(bytes).lines().any(|line| line.starts_with('\t') && weighted(line.trim()).is_some())
}

/// A word and the weight behind it.
fn weighted(line: &str) -> Option<(&str, &str)> {
    let (word, weight) = line.strip_suffix(')')?.rsplit_once(" (")?;
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '-');
    (!weight.is_empty() && weight.chars().all(is_number)).then_some((word.trim_end(), weight))
}

/// A rule that waits for the ids of the codes that it names.
struct Waiting<'a> {
    category: usize,
    line: u32,
    text: &'a str,
    rule: Rule,
}

struct Reader<'a> {
    forest: Forest,
    losses: Vec<Loss>,
    /// The category above each, and its name, in the order of the file.
    names: Vec<(Option<usize>, String)>,
    /// Whether a category has words or rules, so that it becomes a code.
    filled: Vec<bool>,
    waiting: Vec<Waiting<'a>>,
}

/// Reads one.
///
/// # Errors
/// If it is no such dictionary or has nothing that can be carried over.
pub(super) fn import(bytes: &[u8], name: &str) -> Result<Imported, ImportError> {
    if xml::begins_with(bytes, &["dictionary", "CodeBook"]) {
        let what = "the file is XML, such as Yoshikoder writes, though its name ends otherwise";
        return Err(ImportError::malformed(KIND, 1, what, "name its kind with --from, such as --from yoshikoder"));
    }
    let mut losses = Vec::new();
    let text = text::read(bytes, &mut losses)?;
    let mut reader =
        Reader { forest: Forest::default(), losses, names: Vec::new(), filled: Vec::new(), waiting: Vec::new() };
    let mut open: Vec<(usize, usize)> = Vec::new();
    for (line, number) in text.lines().zip(1u32..) {
        if !line.trim().is_empty() {
            reader.line(line, number, &mut open)?;
        }
    }
    reader.finish(name)
}

impl<'a> Reader<'a> {
    fn line(&mut self, line: &'a str, number: u32, open: &mut Vec<(usize, usize)>) -> Result<(), ImportError> {
        let depth = line.chars().take_while(|c| *c == '\t').count();
        if depth > DEEPEST {
            let what = format!("categories lie more than {DEEPEST} deep in one another");
            return Err(ImportError::malformed(KIND, number, what, "take tabs off the beginning of the line"));
        }
        let content = line.trim();
        open.retain(|(other, _)| *other < depth);
        let above = open.last().map(|(_, category)| *category);
        match (weighted(content), content.starts_with('@')) {
            (Some((word, weight)), _) => self.entry(above, word, Some(weight), number),
            (None, true) => self.entry(above, content, None, number),
            (None, false) => {
                let at = self.forest.add(above, content, Some(number));
                if at == self.names.len() {
                    self.names.push((above, content.to_owned()));
                    self.filled.push(false);
                }
                open.push((depth, at));
            }
        }
        Ok(())
    }

    fn entry(&mut self, above: Option<usize>, text: &'a str, weight: Option<&str>, line: u32) {
        let path = above.map(|at| self.forest.path(at)).unwrap_or_default();
        let place = Place { line: Some(line), category: &path, text };
        let Some(category) = above else {
            let why = "it stands in no category; indent it by a tab below one";
            return self.losses.push(Loss::left_out("I014", place, "is left out", why));
        };
        if let Some(weight) = weight.filter(|weight| *weight != "1") {
            self.losses.push(Loss::note(
                "I007",
                place,
                None,
                format!("counts {weight} times there and once here"),
                "codings are not weighted; multiply in the tables",
            ));
        }
        if text.starts_with('@') {
            let inside = text.split_once('[').and_then(|(_, rest)| rest.rsplit_once(']')).map(|(inside, _)| inside);
            let read = inside.ok_or_else(|| "a rule stands between square brackets".to_owned()).and_then(rule::parse);
            return match read {
                Ok(_) if self.waiting.len() == MOST_RULES => {
                    let why = format!("a dictionary has at most {MOST_RULES} rules here; split it");
                    self.losses.push(Loss::left_out("I020", place, "is left out", why));
                }
                Ok(rule) => {
                    self.fill(category);
                    self.waiting.push(Waiting { category, line, text, rule });
                }
                Err(why) => self.losses.push(Loss::left_out("I020", place, "is left out", why)),
            };
        }
        if let Some(pattern) = word::pattern(place, NOTATION, &mut self.losses) {
            self.fill(category);
            self.forest.add_pattern(category, pattern, None);
        }
    }

    fn fill(&mut self, category: usize) {
        if let Some(filled) = self.filled.get_mut(category) {
            *filled = true;
        }
    }

    fn finish(mut self, name: &str) -> Result<Imported, ImportError> {
        // A category of rules alone must become a code before their patterns are known.
        for waiting in &self.waiting {
            if let Some(category) = self.forest.get_mut(waiting.category)
                && category.patterns.is_empty()
            {
                category.patterns.push(PatternEntry::Text(String::new()));
            }
        }
        let settings = Settings { kind: KIND, name, case: CaseEntry::Insensitive, wordless: Wordless::LeftOut };
        let paths: Vec<String> = self.waiting.iter().map(|waiting| self.forest.path(waiting.category)).collect();
        let mut imported = self.forest.into_imported(settings, self.losses)?;
        // Codes come in the order of the categories that are filled.
        let mut code_of: Vec<Option<usize>> = Vec::with_capacity(self.names.len());
        let mut next = 0;
        for filled in &self.filled {
            code_of.push(filled.then_some(next));
            next += usize::from(*filled);
        }
        for code in &mut imported.file.codes {
            code.patterns.retain(|pattern| *pattern != PatternEntry::Text(String::new()));
        }
        let categories = Categories::of(&self.names, &code_of);
        let mut edges: Vec<Vec<usize>> = vec![Vec::new(); imported.file.codes.len()];
        for (at, waiting) in self.waiting.iter().enumerate() {
            let path = paths.get(at).map_or("", String::as_str);
            let place = Place { line: Some(waiting.line), category: path, text: waiting.text };
            let Some(code) = code_of.get(waiting.category).copied().flatten() else { continue };
            match became(waiting, code, &categories, &imported.file, place, &mut edges) {
                Err((code, why)) => imported.losses.push(Loss::left_out(code, place, "is left out", why)),
                Ok((pattern, losses)) => {
                    imported.losses.extend(losses);
                    if let Some(entry) = imported.file.codes.get_mut(code) {
                        entry.patterns.push(PatternEntry::Guarded(pattern));
                    }
                }
            }
        }
        Ok(imported)
    }
}

/// Categories by name, and the codes in and below each.
struct Categories<'a> {
    by_name: HashMap<String, usize>,
    names: &'a [(Option<usize>, String)],
    code_of: &'a [Option<usize>],
}

impl<'a> Categories<'a> {
    fn of(names: &'a [(Option<usize>, String)], code_of: &'a [Option<usize>]) -> Self {
        let mut by_name = HashMap::new();
        for (at, (_, name)) in names.iter().enumerate() {
            by_name.entry(folded(name)).or_insert(at);
        }
        Self { by_name, names, code_of }
    }

    /// Positions of the codes in and below the category of that name; `None` if there is no such category.
    fn codes(&self, name: &str) -> Option<Vec<usize>> {
        let wanted = *self.by_name.get(&folded(name))?;
        // Categories come after those above them.
        let mut below = vec![false; self.names.len()];
        let mut codes = Vec::new();
        for (at, (above, _)) in self.names.iter().enumerate() {
            let inside = at == wanted || above.is_some_and(|above| below.get(above) == Some(&true));
            if let Some(below) = below.get_mut(at) {
                *below = inside;
            }
            codes.extend(self.code_of.get(at).copied().flatten().filter(|_| inside));
        }
        Some(codes)
    }
}

/// Spaces and underscores are one in names.
fn folded(name: &str) -> String {
    name.trim().replace('_', " ").to_uppercase()
}

/// The pattern of a rule of code number `code`, and what is to be told of it; `edges` holds which code refers to which.
fn became(
    waiting: &Waiting<'_>,
    code: usize,
    categories: &Categories<'_>,
    file: &CodebookFile,
    place: Place<'_>,
    edges: &mut [Vec<usize>],
) -> Result<(GuardedPattern, Vec<Loss>), (&'static str, String)> {
    let mut losses = Vec::new();
    let mut references: Vec<usize> = Vec::new();
    let mut side = |operand: &Operand| -> Result<String, (&'static str, String)> {
        match operand {
            Operand::Words(words) => {
                let found = word::pattern(Place { text: words, ..place }, NOTATION, &mut losses);
                found.ok_or(("I020", format!("`{words}` in it cannot be carried over")))
            }
            Operand::Category(name) => {
                let unknown = || ("I026", format!("there is no category {name}"));
                let codes = categories.codes(name).ok_or_else(unknown)?;
                let found = codes.iter().filter_map(|&code| file.codes.get(code));
                let ids: Vec<String> = found.map(|code| format!("code:{}", code.id)).collect();
                references.extend(codes);
                match ids.as_slice() {
                    [] => Err(("I026", format!("nothing of the category {name} could be carried over"))),
                    [only] => Ok(only.clone()),
                    _ => Ok(format!("({})", ids.join(" | "))),
                }
            }
        }
    };
    let (left, right) = (side(&waiting.rule.left)?, side(&waiting.rule.right)?);
    if leads_to(&references, code, edges) {
        let why = "the category that it names has this rule in it, or leads back to it; codes cannot refer to one another in a circle";
        return Err(("I026", why.to_owned()));
    }
    let found = rule::pattern(&waiting.rule, &left, &right);
    if let Err(faults) = parse(&found.pattern, &ParseOptions { case: rule::CASE, cue: false }) {
        let why = faults.first().map_or_else(String::new, |fault| format!("{}; {}", fault.message, fault.mend));
        return Err(("I005", why));
    }
    if let Some(edges) = edges.get_mut(code) {
        edges.extend(references);
    }
    losses.push(match found.changed {
        Some(why) => Loss::changed("I021", place, &found.pattern, "finds a little more or less than there", why),
        None => Loss::note(
            "I027",
            place,
            Some(found.pattern.clone()),
            "is a rule",
            "read as: /S in one sentence, /P in one turn, the number the most words from one to the other; compare a few hits with WordStat's",
        ),
    });
    let pattern = GuardedPattern {
        id: None,
        matches: found.pattern,
        roles: Vec::new(),
        questions: Vec::new(),
        attributes: BTreeMap::new(),
        memo: Some(format!("WordStat: {}", waiting.text)),
    };
    Ok((pattern, losses))
}

/// Whether one of the codes refers to `wanted`, over others or itself.
fn leads_to(from: &[usize], wanted: usize, edges: &[Vec<usize>]) -> bool {
    let mut seen = vec![false; edges.len()];
    let mut open = from.to_vec();
    while let Some(code) = open.pop() {
        if code == wanted {
            return true;
        }
        if seen.get(code) == Some(&false) {
            seen[code] = true;
            open.extend(edges.get(code).into_iter().flatten());
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::import;
    use crate::codebook::file::PatternEntry;

    const FILE: &str = "AFFECT\r\n\tPOSITIVE\r\n\t\tGLAD* (1)\r\n\t\tWELL_BEING (2)\r\n\tNEGATIONS\r\n\t\tNOT (1)\r\n\
        \tNOT_GOOD\r\n\t\t@NG [#POSITIVE AFTER #NEGATIONS /S 3] (1)\r\n\t\t@LOOP [#AFFECT NEAR BAD /S 2] (1)\r\n\t\t@X [#NONE NEAR BAD] (1)\r\n";

    #[test]
    fn categories_words_and_rules_are_read() {
        let imported = import(FILE.as_bytes(), "a.cat").expect("a dictionary");
        let texts = |at: usize| -> Vec<String> {
            imported.file.codes[at]
                .patterns
                .iter()
                .map(|pattern| match pattern {
                    PatternEntry::Text(text) => text.clone(),
                    PatternEntry::Guarded(guarded) => guarded.matches.clone(),
                })
                .collect()
        };
        assert_eq!(texts(0), ["GLAD*", "WELL BEING"]);
        assert_eq!(texts(1), ["\"NOT\""]);
        assert_eq!(texts(2), ["(code:POSITIVE AFTER/3 code:NEGATIONS) AND (code:POSITIVE AFTER/3 code:NEGATIONS)"]);
        let codes: Vec<&str> = imported.losses.iter().map(|loss| loss.code).collect();
        // A weight; a rule; one that leads back to itself; one that leads nowhere.
        assert_eq!(codes, ["I007", "I027", "I026", "I026"]);
    }
}
