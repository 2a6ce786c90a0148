//! stub
use super::read::{ReadError, Reading};
pub(super) fn read(_: &str, _: Vec<u8>) -> Result<Reading, ReadError> { Err(ReadError::Empty) }
pub(super) fn looks_like(bytes: &[u8]) -> bool { super::sniff::opening(bytes, 64).starts_with(b"<!doctype html") }
