//! Pure arithmetic on counts; no domain.
//!
//! Two things, a and b, are each present or absent in each of N units. Four counts say all there is to know:
//!
//! | | b | not b | |
//! |---|---|---|---|
//! | **a** | n_ab | n_a − n_ab | n_a |
//! | **not a** | n_b − n_ab | N − n_a − n_b + n_ab | N − n_a |
//! | | n_b | N − n_b | N |
//!
//! [`Association::of`] works out every measure of such a table, [`fisher_two_sided`] its exact test, and
//! [`benjamini_hochberg`] adjusts the p values of a family of tables. A measure that a table leaves undefined is
//! `None`; nothing here returns NaN or an infinity.
//!
//! Logarithms are those of the `libm` crate, so that results don't depend on the platform's own library.

mod association;
mod false_discovery;
mod fisher;
mod keyness;

pub use association::Association;
pub use false_discovery::benjamini_hochberg;
pub use fisher::fisher_two_sided;
pub use keyness::Keyness;
