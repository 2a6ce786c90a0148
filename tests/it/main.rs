//! The one integration binary.

mod badinput;
mod case;
mod cli;
mod codebook;
mod corpus;
mod disk;
mod equivalence;
mod founderstalk;
mod indexed;
mod kill;
mod loaders;
mod offsets;
mod oracle;
mod pattern;
mod readme;
mod reference;
mod sample;
mod sample_loaders;
mod semantics;
mod spans;
mod statistics;
mod store;
mod tables;
mod workbench;
mod wrong_lines;
