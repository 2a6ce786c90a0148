//! The one integration binary.

mod corpus;
mod loaders;
mod oracle;
mod reference;
mod statistics;
