//! The one integration binary.

mod pattern;
