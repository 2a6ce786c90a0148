//! The loaders and the data package, as R, polars, pandas and frictionless read them.

use crate::oracle;
use qualcode::export::{TableFiles, datapackage, load_py, load_r};
use qualcode::tables::{ColumnKind, ColumnSchema, TableSchema};
use std::path::{Path, PathBuf};
use std::process::Command;

/// A name as someone may have it in a spreadsheet.
const ODD_NAME: &str = "site, \"north\" 'é'";

/// A label that would do harm as code.
const ODD_LABEL: &str = "ends\"); quit(status = 1) #\n\\\" 'x' \u{2028}\u{1f600} \\u0041";

/// Hand-written. NA, N/A and null are names; the only missing values are the empty fields.
const CODINGS: &str = "\
speaker,text,start_char,far,share,counted,confirmed,wave,\"site, \"\"north\"\" 'é'\"
NA,\"He said \"\"IT, mostly\"\", naïve 😀\",0,3000000000,0.1,1,true,2009-10-14,x
N/A,,12,,,0,,,
null,\" # it's 5 % of \\n; don't \",7,-1,1e-300,1,false,1999-12-31,007
TRUE,1,1,9007199254740991,0.30000000000000004,0,true,2024-02-29,1e5
";

const CODES: &str = "code,definition,codings\nowns-it,\"two\nlines\",0\n";

const EMPTY: &str = "unit_id,words,jaccard,seen,held\n";

fn column(name: &str, kind: ColumnKind, nullable: bool, meaning: &str) -> ColumnSchema {
    ColumnSchema { name: name.into(), kind, unit: None, meaning: meaning.into(), nullable }
}

fn schemas() -> [TableSchema; 3] {
    use ColumnKind::{Boolean, Date, Integer, Number, Text};
    let mut counted = column("counted", Integer, false, "Whether it counts.");
    counted.unit = Some("0/1".into());
    let codings = vec![
        column("speaker", Text, false, "Who."),
        column("text", Text, true, ODD_LABEL),
        column("start_char", Integer, false, "Start."),
        column("far", Integer, true, "Above 2^31."),
        column("share", Number, true, "A share."),
        counted,
        column("confirmed", Boolean, true, "Confirmed."),
        column("wave", Date, true, "Wave."),
        column(ODD_NAME, Text, true, "Site."),
    ];
    let codes = vec![
        column("code", Text, false, "Code."),
        column("definition", Text, true, "Definition."),
        column("codings", Integer, false, "Codings."),
    ];
    let empty = vec![
        column("unit_id", Text, false, "Unit."),
        column("words", Integer, false, "Words."),
        column("jaccard", Number, true, "Jaccard."),
        column("seen", Boolean, true, "Seen."),
        column("held", Date, true, "Held."),
    ];
    let table = |name: &str, row: &str, columns: Vec<ColumnSchema>, key: &str| TableSchema {
        name: name.into(),
        row: row.into(),
        columns,
        key: vec![key.into()],
    };
    [
        table("codings", "coding", codings, "speaker"),
        table("codes", "code", codes, "code"),
        table("unit_codes", "unit", empty, "unit_id"),
    ]
}

/// An output folder with the tables, their loaders and their package; its name has a space.
struct Output {
    /// Holds the folder while the test lasts.
    _temporary: tempfile::TempDir,
    folder: PathBuf,
}

impl Output {
    fn new() -> Self {
        let temporary = tempfile::tempdir().expect("a temporary folder");
        let output = Self { folder: temporary.path().join("the output"), _temporary: temporary };
        std::fs::create_dir_all(output.folder.join("tables")).expect("folders");
        for (name, text) in [("codings", CODINGS), ("codes", CODES), ("unit_codes", EMPTY)] {
            output.write(&format!("tables/{name}.csv"), text);
        }
        output.describe(&["csv"]);
        output
    }

