//! Pure arithmetic on counts; no domain.
