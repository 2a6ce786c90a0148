//! The syntax tree of a pattern.

/// A pattern, or a part of one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Node {
    /// One token.
    Word(WordTest),
    /// Items that follow one another: at least two steps, the first with the gap 0..0.
    Sequence(Vec<Step>),
    /// `OR`, `|`: the spans of every alternative; at least two.
    Either(Vec<Node>),
    /// `A AND B AND …`: covers of one span of each, inside one sentence; at least two.
    Both(Vec<Node>),
    /// `A AND NOT B`.
    AndNot(Box<Node>, Box<Node>),
    /// `A NEAR/n B`, `A BEFORE/n B`, `A AFTER/n B`.
    Near {
        /// Which of the two must come first.
        order: Order,
        /// Most tokens from the earlier span's last to the later span's first; adjacent is 1.
        distance: u32,
        /// A.
        left: Box<Node>,
        /// B.
        right: Box<Node>,
    },
    /// `A NOT NEAR/n B`, `A NOT BEFORE/n B`, `A NOT AFTER/n B`.
    NotNear {
        /// The order of the positive form that must find no B.
        order: Order,
        /// Its distance.
        distance: u32,
        /// A.
        left: Box<Node>,
        /// B.
        right: Box<Node>,
    },
    /// `A EXCEPT B`.
    Except(Box<Node>, Box<Node>),
    /// `code:id`: the codings of another code.
    Code(String),
}

/// One item of a sequence, and the gap before it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Step {
    /// Tokens between the item before and this one; 0..0 for neighbours.
    pub gap: Gap,
    /// The item.
    pub node: Node,
}

/// A number of tokens, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Gap {
    /// Fewest tokens.
    pub min: u32,
    /// Most tokens.
    pub max: u32,
}

/// Which operand of a proximity operator comes first in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Order {
    /// NEAR: either.
    Any,
    /// BEFORE: the left operand ends before the right one starts.
    LeftFirst,
    /// AFTER: the right operand ends before the left one starts.
    RightFirst,
}

/// What one token must be.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum WordTest {
    /// This word: `text` is a form when `sensitive`, else a fold.
    Literal {
        /// The form or the fold to be equal to.
        text: String,
        /// Whether case counts.
        sensitive: bool,
    },
    /// A word with `*` (any run of characters) and `?` (exactly one code point); `\` makes the next character
    /// literal. The literal parts are form when `sensitive`, else fold.
    Wildcard {
        /// The glob.
        glob: String,
        /// Whether case counts.
        sensitive: bool,
    },
    /// A regular expression over the whole form of the token (anchored at both ends).
    Regex {
        /// The expression as written between the slashes.
        expression: String,
        /// Whether case counts where the expression does not say.
        sensitive: bool,
    },
    /// The same Snowball stem (of the fold) as this word's, in the language of the codebook.
    Stem {
        /// The fold of the word as written; the stem is worked out where the language is known.
        word: String,
    },
}

impl Node {
    /// The ids of the codes that the pattern refers to by `code:`, in the order written.
    pub fn codes(&self) -> Vec<&str> {
        match self {
            Self::Word(_) => Vec::new(),
            Self::Code(id) => vec![id],
            Self::Sequence(steps) => steps.iter().flat_map(|step| step.node.codes()).collect(),
            Self::Either(nodes) | Self::Both(nodes) => nodes.iter().flat_map(Self::codes).collect(),
            Self::AndNot(left, right)
            | Self::Except(left, right)
            | Self::Near { left, right, .. }
            | Self::NotNear { left, right, .. } => left.codes().into_iter().chain(right.codes()).collect(),
        }
    }
}
