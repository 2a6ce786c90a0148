//! Workbooks for tests, written by hand: an archive of the few parts that a spreadsheet needs.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// An archive of these parts.
pub(crate) fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        let method = if *name == "mimetype" { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        writer.start_file(*name, SimpleFileOptions::default().compression_method(method)).expect("a part");
        writer.write_all(bytes).expect("its bytes");
    }
    writer.finish().expect("an archive").into_inner()
}

/// An Excel workbook whose sheets hold this XML in their `sheetData`. Style 1 is a date, 2 a time, 3 `[h]:mm:ss.000`.
pub(crate) fn xlsx(sheets: &[&str], strings: &[&str]) -> Vec<u8> {
    let count = strings.len();
    let mut shared = format!("<sst count=\"{count}\" uniqueCount=\"{count}\">");
    strings.iter().for_each(|text| write!(shared, "<si><t xml:space=\"preserve\">{text}</t></si>").expect("text"));
    shared.push_str("</sst>");
    xlsx_with(sheets, &shared)
}

/// The same with the whole part of shared strings.
pub(crate) fn xlsx_with(sheets: &[&str], shared: &str) -> Vec<u8> {
    let mut workbook = "<workbook xmlns:r=\"r\"><sheets>".to_owned();
    let mut relations = "<Relationships>".to_owned();
    let mut parts: Vec<(String, String)> = Vec::new();
    for (at, sheet) in sheets.iter().enumerate() {
        write!(workbook, "<sheet name=\"S{at}\" sheetId=\"{at}\" r:id=\"rId{at}\"/>").expect("text");
        write!(relations, "<Relationship Id=\"rId{at}\" Target=\"worksheets/s{at}.xml\"/>").expect("text");
        parts.push((
            format!("xl/worksheets/s{at}.xml"),
            format!("<worksheet><sheetData>{sheet}</sheetData></worksheet>"),
        ));
    }
    let styles = "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"[h]:mm:ss.000\"/></numFmts><cellStyleXfs>\
        <xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"21\"/>\
        <xf numFmtId=\"164\"/></cellXfs></styleSheet>";
    parts.push(("[Content_Types].xml".to_owned(), "<Types/>".to_owned()));
    parts.push(("xl/workbook.xml".to_owned(), workbook + "</sheets></workbook>"));
    parts.push(("xl/_rels/workbook.xml.rels".to_owned(), relations + "</Relationships>"));
    parts.push(("xl/styles.xml".to_owned(), styles.to_owned()));
    parts.push(("xl/sharedStrings.xml".to_owned(), shared.to_owned()));
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    archive(&parts)
}

/// An OpenDocument spreadsheet whose tables hold this XML.
pub(crate) fn ods(tables: &[&str]) -> Vec<u8> {
    let mut content = "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\"><office:body>\
        <office:spreadsheet>"
        .to_owned();
    tables.iter().for_each(|table| write!(content, "<table:table>{table}</table:table>").expect("text"));
    content.push_str("</office:spreadsheet></office:body></office:document-content>");
    archive(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content.as_bytes())])
}
