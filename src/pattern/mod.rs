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

mod tree;

pub use tree::{Gap, Node, Order, Step, WordTest};
