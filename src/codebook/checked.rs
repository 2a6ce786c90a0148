//! The codebook after checking: everything that could be wrong has been found right, names have become numbers.

use crate::corpus::Role;
use crate::pattern::{CasePolicy, Node};

/// A checked codebook. Tracks, themes, questions and codes keep the order of the file and are referred to by their
/// position in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Codebook {
    /// Identifier.
    pub id: String,
    /// Title; the id where the file gives none.
    pub title: String,
    /// Version of the codebook's content, as written.
    pub version: Option<String>,
    /// BCP 47 language code of the transcripts.
    pub language: String,
    /// Whether case counts in patterns.
    pub case: CasePolicy,
    /// Roles whose turns count; informants where the file does not say.
    pub roles: Vec<Role>,
    /// Labels of interviewers, to be compared ignoring case.
    pub interviewers: Vec<String>,
    /// Listener's signals such as "mm-hm"; a turn that holds nothing else does not count.
    pub backchannels: Vec<Node>,
    /// Lenses.
    pub tracks: Vec<Track>,
    /// Groups of codes.
    pub themes: Vec<Theme>,
    /// The interview guide.
    pub questions: Vec<Question>,
    /// The codes.
    pub codes: Vec<Code>,
    /// Every code once, such that a code comes after those its patterns refer to.
    pub order: Vec<usize>,
    /// SHA-256 of the file's bytes, lower-case hexadecimal.
    pub sha256: String,
}

impl Codebook {
    /// The same codebook with other roles that count. A pattern that had the codebook's roles has the new ones; one
    /// with roles of its own keeps those of them that are among the new ones.
    pub fn with_roles(mut self, roles: &[Role]) -> Self {
        for pattern in self.codes.iter_mut().flat_map(|code| &mut code.patterns) {
            if pattern.roles == self.roles {
                pattern.roles = roles.to_vec();
            } else {
                pattern.roles.retain(|role| roles.contains(role));
            }
        }
        self.roles = roles.to_vec();
        self
    }

    /// The codebook with these codes alone (by position, in any order) and those that they refer to, directly or
    /// through others. Themes, tracks and questions stay, so that their positions do.
    pub fn only(&self, codes: &[usize]) -> Self {
        let mut wanted = vec![false; self.codes.len()];
        codes.iter().for_each(|&code| wanted[code] = true);
        // Codes come after those they refer to: backwards, each is asked once it is known to be wanted.
        for &at in self.order.iter().rev() {
            if wanted[at] {
                for id in self.codes[at].patterns.iter().flat_map(|pattern| pattern.tree.codes()) {
                    if let Some(referred) = self.codes.iter().position(|code| code.id == id) {
                        wanted[referred] = true;
                    }
                }
            }
        }
        let kept: Vec<usize> = (0..wanted.len()).filter(|&at| wanted[at]).collect();
        Self {
            codes: kept.iter().map(|&at| self.codes[at].clone()).collect(),
            order: self.order.iter().filter_map(|at| kept.binary_search(at).ok()).collect(),
            ..self.clone()
        }
    }
}

/// A lens; codes may belong to several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Track {
    /// Identifier.
    pub id: String,
    /// Short name.
    pub label: String,
    /// What it means.
    pub definition: Option<String>,
    /// Where it comes from.
    pub source: Option<String>,
}

/// A group of codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    /// Identifier.
    pub id: String,
    /// Short name.
    pub label: String,
    /// What it means.
    pub definition: Option<String>,
    /// The theme above it.
    pub parent: Option<usize>,
}

/// A guide question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Identifier.
    pub id: String,
    /// The group it belongs to, such as `b` for `b1` and `b2`.
    pub group: Option<String>,
    /// The question in words.
    pub label: String,
    /// An interviewer turn or a heading in which one of these is found starts the question.
    pub cues: Vec<Node>,
}

/// A code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// Identifier.
    pub id: String,
    /// Its theme.
    pub theme: usize,
    /// Its tracks, at least one, ascending.
    pub tracks: Vec<usize>,
    /// Brief definition.
    pub label: String,
    /// Full definition.
    pub definition: Option<String>,
    /// When to use it.
    pub include: Option<String>,
    /// When not to use it.
    pub exclude: Option<String>,
    /// Where it comes from.
    pub source: Option<String>,
    /// Notes.
    pub memo: Option<String>,
    /// How it came to be.
    pub origin: Option<Origin>,
    /// `#rrggbb`.
    pub color: Option<String>,
    /// The passage that a coding stands for in other programs.
    pub segment: SegmentKind,
    /// What evidences it, in the order of the file; none for a code that only people code with.
    pub patterns: Vec<Pattern>,
    /// Tests.
    pub examples: Examples,
}

/// A pattern of a code, with its guards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    /// Identifier, unique in the codebook: as written, else `code#n` with n from 1.
    pub id: String,
    /// The pattern as written.
    pub text: String,
    /// What it means.
    pub tree: Node,
    /// Roles in which its codings count: the pattern's, else the codebook's.
    pub roles: Vec<Role>,
    /// Questions it is confined to, ascending (a group stands for its questions); empty: anywhere.
    pub questions: Vec<usize>,
    /// Attributes that must have one of the values given: name, values as written.
    pub attributes: Vec<(String, Vec<String>)>,
}

/// Sentences that must, and must not, be coded.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Examples {
    /// Must be coded.
    pub coded: Vec<String>,
    /// Must not be coded.
    pub not_coded: Vec<String>,
}

/// How a code came to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// From theory.
    Theory,
    /// From the data.
    Data,
    /// In the informants' own words.
    InVivo,
}

/// The passage that a coding stands for in other programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SegmentKind {
    /// The match itself.
    Match,
    /// The sentences it touches.
    #[default]
    Sentence,
    /// Its turn.
    Turn,
    /// Its exchange.
    Exchange,
}
