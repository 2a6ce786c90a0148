//! `diagnostics.csv`: what was skipped, guessed or suspicious, with place and mend.

use crate::diagnostic::Diagnostic;

/// The columns of `diagnostics.csv`, in order.
pub const DIAGNOSTIC_COLUMNS: [&str; 7] = ["severity", "code", "path", "line", "column", "message", "mend"];

/// The diagnostics as CSV with a header, in the order given.
pub fn diagnostics_csv(diagnostics: &[Diagnostic]) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let number = |number: Option<u32>| number.map_or_else(String::new, |number| number.to_string());
    let rows = diagnostics.iter().map(|diagnostic| {
        [
            diagnostic.severity.as_str().to_owned(),
            diagnostic.code.to_string(),
            diagnostic.path.clone(),
            number(diagnostic.line),
            number(diagnostic.column),
            diagnostic.message.clone(),
            diagnostic.mend.clone(),
        ]
    });
    let header = DIAGNOSTIC_COLUMNS.map(str::to_owned);
    for row in std::iter::once(header).chain(rows) {
        writer.write_record(&row).expect("rows of one length can be written into memory");
    }
    writer.into_inner().expect("memory can be flushed")
}

#[cfg(test)]
mod tests {
    use super::diagnostics_csv;
    use crate::diagnostic::{Diagnostic, Severity};

    #[test]
    fn a_row_says_what_where_and_how_to_mend() {
        let whole = Diagnostic::new(Severity::Skipped, "T004", "a.txt", "the file is empty", "remove it");
        let placed = Diagnostic::new(Severity::Note, "T014", "b, c.txt", "looks like \"Note:\"", "x").at(3, 7);
        let text = String::from_utf8(diagnostics_csv(&[whole, placed])).expect("UTF-8");
        assert_eq!(
            text,
            "severity,code,path,line,column,message,mend\n\
             skipped,T004,a.txt,,,the file is empty,remove it\n\
             note,T014,\"b, c.txt\",3,7,\"looks like \"\"Note:\"\"\",x\n"
        );
    }
}
