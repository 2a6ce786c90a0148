//! The one integration binary.

mod codebook;
mod corpus;
mod founderstalk;
mod loaders;
mod oracle;
mod pattern;
mod readme;
mod reference;
mod sample;
mod spans;
mod statistics;
mod tables;