    /// Writes the loaders and the package for tables in these formats.
    fn describe(&self, formats: &[&str]) {
        let schemas = schemas();
        let files = schemas
            .each_ref()
            .map(|schema| formats.iter().map(|format| format!("{}.{format}", schema.name)).collect::<Vec<_>>());
        let table = |((schema, files), rows)| TableFiles { schema, rows, files };
        let written: Vec<TableFiles<'_>> =
            schemas.iter().zip(files.iter().map(Vec::as_slice)).zip([4, 1, 0]).map(table).collect();
        self.write("load.R", &load_r(&written));
        self.write("load.py", &load_py(&written));
        self.write("tables/datapackage.json", &datapackage(&written));
    }

    fn write(&self, file: &str, text: &str) {
        std::fs::write(self.folder.join(file), text).expect("the folder is writable");
    }
}

/// What every loader must report, given the names of its types for text, integers, 0/1, numbers, booleans and dates.
fn expected([text, integer, presence, number, boolean, date]: [&str; 6]) -> Vec<String> {
    let label = "ends\"); quit(status = 1) #\\n\\\\\" 'x' \u{2028}\u{1f600} \\\\u0041";
    vec![
        "table\tcodings\t4\t9".to_owned(),
        format!("column\tcodings\tspeaker\t{text}\tWho."),
        format!("column\tcodings\ttext\t{text}\t{label}"),
        format!("column\tcodings\tstart_char\t{integer}\tStart."),
        format!("column\tcodings\tfar\t{integer}\tAbove 2^31."),
        format!("column\tcodings\tshare\t{number}\tA share."),
        format!("column\tcodings\tcounted\t{presence}\tWhether it counts."),
        format!("column\tcodings\tconfirmed\t{boolean}\tConfirmed."),
        format!("column\tcodings\twave\t{date}\tWave."),
        format!("column\tcodings\t{ODD_NAME}\t{text}\tSite."),
        "row\tcodings\tNA\tHe said \"IT, mostly\", naïve 😀\t0\t3000000000\t0.10000000000000001\t1\ttrue\t2009-10-14\tx"
            .to_owned(),
        format!("row\tcodings\tN/A\t{0}\t12\t{0}\t{0}\t0\t{0}\t{0}\t{0}", "<missing>"),
        "row\tcodings\tnull\t # it's 5 % of \\\\n; don't \t7\t-1\t1e-300\t1\tfalse\t1999-12-31\t007"
            .to_owned(),
        "row\tcodings\tTRUE\t1\t1\t9007199254740991\t0.30000000000000004\t0\ttrue\t2024-02-29\t1e5".to_owned(),
        "table\tcodes\t1\t3".to_owned(),
        format!("column\tcodes\tcode\t{text}\tCode."),
        format!("column\tcodes\tdefinition\t{text}\tDefinition."),
        format!("column\tcodes\tcodings\t{integer}\tCodings."),
        "row\tcodes\towns-it\ttwo\\nlines\t0".to_owned(),
        "table\tunit_codes\t0\t5".to_owned(),
        format!("column\tunit_codes\tunit_id\t{text}\tUnit."),
        format!("column\tunit_codes\twords\t{integer}\tWords."),
        format!("column\tunit_codes\tjaccard\t{number}\tJaccard."),
        format!("column\tunit_codes\tseen\t{boolean}\tSeen."),
        format!("column\tunit_codes\theld\t{date}\tHeld."),
    ]
}

/// Equal line by line.
fn assert_lines(answer: &str, expected: &[String]) {
    let lines: Vec<&str> = answer.split('\n').map(|line| line.trim_end_matches('\r')).collect();
    for (line, expected) in lines.iter().zip(expected) {
        assert_eq!(line, expected);
    }
    assert_eq!(lines.len(), expected.len() + 1, "and the end of the last line:\n{answer}");
}

#[test]
fn r_reads_every_table() {
    let Some(mut r) = oracle::rscript() else { return };
    let output = Output::new();
    // The least helpful locale, and another working directory.
    r.env("LC_ALL", "C").current_dir(std::env::temp_dir());
    let answer = oracle::answer(r.arg(oracle::script("dump_tables.R")).arg(output.folder.join("load.R")), "");
    assert_lines(&answer, &expected(["character", "numeric", "integer", "numeric", "logical", "Date"]));
}

