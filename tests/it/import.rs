//! Files of other programs as codebooks: what real ones hold, what broken ones are told, and that nothing panics.
//!
//! What a file holds is counted here by its marks (lines, tags), not by the importers.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

use proptest::prelude::{ProptestConfig, any, prop_assert};
use proptest::proptest;
use qualcode::codebook::import::{Imported, KINDS, Kind, import};
use qualcode::codebook::{self, PatternEntry};

use crate::oracle;

fn quanteda() -> Option<PathBuf> {
    oracle::corpora().map(|corpora| corpora.join("peer-suites/quanteda"))
}

fn read(path: &Path) -> (Vec<u8>, String) {
    let bytes = std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    (bytes, path.file_name().expect("a name").to_string_lossy().into_owned())
}

/// Imports a file as the kind that it looks like, and loads what comes of it.
fn imported(path: &Path, kind: &str) -> Imported {
    let (bytes, name) = read(path);
    let found = Kind::of(&name, &bytes).unwrap_or_else(|| panic!("{name} is not recognised"));
    assert_eq!(found.name, kind, "{name}");
    let imported = import(found, &bytes, &name).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert!(codebook::load(imported.json().as_bytes(), &name).is_ok(), "{name} does not load");
    imported
}

fn text(pattern: &PatternEntry) -> &str {
    match pattern {
        PatternEntry::Text(text) => text,
        PatternEntry::Guarded(guarded) => &guarded.matches,
    }
}

/// Code ids and their patterns.
fn codes(imported: &Imported) -> BTreeMap<&str, Vec<&str>> {
    imported.file.codes.iter().map(|code| (code.id.as_str(), code.patterns.iter().map(text).collect())).collect()
}

/// Codes of the losses, each once.
fn told(imported: &Imported) -> BTreeSet<&'static str> {
    imported.losses.iter().map(|loss| loss.code).collect()
}

fn patterns(imported: &Imported) -> usize {
    imported.file.codes.iter().map(|code| code.patterns.len()).sum()
}

#[test]
fn marys_lamb_is_the_same_in_every_kind() {
    let Some(quanteda) = quanteda() else { return };
    let folder = quanteda.join("tests/data/dictionaries");
    for (file, kind) in [
        ("mary.dic", "liwc"),
        ("mary.ykd", "yoshikoder"),
        ("mary.lcd", "yoshikoder"),
        ("actually_ykd.cat", "yoshikoder"),
        ("mary.lc3", "lexicoder"),
        ("mary.yml", "quanteda"),
    ] {
        let imported = imported(&folder.join(file), kind);
        let words: Vec<Vec<&str>> =
            imported.file.codes.iter().map(|code| code.patterns.iter().map(text).collect()).collect();
        assert_eq!(words, [vec!["more", "lamb", "little"], vec!["had", "mary"]], "{file}");
        assert!(imported.losses.is_empty(), "{file}: {:?}", imported.losses);
    }
}

#[test]
fn real_dictionaries_keep_every_entry() {
    let Some(quanteda) = quanteda() else { return };
    let folder = quanteda.join("inst/extdata");
    let lines = |name: &str| std::fs::read_to_string(folder.join(name)).expect("text");

    let lexicoder = imported(&folder.join("LSD2015.lc3"), "lexicoder");
    let file = lines("LSD2015.lc3");
    let words = file.lines().filter(|line| !line.starts_with('+') && !line.trim().is_empty()).count();
    assert_eq!(lexicoder.file.codes.len(), file.lines().filter(|line| line.starts_with('+')).count());
    assert_eq!(patterns(&lexicoder), words);
    assert_eq!(lexicoder.file.codes[0].color.as_deref(), Some("#AA0000"));

    let yoshikoder = imported(&folder.join("laver_garry.ykd"), "yoshikoder");
    let file = lines("laver_garry.ykd");
    let distinct = |text: &str| {
        // Words by the category that was opened last; a word given twice in one is one pattern.
        let mut category = 0;
        let mut words = BTreeSet::new();
        for line in text.lines() {
            category += line.matches("<cnode").count();
            if let Some((_, word)) = line.split_once("<pnode name=\"") {
                words.insert((category, word.split('"').next().expect("a word").to_owned()));
            }
        }
        words.len()
    };
    assert_eq!(patterns(&yoshikoder), distinct(&file));
    let with_words = file.split("<cnode").filter(|part| part.contains("<pnode")).count();
    assert_eq!(yoshikoder.file.codes.len(), with_words);

    let liwc = imported(&folder.join("moral_foundations_dictionary.dic"), "liwc");
    let file = lines("moral_foundations_dictionary.dic");
    let body = file.splitn(3, '%').nth(2).expect("words");
    let memberships: BTreeSet<(String, u32)> = body
        .lines()
        .flat_map(|line| {
            let mut fields = line.split_whitespace();
            let word = fields.next().unwrap_or_default().to_owned();
            fields.map(move |number| (word.clone(), number.parse().expect("a number"))).collect::<Vec<_>>()
        })
        .collect();
    let left_out = liwc.losses.iter().filter(|loss| loss.code == "I004").count();
    assert_eq!(patterns(&liwc) + left_out, memberships.len());
    assert_eq!(left_out, 1, "`fair-*` alone would find any word");
    assert_eq!(liwc.file.codes.len(), 11);
}

