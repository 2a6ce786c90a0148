"""Validates the data package named by the first argument, with all its files; prints the faults."""

import sys

from frictionless import validate

report = validate(sys.argv[1])
for fault in report.flatten(["title", "rowNumber", "fieldNumber", "message"]):
    print(*fault, sep="\t")
