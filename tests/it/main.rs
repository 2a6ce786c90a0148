//! The one integration binary.

mod pattern;
mod reference;
mod spans;
