//! qualcode
fn main() {}