#[test]
fn hierarchies_become_themes() {
    let Some(quanteda) = quanteda() else { return };
    let folder = quanteda.join("tests/data/dictionaries");
    let yoshikoder = imported(&folder.join("yoshi.ykd"), "yoshikoder");
    let found: Vec<(&str, &str)> =
        yoshikoder.file.codes.iter().map(|code| (code.id.as_str(), code.theme.as_str())).collect();
    // A category with words and a category below is a theme, and in it a code of its name.
    assert_eq!(
        found,
        [("A-category", "A-category"), ("A-subcategory", "A-category"), ("Another-category", "New-dictionary")]
    );
    let parents: Vec<(&str, Option<&str>)> =
        yoshikoder.file.themes.iter().map(|theme| (theme.id.as_str(), theme.parent.as_deref())).collect();
    assert_eq!(parents, [("New-dictionary", None), ("A-category", Some("New-dictionary"))]);

    let liwc = imported(&folder.join("liwc_hierarchical.dic"), "liwc");
    let theme = |id: &str| liwc.file.codes.iter().find(|code| code.id == id).map(|code| code.theme.as_str());
    assert_eq!(theme("family"), Some("misc"));
    assert_eq!(theme("discrep"), None, "no word has its number");
    assert_eq!(theme("filler"), None, "its only word stands under a condition");
    assert!(liwc.losses.iter().any(|loss| loss.code == "I006" && loss.category == "past > insight > discrep"));
}

#[test]
fn what_liwc_alone_knows_is_told() {
    let Some(quanteda) = quanteda() else { return };
    let folder = quanteda.join("tests/data/dictionaries");
    let extra = imported(&folder.join("liwc_extracodes.dic"), "liwc");
    let conditions: Vec<&str> =
        extra.losses.iter().filter(|loss| loss.code == "I008").map(|loss| loss.text.as_str()).collect();
    assert_eq!(
        conditions,
        ["kind <of>131/125", "kind <of>135/126", "like (02 134)125/464", "like (02 134)126", "like (02 134)126"]
    );
    assert_eq!(codes(&extra)["time"], ["like"], "an unconditional number of the same word counts");

    let missing = imported(&folder.join("mary_missingcat.dic"), "liwc");
    let undefined: Vec<(Option<u32>, &str)> =
        missing.losses.iter().filter(|loss| loss.code == "I009").map(|loss| (loss.line, loss.text.as_str())).collect();
    assert_eq!(undefined, [(Some(9), "little 03")]);
    let padded = imported(&folder.join("mary_zeropadding.dic"), "liwc");
    assert_eq!(codes(&padded)["ANOTHER_CATEGORY"], ["little", "had", "mary"]);
    assert_eq!(told(&padded), BTreeSet::from(["I009"]));
    for name in ["mary_doubleterm.dic", "mary_multipletabs.dic"] {
        let book = imported(&folder.join(name), "liwc");
        assert_eq!(codes(&book)["ANOTHER_CATEGORY"], ["little", "had", "mary"], "{name}");
        assert!(book.losses.is_empty(), "{name}");
    }
}

fn by_name(kind: &str, bytes: &[u8], name: &str) -> Result<Imported, String> {
    import(Kind::parse(kind).expect("a kind"), bytes, name).map_err(|error| error.to_string())
}

