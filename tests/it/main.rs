//! The one integration binary.

mod loaders;
mod oracle;
mod reference;
mod statistics;
mod tables;
