//! The one integration binary.

mod oracle;
mod statistics;