#[test]
fn files_that_are_no_dictionaries_are_told_why() {
    let deep = "<dictionary>".to_owned() + &"<cnode name=\"a\">".repeat(100_000);
    let bomb = "<!DOCTYPE d [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;\">]>\
                <dictionary><cnode name=\"&b;\"><pnode name=\"x\"/></cnode></dictionary>";
    let flow = "a: ".to_owned() + &"[".repeat(100_000);
    let tabs = format!("%\n{}1\tx\n%\ny\t1\n", "\t".repeat(100_000));
    for (kind, bytes, part) in [
        ("liwc", "more\t01\n", "it has no line with nothing but `%`"),
        ("liwc", "%\n1\tA\n", "it has no second line"),
        ("liwc", "%\n%\nmore\t1\n", "there is no category"),
        ("liwc", "%\n1\tA\n%\nmore\t2\n", "could become a code"),
        ("liwc", tabs.as_str(), "deep in one another"),
        ("yoshikoder", "+A\nmore\n", "does not begin like XML"),
        ("yoshikoder", "<codebook/>", "it begins with <codebook>"),
        ("yoshikoder", "<dictionary><cnode name=\"A\">", "never closed"),
        ("yoshikoder", deep.as_str(), "deep in one another"),
        ("yoshikoder", bomb, "an attribute is damaged"),
        ("lexicoder", "more\n", "\"more\" stands before the first category"),
        ("lexicoder", "", "it names no category"),
        ("quanteda", "- more\n", "\"more\" stands in no category"),
        ("quanteda", "A: [more\n", "the YAML cannot be read"),
        ("quanteda", flow.as_str(), "line 1"),
        ("dicx", "DicTerm\nmore\n", "its first line names no categories"),
        ("csv", "theme,pattern\na,b\n", "there is no column `code`"),
        ("csv", "code,pattern\n,b\n", "the row stands below no code"),
        ("csv", "code,pattern\na,code:b\n", "there is no code \"b\""),
        ("xlsx", "PK", "this is no workbook"),
    ] {
        let error = by_name(kind, bytes.as_bytes(), "x").expect_err("broken");
        assert!(error.contains(part), "{kind}: {error}");
    }
    assert!(by_name("liwc", b"%\n1\tA\n%\nx\0\t1\n", "x.dic").expect_err("binary").contains("NUL"));
}

#[test]
fn old_encodings_are_guessed_and_told() {
    let latin = b"%\n1\tF\xF6rsvar\n%\nv\xE5r\t1\nb\xE4ttre\t1\ns\xE5\t1\n";
    let book = by_name("liwc", latin, "x.dic").expect("a dictionary");
    assert_eq!(book.file.codes[0].label, "Försvar");
    assert_eq!(codes(&book)["Forsvar"], ["vår", "bättre", "så"]);
    assert_eq!(told(&book), BTreeSet::from(["I011"]));
    let declared = b"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><dictionary><cnode name=\"A\"><pnode name=\"v\xE5r\"/></cnode></dictionary>";
    let book = by_name("yoshikoder", declared, "x.ykd").expect("a dictionary");
    assert_eq!(codes(&book)["A"], ["vår"]);
    assert!(book.losses.is_empty(), "what the file declares is no guess");
    let wide: Vec<u8> = [0xFF, 0xFE].into_iter().chain("+A\nvår\n".encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_eq!(Kind::of("x.txt", &wide).map(|kind| kind.name), Some("lexicoder"));
    assert_eq!(codes(&by_name("lexicoder", &wide, "x.lc3").expect("a dictionary"))["A"], ["vår"]);
}

#[test]
fn scores_and_expressions_are_told() {
    let book =
        "<dictionary><cnode name=\"A\"><pnode name=\"tax*\" score=\"2.5\"/><pnode name=\"why?\"/></cnode></dictionary>";
    let book = by_name("yoshikoder", book.as_bytes(), "x.ykd").expect("a dictionary");
    assert_eq!(codes(&book)["A"], ["tax*", "why"]);
    assert_eq!(told(&book), BTreeSet::from(["I002", "I007"]));
    let book = "<dictionary patternengine=\"regexp\"><cnode name=\"A\"><pnode name=\"tax(es)?\"/><pnode name=\"levy\"/></cnode></dictionary>";
    let book = by_name("yoshikoder", book.as_bytes(), "x.ykd").expect("a dictionary");
    assert_eq!(codes(&book)["A"], ["levy"]);
    assert_eq!(told(&book), BTreeSet::from(["I013"]));
    let grid = "DicTerm,posemo,negemo\nlove*,X,\nhat*,,X\n:),X,\nmeh,0.5,-2\n";
    let book = by_name("dicx", grid.as_bytes(), "x.dicx").expect("a dictionary");
    assert_eq!(codes(&book)["posemo"], ["love*", "meh"]);
    assert_eq!(codes(&book)["negemo"], ["hat*", "meh"]);
    assert_eq!(told(&book), BTreeSet::from(["I001", "I007"]));
}

#[test]
fn a_table_holds_a_whole_codebook() {
    let table = "Theme,Code,Pattern,Tracks,Definition,When to use,Example,Counterexample,Roles,Where,Weather\n\
        Delegation to IT,owns-it,\"(IT manager | he) takes care of\nIT NEAR/3 responsible\",micro; macro,Who is in charge,,The IT manager takes care of it.,I take care.,,,sun\n\
        ,,nobody else,,,,,,informant,site=north; wave=1|2,\n\
        Stories,story,once upon (,meso,,,,,,,\n\
        ,,long ago,,,,,,,,\n";
    let book = by_name("csv", table.as_bytes(), "ism.csv").expect("a codebook");
    assert_eq!(codes(&book)["owns-it"], ["(IT manager | he) takes care of", "IT NEAR/3 responsible", "nobody else"]);
    assert_eq!(codes(&book)["story"], ["long ago"]);
    let owns = &book.file.codes[0];
    assert_eq!((owns.theme.as_str(), owns.tracks.len()), ("Delegation-to-IT", 2));
    assert_eq!(book.file.themes[0].label, "Delegation to IT");
    assert_eq!(owns.examples.as_ref().map(|examples| examples.not_coded.len()), Some(1));
    assert!(matches!(&owns.patterns[2], PatternEntry::Guarded(guarded) if guarded.attributes.len() == 2));
    let places: Vec<(&str, Option<u32>)> = book.losses.iter().map(|loss| (loss.code, loss.line)).collect();
    assert_eq!(places, [("I015", Some(1)), ("I005", Some(5))]);
}

/// A workbook with these parts.
fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a part");
        writer.write_all(bytes).expect("written");
    }
    writer.finish().expect("an archive").into_inner()
}

