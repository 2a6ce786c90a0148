//! The loaders of a real run, in R, polars and pandas: every table that the data package describes, with its types and
//! with as many rows as `run.json` says.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use crate::{oracle, sample};

fn json(path: &Path) -> Value {
    serde_json::from_str(&std::fs::read_to_string(path).expect("a file")).expect("JSON")
}

/// Per table: its rows and the types of its columns, by the data package and `run.json`.
fn described(results: &Path) -> BTreeMap<String, (u64, Vec<String>)> {
    let outputs = json(&results.join("run.json"))["outputs"].as_array().expect("outputs").clone();
    let rows = |file: &str| {
        let path = format!("tables/{file}");
        outputs.iter().find(|output| output["path"] == path.as_str()).and_then(|output| output["rows"].as_u64())
    };
    json(&results.join("tables/datapackage.json"))["resources"]
        .as_array()
        .expect("resources")
        .iter()
        .filter(|resource| resource["format"] == "csv")
        .map(|resource| {
            let path = resource["path"].as_str().expect("a path");
            let fields = resource["schema"]["fields"].as_array().expect("fields");
            let kind = |field: &Value| field["type"].as_str().expect("a type").to_owned();
            let name = path.trim_end_matches(".csv").to_owned();
            (name, (rows(path).expect("rows"), fields.iter().map(kind).collect()))
        })
        .collect()
}

/// The same by what a loader read; `kinds` gives the data package's type for each of the loader's.
fn loaded(answer: &str, kinds: &[(&str, &str)]) -> BTreeMap<String, (u64, Vec<String>)> {
    let mut tables: BTreeMap<String, (u64, Vec<String>)> = BTreeMap::new();
    for line in answer.lines() {
        let parts: Vec<&str> = line.split('\t').collect();
        match parts[0] {
            "table" => {
                tables.insert(parts[1].to_owned(), (parts[2].parse().expect("a number of rows"), Vec::new()));
            }
            "column" => {
                let kind = kinds.iter().find(|(class, _)| parts[3].starts_with(class)).expect("a known type").1;
                tables.get_mut(parts[1]).expect("a table").1.push(kind.to_owned());
            }
            _ => {}
        }
    }
    tables
}

#[test]
fn r_loads_every_table_of_a_run() {
    let Some(mut r) = oracle::rscript() else { return };
    let results = sample::results();
    let answer = oracle::answer(r.arg(oracle::script("dump_tables.R")).arg(results.join("load.R")), "");
    // R has one type for whole and other numbers; which is meant, the data package tells.
    let kinds = [
        ("character", "string"),
        ("numeric", "number"),
        ("integer", "integer"),
        ("logical", "boolean"),
        ("Date", "date"),
    ];
    let mut described = described(results);
    let mut loaded = loaded(&answer, &kinds);
    for kind in described.values_mut().chain(loaded.values_mut()).flat_map(|(_, kinds)| kinds) {
        if kind == "integer" {
            "number".clone_into(kind);
        }
    }
    assert_eq!(loaded, described);
}

#[test]
fn python_loads_every_table_of_a_run() {
    let polars =
        [("String", "string"), ("Int64", "integer"), ("Float64", "number"), ("Boolean", "boolean"), ("Date", "date")];
    let pandas = [
        ("string", "string"),
        ("Int64", "integer"),
        ("Float64", "number"),
        ("boolean", "boolean"),
        ("datetime64", "date"),
    ];
    for (library, kinds) in [("polars", polars), ("pandas", pandas)] {
        let Some(mut python) = oracle::python(&[library]) else { continue };
        let results = sample::results();
        let answer = oracle::answer(python.arg(oracle::script("dump_tables.py")).arg(results).arg(library), "");
        assert_eq!(loaded(&answer, &kinds), described(results), "{library}");
    }
}
