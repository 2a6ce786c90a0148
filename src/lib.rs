//! qualcode
pub mod codebook;
pub mod coding;
pub mod corpus;
pub mod diagnostic;
pub mod export;
pub mod ordered;
pub mod pattern;
pub mod pipeline;
pub mod progress;
pub mod query;
pub mod segment;
pub mod span;
pub mod stats;
pub mod store;
pub mod tables;
pub mod text;
pub mod workbench;