fn workbook(sheet: &str) -> Vec<u8> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
    let types = format!(
        "<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>"
    );
    let root = format!(
        "<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"r1\" Type=\"{OFFICE}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
    );
    let book = format!(
        "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets><sheet name=\"Codes\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
    );
    let links = format!(
        "<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"r1\" Type=\"{OFFICE}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
    );
    let sheet = format!("<worksheet xmlns=\"{MAIN}\"><sheetData>{sheet}</sheetData></worksheet>");
    archive(&[
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", root.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", links.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

fn cell(place: &str, text: &str) -> String {
    format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

#[test]
fn a_workbook_is_read_like_a_table() {
    let rows = format!(
        "<row r=\"1\">{}{}{}</row><row r=\"2\">{}{}{}</row><row r=\"4\">{}</row>",
        cell("A1", "Theme"),
        cell("B1", "Code"),
        cell("D1", "Pattern"),
        cell("A2", "Delegation"),
        cell("B2", "owns-it"),
        cell("D2", "IT manager\ntakes care"),
        cell("D4", "nobody else"),
    );
    let bytes = workbook(&rows);
    assert_eq!(Kind::of("codes.bin", &bytes).map(|kind| kind.name), Some("xlsx"));
    let book = by_name("xlsx", &bytes, "codes.xlsx").expect("a codebook");
    assert_eq!(codes(&book)["owns-it"], ["IT manager", "takes care", "nobody else"]);
    assert_eq!(book.file.codes[0].theme, "Delegation");

    // One cell at the far end of the sheet must not make it large.
    let far = format!("<row r=\"1\">{}</row><row r=\"1048576\">{}</row>", cell("A1", "code"), cell("XFD1048576", "x"));
    assert!(by_name("xlsx", &workbook(&far), "x").is_err());
    let bomb = archive(&[("xl/sharedStrings.xml", &vec![b' '; 260 << 20])]);
    assert!(bomb.len() < 1 << 20);
    assert!(by_name("xlsx", &bomb, "x").expect_err("a bomb").contains("MB once unpacked"));
    let whole = workbook(&rows);
    for cut in [10, 100, whole.len() / 2, whole.len() - 1] {
        assert!(by_name("xlsx", &whole[..cut], "x").is_err());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_importer_panics_on_any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        for kind in KINDS {
            if let Ok(imported) = import(kind, &bytes, "x") {
                prop_assert!(codebook::load(imported.json().as_bytes(), "x").is_ok());
            }
        }
    }

    #[test]
    fn no_importer_panics_on_damaged_files(at in any::<usize>(), byte in any::<u8>(), cut in any::<usize>()) {
        let files: [(&str, &str); 6] = [
            ("liwc", "%\n1\tA\n\t2\tB x\n%\nmore*\t1\t02\nkind\t<of>1/2\n:)\t1\n"),
            ("yoshikoder", "<?xml version=\"1.0\" encoding=\"UTF-8\"?><dictionary><cnode name=\"A &amp; B\"><pnode name=\"more\" score=\"1\"/></cnode></dictionary>"),
            ("lexicoder", "+A#AA0000\n a lie \n+B\nmore*\n"),
            ("quanteda", "A: [more, \"a lie\"]\nB:\n  - had\n  - C: [mary, 'x*']\n"),
            ("dicx", "DicTerm,A,B\nmore*,X,\n\"a, lie\",,2\n"),
            ("csv", "kind,theme,code,pattern,where,key,value\ncodebook,,,,,case,smart\n,t,c,more OR less,site=a|b,,\n"),
        ];
        for (kind, text) in files {
            let mut bytes = text.as_bytes().to_vec();
            let length = bytes.len();
            bytes[at % length] = byte;
            bytes.truncate(1 + cut % (2 * length));
            if let Ok(imported) = by_name(kind, &bytes, "x") {
                prop_assert!(codebook::load(imported.json().as_bytes(), "x").is_ok());
            }
        }
    }
}
