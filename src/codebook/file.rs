//! The codebook file, key by key. The JSON Schema is generated from these types, and the loader checks files
//! against that schema; programs that write codebooks fill and serialise them.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What an id looks like.
pub(super) const ID: &str = "^[A-Za-z0-9][A-Za-z0-9_.-]*$";
/// What a colour looks like.
pub(super) const COLOR: &str = "^#[0-9A-Fa-f]{6}$";
/// What a language code looks like.
pub(super) const LANGUAGE: &str = "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$";
/// Text that is not blank.
pub(super) const FILLED: &str = r"\S";

/// A qualcode codebook: themes, tracks and codes, and the patterns that evidence the codes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(title = "qualcode codebook")]
#[serde(deny_unknown_fields)]
pub struct CodebookFile {
    /// The JSON Schema of this file, so that an editor can help with it; qualcode does not read it.
    #[serde(rename = "$schema", default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// The number of the file format. Always 1.
    #[schemars(extend("const" = 1))]
    pub format: u32,
    /// A short name for the codebook, for tables and file names.
    #[schemars(regex(pattern = ID), extend("examples" = ["ism-three-tracks"]))]
    pub id: String,
    /// The title in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The version of the codebook's content, in any style you like.
    #[schemars(extend("examples" = ["1.0.0", "2024-05-17"]))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// The language of the transcripts as a BCP 47 code; it decides how sentences are split and words are stemmed.
    #[schemars(regex(pattern = LANGUAGE), extend("examples" = ["en", "sv", "pt-BR"]))]
    pub language: String,
    /// Whether capitals count in patterns; smart if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<CaseEntry>,
    /// Literature that the codebook rests on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub references: Vec<String>,
    /// Notes on the codebook.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub memo: Option<String>,
    /// The roles whose words count; informants if left out. Patterns may say otherwise for themselves.
    #[schemars(length(min = 1), extend("uniqueItems" = true))]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<RoleEntry>,
    /// The speaker labels of interviewers in the transcripts; capitals do not count.
    #[schemars(inner(regex(pattern = FILLED)), extend("examples" = [["Interviewer", "Moderator"]]))]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub interviewers: Vec<String>,
    /// What listeners say without taking the floor. A turn of nothing else neither ends an answer nor counts. Literal words, not patterns.
    #[schemars(inner(regex(pattern = FILLED)), extend("examples" = [["mm-hm", "right", "okay"]]))]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub backchannels: Vec<String>,
    /// The lenses under which the codes are read. A code belongs to one or more; tracks may overlap.
    #[schemars(length(min = 1))]
    pub tracks: Vec<TrackEntry>,
    /// The groups of codes. A code belongs to exactly one.
    #[schemars(length(min = 1))]
    pub themes: Vec<ThemeEntry>,
    /// The questions of the interview guide, and the words by which each is known in a transcript.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub guide: Vec<QuestionEntry>,
    /// The codes.
    #[schemars(length(min = 1))]
    pub codes: Vec<CodeEntry>,
}

/// Whether capitals count in patterns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "case", title = "Case")]
#[serde(rename_all = "lowercase")]
pub enum CaseEntry {
    /// A word written all in capitals (two or more letters) is found in capitals only, every other word in any case.
    Smart,
    /// Capitals never count.
    Insensitive,
    /// Capitals always count.
    Sensitive,
}

/// What a speaker is in an interview.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "role", title = "Role")]
#[serde(rename_all = "lowercase")]
pub enum RoleEntry {
    /// Asks the questions.
    Interviewer,
    /// Answers them.
    Informant,
    /// Neither of the two.
    Other,
}

