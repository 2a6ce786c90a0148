//! What an import or export of a codebook could not carry over, as a table.

use crate::codebook::import::Loss;

/// The columns of a table of losses, in order.
pub const LOSS_COLUMNS: [&str; 8] = ["severity", "code", "line", "category", "text", "became", "what", "why"];

/// The losses as CSV with a header, in the order given.
pub fn losses_csv(losses: &[Loss]) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let rows = losses.iter().map(|loss| {
        [
            loss.severity.as_str().to_owned(),
            loss.code.to_owned(),
            loss.line.map_or_else(String::new, |line| line.to_string()),
            loss.category.clone(),
            loss.text.clone(),
            loss.became.clone().unwrap_or_default(),
            loss.what.clone(),
            loss.why.clone(),
        ]
    });
    for row in std::iter::once(LOSS_COLUMNS.map(str::to_owned)).chain(rows) {
        writer.write_record(&row).expect("rows of one length can be written into memory");
    }
    writer.into_inner().expect("memory can be flushed")
}

#[cfg(test)]
mod tests {
    use super::losses_csv;
    use crate::codebook::import::Loss;
    use crate::diagnostic::Severity;

    #[test]
    fn a_row_says_what_became_of_an_entry() {
        let loss = Loss {
            code: "I002",
            severity: Severity::Warning,
            line: Some(3),
            category: "A > B".to_owned(),
            text: "why?".to_owned(),
            became: Some("why".to_owned()),
            what: "is looked for without `?`".to_owned(),
            why: "punctuation, too".to_owned(),
        };
        let text = String::from_utf8(losses_csv(&[loss])).expect("UTF-8");
        assert_eq!(
            text,
            "severity,code,line,category,text,became,what,why\n\
             warning,I002,3,A > B,why?,why,is looked for without `?`,\"punctuation, too\"\n"
        );
    }
}
