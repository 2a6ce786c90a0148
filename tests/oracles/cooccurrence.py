"""Recomputes the co-occurrence of codes by turn from `unit_codes.csv` with numpy, scipy and statsmodels, and compares
it with `cooccurrence.csv`, row by row. Prints how many pairs and measures were compared."""

import csv
import itertools
import math
import sys

import numpy as np
from scipy.stats import chi2_contingency, fisher_exact
from statsmodels.stats.multitest import multipletests

folder = sys.argv[1]
with open(f"{folder}/unit_codes.csv", newline="", encoding="utf-8") as file:
    units = [row for row in csv.DictReader(file) if row["unit"] == "turn"]
with open(f"{folder}/cooccurrence.csv", newline="", encoding="utf-8") as file:
    told = {(r["a"], r["b"]): r for r in csv.DictReader(file) if r["unit"] == "turn" and r["level"] == "code"}

codes = list(units[0])[list(units[0]).index("words") + 1:]
present = {code: np.array([int(row[code]) for row in units]) for code in codes}
pairs = list(itertools.combinations(sorted(codes, key=lambda code: code.encode()), 2))
assert set(told) == set(pairs), "every pair once"
compared = 0


def close(row, name, value, tolerance=1e-9):
    global compared
    text = row[name]
    if value is None or math.isnan(value):
        assert text == "", (row["a"], row["b"], name, text, value)
    else:
        assert text != "" and math.isclose(float(text), value, rel_tol=tolerance, abs_tol=1e-12), (
            row["a"], row["b"], name, text, value)
    compared += 1


p_values = {}
for a, b in pairs:
    row, x, y = told[a, b], present[a], present[b]
    n, n_a, n_b, n_ab = len(units), int(x.sum()), int(y.sum()), int((x & y).sum())
    for name, value in (("n", n), ("n_a", n_a), ("n_b", n_b), ("n_ab", n_ab)):
        close(row, name, value)
    close(row, "expected", n_a * n_b / n)
    either = n_a + n_b - n_ab
    close(row, "jaccard", n_ab / either if either else None)
    close(row, "dice", 2 * n_ab / (n_a + n_b) if n_a + n_b else None)
    close(row, "ochiai", n_ab / math.sqrt(n_a * n_b) if n_a * n_b else None)
    close(row, "overlap_coefficient", n_ab / min(n_a, n_b) if n_a * n_b else None)
    lift = n * n_ab / (n_a * n_b) if n_a * n_b else None
    close(row, "lift", lift)
    close(row, "pmi", math.log2(lift) if lift else None)
    inside = 0 < n_a < n and 0 < n_b < n
    close(row, "phi", float(np.corrcoef(x, y)[0, 1]) if inside else None)
    table = np.array([[n_ab, n_a - n_ab], [n_b - n_ab, n - either]])
    if inside:
        g2 = chi2_contingency(table, correction=False, lambda_="log-likelihood").statistic
        close(row, "g2", max(float(g2), 0.0), 1e-7)
    if row["p_fisher_iid"] != "":
        close(row, "p_fisher_iid", float(fisher_exact(table).pvalue), 1e-7)
        p_values[a, b] = float(row["p_fisher_iid"])
    cells = table + 0.5 if inside and (table == 0).any() else table
    odds = cells[0, 0] * cells[1, 1] / (cells[0, 1] * cells[1, 0]) if inside else None
    close(row, "odds_ratio", odds)
    close(row, "share_b_given_a", n_ab / n_a if n_a else None)
    close(row, "share_a_given_b", n_ab / n_b if n_b else None)
    delta = n_ab / n_a - (n_b - n_ab) / (n - n_a) if 0 < n_a < n else None
    close(row, "delta_p_b_given_a", delta)

adjusted = multipletests(list(p_values.values()), method="fdr_bh")[1]
for pair, value in zip(p_values, adjusted):
    close(told[pair], "p_fisher_iid_bh", float(value), 1e-9)
print(len(pairs), compared)
