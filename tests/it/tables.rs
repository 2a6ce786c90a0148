//! Tables: a small corpus worked out by hand, and slow recomputation on random ones.

mod fixture;
mod property;
mod reading;
mod worked;