/// A lens under which codes are read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "track", title = "Track")]
#[serde(deny_unknown_fields)]
pub struct TrackEntry {
    /// A short name, unique among the tracks.
    #[schemars(regex(pattern = ID), extend("examples" = ["micro"]))]
    pub id: String,
    /// The name in words.
    #[schemars(regex(pattern = FILLED))]
    pub label: String,
    /// What the track looks at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub definition: Option<String>,
    /// Where it comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// A group of codes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "theme", title = "Theme")]
#[serde(deny_unknown_fields)]
pub struct ThemeEntry {
    /// A short name, unique among the themes.
    #[schemars(regex(pattern = ID), extend("examples" = ["delegation"]))]
    pub id: String,
    /// The name in words.
    #[schemars(regex(pattern = FILLED))]
    pub label: String,
    /// What the theme is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub definition: Option<String>,
    /// The id of the theme above this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
}

/// A question of the interview guide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "question", title = "Guide question")]
#[serde(deny_unknown_fields)]
pub struct QuestionEntry {
    /// A short name, unique in the guide.
    #[schemars(regex(pattern = ID), extend("examples" = ["b1"]))]
    pub id: String,
    /// The group it belongs to; a pattern may be confined to a whole group.
    #[schemars(regex(pattern = ID), extend("examples" = ["b"]))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// The question in words.
    #[schemars(regex(pattern = FILLED))]
    pub label: String,
    /// Patterns; an interviewer's turn or a heading in which one is found starts the question. No `code:` here, and a question mark at the end of a word is punctuation.
    #[schemars(length(min = 1), extend("examples" = [["examples of (measures | incidents)"]]))]
    pub cues: Vec<String>,
}

/// A code: what it means, and the patterns that evidence it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "code", title = "Code")]
#[serde(deny_unknown_fields)]
pub struct CodeEntry {
    /// A short name, unique among the codes.
    #[schemars(regex(pattern = ID), extend("examples" = ["it-manager-owns-it"]))]
    pub id: String,
    /// The id of its theme.
    pub theme: String,
    /// The ids of its tracks.
    #[schemars(length(min = 1), extend("uniqueItems" = true))]
    pub tracks: Vec<String>,
    /// The brief definition: its name in words.
    #[schemars(regex(pattern = FILLED))]
    pub label: String,
    /// The full definition.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub definition: Option<String>,
    /// When to use it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub include: Option<String>,
    /// When not to use it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exclude: Option<String>,
    /// Where it comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Notes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub memo: Option<String>,
    /// How it came to be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<OriginEntry>,
    /// Its colour in other programs.
    #[schemars(regex(pattern = COLOR), extend("examples" = ["#4477AA"]))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub color: Option<String>,
    /// The passage that a coding stands for in other programs; the sentence if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub segment: Option<SegmentEntry>,
    /// What evidences it; any one of them is enough. A code with none, `[]`, is for people to code with.
    pub patterns: Vec<PatternEntry>,
    /// Tests: sentences that must be coded, and sentences that must not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub examples: Option<ExamplesEntry>,
}

/// How a code came to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "origin", title = "Origin")]
#[serde(rename_all = "kebab-case")]
pub enum OriginEntry {
    /// From theory.
    Theory,
    /// From the data.
    Data,
    /// In the informants' own words.
    InVivo,
}

/// The passage that a coding stands for in other programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "segment", title = "Segment")]
#[serde(rename_all = "lowercase")]
pub enum SegmentEntry {
    /// The matching words themselves.
    Match,
    /// The sentences that they touch.
    Sentence,
    /// Their turn.
    Turn,
    /// Their exchange: question and answer.
    Exchange,
}

/// A pattern: its text alone, or with guards.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "pattern", title = "Pattern")]
#[serde(untagged)]
pub enum PatternEntry {
    /// The words to be found, for example `(IT manager | he) (take* | took) care of [0..3] security`.
    Text(String),
    /// A pattern with an id of its own, or confined to some turns.
    Guarded(GuardedPattern),
}

/// A pattern with an id of its own, or confined to some turns.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "guarded-pattern", title = "Pattern with guards")]
#[serde(deny_unknown_fields)]
pub struct GuardedPattern {
    /// A short name, unique among the patterns of the codebook; the code's id, `#` and a number if left out.
    #[schemars(regex(pattern = ID))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The words to be found.
    #[serde(rename = "match")]
    #[schemars(extend("examples" = ["ask* NEAR/5 IT manager"]))]
    pub matches: String,
    /// The roles in which its codings count; those of the codebook if left out.
    #[schemars(length(min = 1), extend("uniqueItems" = true))]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<RoleEntry>,
    /// Ids of guide questions or of groups of them: the pattern is looked for only in turns under one of these.
    #[schemars(length(min = 1), extend("uniqueItems" = true))]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<String>,
    /// Attributes of the document or speaker and the value, or list of values, that each must have.
    #[schemars(extend("examples" = [{"site": "north", "wave": [1, 2]}]))]
    #[serde(rename = "where", default, skip_serializing_if = "BTreeMap::is_empty")]
    pub attributes: BTreeMap<String, WhereEntry>,
    /// Notes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub memo: Option<String>,
}

/// The value, or the values, that an attribute must have.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "where", title = "Value or values")]
#[serde(untagged)]
pub enum WhereEntry {
    /// A text, compared as written.
    Text(String),
    /// A number, compared as written.
    Number(serde_json::Number),
    /// Yes or no.
    Boolean(bool),
    /// Any one of these.
    AnyOf(#[schemars(length(min = 1))] Vec<WhereValue>),
}

/// One value of an attribute.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "where-value", title = "Value")]
#[serde(untagged)]
pub enum WhereValue {
    /// A text, compared as written.
    Text(String),
    /// A number, compared as written.
    Number(serde_json::Number),
    /// Yes or no.
    Boolean(bool),
}

/// Sentences that must, and must not, be coded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "examples", title = "Examples")]
#[serde(deny_unknown_fields)]
pub struct ExamplesEntry {
    /// Sentences that must be coded with this code.
    #[schemars(inner(regex(pattern = FILLED)))]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub coded: Vec<String>,
    /// Sentences that must not be coded with it, though they look like it.
    #[schemars(inner(regex(pattern = FILLED)))]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_coded: Vec<String>,
}
