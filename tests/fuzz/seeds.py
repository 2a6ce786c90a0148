#!/usr/bin/env python3
"""Makes seeds for the fuzzer of readers from a folder of transcripts.

    seeds.py CORPUS OUT

Each file of a format that qualcode reads goes to OUT/FORMAT, large ones cut to their first lines. Archives (docx, odt,
xlsx, ods) are unpacked into the parts that readers look at, in the form that reader.rs packs again.

Only the standard library is used.
"""

import pathlib
import sys
import zipfile

FORMATS = {
    "txt": "txt", "md": "md", "docx": "docx", "odt": "odt", "rtf": "rtf", "html": "html", "htm": "html", "pdf": "pdf",
    "vtt": "vtt", "srt": "srt", "json": "json", "csv": "csv", "tsv": "tsv", "xlsx": "xlsx", "ods": "ods",
    "tei": "tei", "xml": "tei", "eaf": "eaf", "textgrid": "textgrid", "rock": "rock",
}
ARCHIVES = {"docx", "odt", "xlsx", "ods"}
# A cut would break these in their middle, which a fuzzer finds by itself.
WHOLE = {"pdf", "json", "tei", "eaf"}
LINES_UP_TO = 4_000
WHOLE_UP_TO = 60_000


def parts(path: pathlib.Path) -> bytes:
    """The parts of an archive as reader.rs packs them, without pictures and the like."""
    with zipfile.ZipFile(path) as archive:
        wanted = [part for part in archive.infolist() if part.filename.endswith((".xml", ".rels", "mimetype"))]
        small = [part.filename for part in wanted if part.file_size <= WHOLE_UP_TO]
        return b"".join(b"%%part " + name.encode() + b"\n" + archive.read(name) + b"\n" for name in small)


def seed(path: pathlib.Path, form: str) -> bytes | None:
    """What the fuzzer begins with; none if the file is too large to be cut."""
    data = parts(path) if form in ARCHIVES else path.read_bytes()
    if form in WHOLE or form in ARCHIVES:
        return data if len(data) <= WHOLE_UP_TO else None
    return data[:LINES_UP_TO].rpartition(b"\n")[0] + b"\n"


def main() -> None:
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    corpus, out = map(pathlib.Path, sys.argv[1:])
    for number, path in enumerate(sorted(path for path in corpus.rglob("*") if path.is_file())):
        form = FORMATS.get(path.suffix.lower().lstrip("."))
        data = seed(path, form) if form else None
        if data:
            folder = out / form
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{number}{path.suffix}").write_bytes(data)


if __name__ == "__main__":
    main()
