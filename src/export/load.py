"""Reads the tables beside this script, with polars if it is installed, else with pandas.

    import load
    tables = load.load()            # or load.load("pandas")
    tables["codings"]
    load.labels("codings")          # what its columns mean

As a script it prints the name and the shape of every table. Only the empty field is missing: a speaker "NA" stays
"NA".
"""

import importlib.util
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "tables"

# Per table: file and, per column, name, type and label.
TABLES = {
@TABLES@
}


def load(library=None):
    """All tables by name. `library` is "polars" or "pandas"."""
    if library is None:
        library = "polars" if importlib.util.find_spec("polars") else "pandas"
    readers = {"polars": _read_polars, "pandas": _read_pandas}
    if library not in readers:
        raise ValueError(f'library is {library!r}: give "polars" or "pandas"')
    return {name: readers[library](FOLDER / file, columns) for name, (file, columns) in TABLES.items()}


def labels(table):
    """What the columns of a table mean, by name."""
    return {name: label for name, _, label in TABLES[table][1]}


def _read_polars(path, columns):
    import polars

    if path.suffix == ".parquet":
        return polars.read_parquet(path)
    types = {
        "integer": polars.Int64,
        "number": polars.Float64,
        "boolean": polars.Boolean,
        "date": polars.Date,
        "text": polars.String,
    }
    schema = {name: types[kind] for name, kind, _ in columns}
    # The names come from the schema: polars leaves doubled quotes in a header as they are.
    return polars.read_csv(path, has_header=False, skip_rows=1, schema=schema, encoding="utf8")


def _read_pandas(path, columns):
    import pandas

    if path.suffix == ".parquet":
        frame = pandas.read_parquet(path, dtype_backend="numpy_nullable")
    else:
        # Numbers are first read as plain doubles, which alone are read to the last digit.
        types = {"integer": "Int64", "number": "float64", "boolean": "boolean", "date": "string", "text": "string"}
        frame = pandas.read_csv(
            path,
            dtype={name: types[kind] for name, kind, _ in columns},
            keep_default_na=False,
            na_values=[""],
            float_precision="round_trip",
            encoding="utf-8",
        )
    for name, kind, _ in columns:
        if kind == "number":
            frame[name] = frame[name].astype("Float64")
        elif kind == "date":
            frame[name] = pandas.to_datetime(frame[name], format="%Y-%m-%d")
    return frame


if __name__ == "__main__":
    for name, frame in load().items():
        print(f"{name}: {frame.shape[0]} rows, {frame.shape[1]} columns")
