"""Loads tables by the load.py in the folder named by the first argument, with the library named by the second, and
prints what it read, one fact a line, parted by tabs."""

import datetime
import sys

sys.path.insert(0, sys.argv[1])
import load


def escaped(text):
    return text.replace("\\", "\\\\").replace("\n", "\\n")


def shown(value):
    if value is None or str(value) in ("<NA>", "NaT"):
        return "<missing>"
    if isinstance(value, datetime.date):
        return value.isoformat()[:10]
    if isinstance(value, float):
        return f"{value:.17g}"
    if value is True or value is False or type(value).__name__ == "bool":
        return "true" if value else "false"
    return escaped(str(value))


def main():
    for table, frame in load.load(sys.argv[2]).items():
        print("table", table, *frame.shape, sep="\t")
        labels = load.labels(table)
        for name in frame.columns:
            print("column", table, escaped(name), frame[name].dtype, escaped(labels[name]), sep="\t")
        columns = [frame[name].to_list() for name in frame.columns]
        for row in range(frame.shape[0]):
            print("row", table, *(shown(column[row]) for column in columns), sep="\t")


if __name__ == "__main__":
    main()
