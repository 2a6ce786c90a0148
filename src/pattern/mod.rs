//! The pattern language: text to syntax tree, for codebooks, queries and cues alike.
//!
//! ```text
//! pattern := term | term { "OR" term } | term { "AND" term } | term "AND NOT" term | term op term
//! op      := NEAR/n | BEFORE/n | AFTER/n | NOT NEAR/n | NOT BEFORE/n | NOT AFTER/n | EXCEPT
//! term    := item { item }                                 adjacent tokens
//! item    := word | "literal words" | ( pattern { "|" pattern } ) | [m..n] | /regex/ | stem:word | code:id
//! ```
//!
//! What a pattern means is told, operator by operator, in [`crate::span`].

mod case;
mod fault;
mod foreign;
mod lex;
mod lex_word;
mod operator;
mod parse;
mod regex_check;
mod show;
mod tree;
mod word;

pub use case::CasePolicy;
pub use fault::PatternFault;
pub use parse::{ParseOptions, Parsed, parse};
pub use tree::{Gap, Node, Order, Step, WordTest};
pub(crate) use word::tokens;
pub use word::words;
