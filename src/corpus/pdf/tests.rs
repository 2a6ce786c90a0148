//! Small files made here, whole and broken.
