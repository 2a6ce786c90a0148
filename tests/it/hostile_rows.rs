//! Tables, TEI, ELAN, TextGrids and ROCK sources that are damaged, or made to do harm: a diagnostic each, in bounded
//! memory and time.

use std::time::{Duration, Instant};

use proptest::prelude::{ProptestConfig, any, proptest};
use proptest::sample::Index;

use crate::case::Case;
use crate::spreadsheet::{archive, ods, xlsx, xlsx_with};

/// Indexes one file beside a sound one; it must be skipped with that code, and soon.
fn skipped(name: &str, bytes: &[u8], told: &str) {
    let case = Case::new().file("sound.txt", "Anna: Yes.\n").file(name, bytes);
    let before = Instant::now();
    let ran = case.index("store", &[]).exits(3).says("1 added, 1 skipped");
    assert!(before.elapsed() < Duration::from_secs(60), "{name}: {:?}", before.elapsed());
    let told = ran.stderr.contains(told);
    assert!(told, "{name}: {}", ran.stderr);
}

#[test]
fn nesting_and_entities() {
    skipped("deep.tei", format!("<TEI>{}", "<seg>".repeat(100_000)).as_bytes(), "nested more than 256 deep");
    skipped(
        "deep.eaf",
        format!("<ANNOTATION_DOCUMENT>{}", "<TIER>".repeat(100_000)).as_bytes(),
        "nested more than 256",
    );
    let mut bomb = "<!DOCTYPE TEI [<!ENTITY e0 \"ha\">".to_owned();
    (1..30).for_each(|level| bomb.push_str(&format!("<!ENTITY e{level} \"&e{0};&e{0};\">", level - 1)));
    bomb.push_str("]><TEI><text><u>&e29; storm</u></text></TEI>");
    let case = Case::new().file("bomb.tei", bomb);
    case.index("store", &[]).exits(0).says("1 added");
    case.qualcode(&["query", "--store", "store", "storm"]).exits(0).prints("&e29; storm");
}

#[test]
fn archives_that_unpack_without_end() {
    let mut long = "<sst><si><t>".to_owned();
    long.push_str(&"storm ".repeat(30_000_000));
    long.push_str("</t></si></sst>");
    skipped("bomb.xlsx", &xlsx_with(&["<row/>"], &long), "has more than 128 MB when unpacked");
    // One text of a megabyte, told by thousands of cells.
    let text = "storm ".repeat(170_000);
    let header = "<row><c t=\"s\"><v>0</v></c></row>";
    let rows = format!("{header}{}", "<row><c t=\"s\"><v>1</v></c></row>".repeat(2_000));
    skipped("many.xlsx", &xlsx(&[&rows], &["text", &text]), "its turns hold more than 512 MB");
    let row = |text: &str, more: &str| {
        format!(
            "<table:table-row {more}><table:table-cell><text:p>{text}</text:p></table:table-cell></table:table-row>"
        )
    };
    let rows = row("text", "") + &row(&text, "table:number-rows-repeated=\"1000000\"");
    skipped("many.ods", &ods(&[&rows]), "its turns hold more than 512 MB");
    let wide = row("text", "")
        + &format!(
            "<table:table-row><table:table-cell table:number-columns-repeated=\"4000000000\"><text:p>{text}</text:p></table:table-cell></table:table-row>"
        );
    Case::new().file("wide.ods", ods(&[&wide])).index("store", &[]).exits(0).says("1 added");
}

#[test]
fn claims_are_not_believed() {
    let strings = "<sst count=\"18446744073709551615\" uniqueCount=\"18446744073709551615\"><si><t>text</t></si><si><t>Hi</t></si></sst>";
    let sheet = "<dimension ref=\"A1:XFD1048576\"/><row r=\"4294967295\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>\
        <row><c t=\"s\"><v>1</v></c><c r=\"ZZZZZZZZZZ1\"><v>9</v></c></row><row><c t=\"s\"><v>4000000000</v></c></row>";
    Case::new().file("a.xlsx", xlsx_with(&[sheet], strings)).index("store", &[]).exits(0).says("1 added");
    let grid = "File type = \"ooTextFile\"\n\"TextGrid\"\n0\n1e300\n<exists>\n4000000000\n\"IntervalTier\"\n\"A\"\n0\n1\n1e18\n0\n1\n\"Hi\"\n";
    skipped("a.TextGrid", grid.as_bytes(), "it ends where a number should be, in tier 1, \"A\"");
}

