//! The one integration binary.

mod case;
mod corpus;
mod kill;
mod loaders;
mod oracle;
mod pattern;
mod reference;
mod spans;
mod statistics;
mod store;
mod tables;