#[test]
fn r_runs_the_loader_as_a_script() {
    let Some(mut r) = oracle::rscript() else { return };
    let output = Output::new();
    oracle::answer(r.current_dir(std::env::temp_dir()).arg(output.folder.join("load.R")), "");
}

#[test]
fn r_leaves_out_what_it_cannot_read() {
    let Some(mut r) = oracle::rscript() else { return };
    let output = Output::new();
    output.describe(&["parquet"]);
    let answer = oracle::answer(r.arg(oracle::script("dump_tables.R")).arg(output.folder.join("load.R")), "");
    assert_eq!(answer, "");
}

const POLARS: [&str; 6] = ["String", "Int64", "Int64", "Float64", "Boolean", "Date"];
const PANDAS: [&str; 6] = ["string", "Int64", "Int64", "Float64", "boolean", "datetime64"];

/// What the library reads by load.py.
fn dumped(mut python: Command, output: &Output, library: &str) -> String {
    let answer = oracle::answer(python.arg(oracle::script("dump_tables.py")).arg(&output.folder).arg(library), "");
    // The resolution of pandas' dates differs among its versions.
    ["s", "ms", "us", "ns"]
        .iter()
        .fold(answer, |answer, unit| answer.replace(&format!("\tdatetime64[{unit}]\t"), "\tdatetime64\t"))
}

#[test]
fn polars_reads_every_table() {
    let Some(python) = oracle::python(&["polars"]) else { return };
    assert_lines(&dumped(python, &Output::new(), "polars"), &expected(POLARS));
}

#[test]
fn pandas_reads_every_table() {
    let Some(python) = oracle::python(&["pandas"]) else { return };
    assert_lines(&dumped(python, &Output::new(), "pandas"), &expected(PANDAS));
}

#[test]
fn python_reads_parquet_where_there_is_no_csv() {
    let modules = ["polars", "pandas", "pyarrow"];
    let Some(mut python) = oracle::python(&modules) else { return };
    let output = Output::new();
    let convert = "import load\nfor name, frame in load.load('polars').items():\n    \
                   frame.write_parquet(load.FOLDER / f'{name}.parquet')";
    oracle::answer(python.current_dir(&output.folder).args(["-c", convert]), "");
    for name in ["codings", "codes", "unit_codes"] {
        std::fs::remove_file(output.folder.join(format!("tables/{name}.csv"))).expect("was written");
    }
    output.describe(&["parquet"]);
    for (library, types) in [("polars", POLARS), ("pandas", PANDAS)] {
        let Some(python) = oracle::python(&modules) else { return };
        assert_lines(&dumped(python, &output, library), &expected(types));
    }
}

#[test]
fn python_prints_names_and_shapes() {
    let Some(mut python) = oracle::python(&["polars"]) else { return };
    let output = Output::new();
    let answer = oracle::answer(python.arg(output.folder.join("load.py")), "");
    let lines: Vec<&str> = answer.lines().collect();
    assert_eq!(lines, ["codings: 4 rows, 9 columns", "codes: 1 rows, 3 columns", "unit_codes: 0 rows, 5 columns"]);
}

#[test]
fn frictionless_accepts_the_package() {
    let Some(mut python) = oracle::python(&["frictionless"]) else { return };
    let output = Output::new();
    assert_eq!(faults(&mut python, &output.folder), "");
}

#[test]
fn frictionless_finds_what_the_package_forbids() {
    let Some(mut python) = oracle::python(&["frictionless"]) else { return };
    let output = Output::new();
    // `counted` of the second row, which may be 0 or 1.
    output.write("tables/codings.csv", &CODINGS.replace("N/A,,12,,,0", "N/A,,12,,,2"));
    let faults = faults(&mut python, &output.folder);
    assert!(faults.starts_with("Constraint Error\t3\t6\t"), "{faults}");
    assert_eq!(faults.lines().count(), 1, "{faults}");
}

fn faults(python: &mut Command, folder: &Path) -> String {
    oracle::answer(python.arg(oracle::script("validate_package.py")).arg(folder.join("tables/datapackage.json")), "")
}