#[test]
fn damaged_and_disguised_files() {
    let whole = xlsx(&["<row><c t=\"s\"><v>0</v></c></row><row><c t=\"s\"><v>0</v></c></row>"], &["text"]);
    skipped("a.xlsx", &whole[..whole.len() / 2], "cannot be read as Excel");
    skipped("a.ods", &archive(&[("mimetype", b"x")]), "it has no part content.xml");
    skipped("a.xlsx", b"", "the file is empty");
    skipped("a.xml", b"<rss><channel/></rss>", "it is XML, but not TEI");
    skipped("a.eaf", b"<ANNOTATION_DOCUMENT><TIER", "cannot be read as ELAN");
    skipped("a.csv", b"text,speaker\n\0\0", "NUL byte");
    skipped("a.TextGrid", b"ooBinaryFile\x08TextGrid", "Save as text file");
    skipped("a.rock", b"[[code]]\n", "the file is empty");
}

#[test]
fn long_lines_are_read_in_linear_time() {
    let before = Instant::now();
    let mut rock = "[[uid=1]] ".repeat(300_000);
    rock.push_str("words");
    let case = Case::new()
        .file("a.rock", rock)
        .file("b.csv", format!("text\n{}", "\"\"\"\",".repeat(400_000)))
        .file("c.tei", format!("<TEI><u>{}</u></TEI>", "<pause/>a ".repeat(200_000)))
        .file("d.csv", format!("speaker,text\nA,\"{}", "x\n".repeat(400_000)));
    case.index("store", &[]).exits(0).says("4 added");
    assert!(before.elapsed() < Duration::from_secs(60), "{:?}", before.elapsed());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Whatever is cut off or flipped, the program says what it makes of it and does not break.
    #[test]
    fn flipped_and_cut_files_break_nothing(cut in any::<Index>(), flips in proptest::collection::vec((any::<Index>(), any::<u8>()), 0..6)) {
        let sheet = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row><row r=\"2\"><c r=\"A2\" t=\"s\"><v>1</v></c><c r=\"B2\" s=\"1\"><v>44197</v></c></row>";
        let table = "<table:table-row><table:table-cell><text:p>text</text:p></table:table-cell></table:table-row>\
            <table:table-row table:number-rows-repeated=\"3\"><table:table-cell><text:p>Hi</text:p></table:table-cell></table:table-row>";
        let files: [(&str, Vec<u8>); 7] = [
            ("a.xlsx", xlsx(&[sheet], &["text", "Hi"])),
            ("b.ods", ods(&[table])),
            ("c.csv", b"document,speaker,start,text\nx,A,1:02,\"Hi, you\"\ny,B,3,No\n".to_vec()),
            ("d.tei", b"<TEI><timeline><when xml:id=\"T\" absolute=\"3\"/></timeline><u who=\"#A\" start=\"#T\">Hi <pause/> you</u></TEI>".to_vec()),
            ("e.eaf", b"<ANNOTATION_DOCUMENT><TIME_SLOT TIME_SLOT_ID=\"t\" TIME_VALUE=\"5\"/><TIER TIER_ID=\"A\"><ALIGNABLE_ANNOTATION TIME_SLOT_REF1=\"t\"><ANNOTATION_VALUE>Hi</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></TIER></ANNOTATION_DOCUMENT>".to_vec()),
            ("f.TextGrid", b"File type = \"ooTextFile\"\n\"TextGrid\"\n0\n9\n<exists>\n1\n\"IntervalTier\"\n\"A\"\n0\n9\n1\n0\n9\n\"Hi \"\"you\"\"\"\n".to_vec()),
            ("g.rock", b"---\nx: 1\n---\n[[cid=a]] Hi [[code]] you\n---<<br>>---\n".to_vec()),
        ];
        let case = Case::new().file("sound.txt", "Anna: Yes.\n");
        for (name, mut bytes) in files {
            for (at, flip) in &flips {
                let at = at.index(bytes.len());
                bytes[at] ^= flip;
            }
            bytes.truncate(cut.index(bytes.len() * 2).max(1));
            case.write(&format!("corpus/{name}"), bytes);
        }
        let ran = case.index("store", &[]);
        assert!(matches!(ran.status, Some(0 | 3)), "{ran:?}");
    }
}
