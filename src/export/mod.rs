//! Coded tables in the forms that other programs read.
//!
//! Everything here is text made from the schemas of tables that were written: [`datapackage()`] describes them to
//! machines, [`load_r()`] and [`load_py()`] are scripts that open them with types and labels. Nothing is written.

pub mod codebook;
mod datapackage;
mod diagnostics;
mod literal;
mod load_py;
mod load_r;
mod losses;
mod table_files;

pub use datapackage::datapackage;
pub use diagnostics::{DIAGNOSTIC_COLUMNS, diagnostics_csv};
pub use load_py::load_py;
pub use load_r::load_r;
pub use losses::{LOSS_COLUMNS, losses_csv};
pub use table_files::TableFiles;
