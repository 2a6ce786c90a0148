//! The one integration binary.

mod case;
mod codebook;
mod corpus;
mod equivalence;
mod founderstalk;
mod indexed;
mod kill;
mod loaders;
mod oracle;
mod pattern;
mod readme;
mod reference;
mod sample;
mod spans;
mod statistics;
mod store;
mod tables;
