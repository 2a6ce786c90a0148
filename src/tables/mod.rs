//! Coded documents to tables; the only home of polars.
