"""Measures of association in exact arithmetic, checked against scipy, numpy and statsmodels.

Reads {"tables": [[n, n_a, n_b, n_ab], ...], "families": [[p or null, ...], ...]} from standard input and writes the
measures of every table and the adjusted p values of every family to standard output.

The values are worked out from the definitions with fractions and 60-digit decimals. Where a library knows the
measure, its answer must agree, as far as its own rounding lets it.
"""

import json
import math
import sys
import warnings
from decimal import MAX_EMAX, MIN_EMIN, Decimal, InvalidOperation, getcontext
from fractions import Fraction

import numpy as np
from scipy import stats
from scipy.spatial import distance
from statsmodels.stats.contingency_tables import Table2x2
from statsmodels.stats.multitest import multipletests

context = getcontext()
context.prec, context.Emax, context.Emin = 60, MAX_EMAX, MIN_EMIN

# Above this many tables with the same margins, the exact sum takes too long and scipy's answer stands.
FULL_SUPPORT = 60_000


def decimal(fraction):
    return Decimal(fraction.numerator) / Decimal(fraction.denominator)


def log2(fraction):
    return decimal(fraction).ln() / Decimal(2).ln()


def or_none(formula):
    """Division by zero is what makes a measure undefined."""
    try:
        return float(formula())
    except (ZeroDivisionError, InvalidOperation):  # Decimals have the latter for 0/0.
        return None


def near(name, counts, value, library, relative=1e-9, absolute=1e-9):
    if not math.isclose(value, library, rel_tol=relative, abs_tol=absolute):
        sys.exit(f"{name} of {counts}: {value} by definition, {library} by the library")


def fisher(both, only_a, only_b, neither):
    """The sum over the whole support of the tables no likelier than the observed one, or None if it is too long."""
    row, column = both + only_a, both + only_b
    total = row + only_b + neither
    least, greatest = max(0, row + column - total), min(row, column)
    if greatest - least > FULL_SUPPORT:
        return None
    weights = [Decimal(1)]
    for cell in range(least, greatest):
        ratio = Decimal((row - cell) * (column - cell)) / ((cell + 1) * (total - row - column + cell + 1))
        weights.append(weights[-1] * ratio)
    limit = weights[both - least] * (1 + Decimal("1e-7"))
    return float(sum(w for w in weights if w <= limit) / sum(weights))


def measures(n, n_a, n_b, n_ab):
    counts = [n, n_a, n_b, n_ab]
    both, only_a, only_b = n_ab, n_a - n_ab, n_b - n_ab
    neither = n - both - only_a - only_b
    table = [[both, only_a], [only_b, neither]]
    margins = [n_a, n - n_a, n_b, n - n_b]
    of = {
        "expected": or_none(lambda: Fraction(n_a * n_b, n)),
        "jaccard": or_none(lambda: Fraction(both, both + only_a + only_b)),
        "dice": or_none(lambda: Fraction(2 * both, n_a + n_b)),
        "ochiai": or_none(lambda: decimal(Fraction(both**2, n_a * n_b)).sqrt()),
        "overlap_coefficient": or_none(lambda: Fraction(both, min(n_a, n_b))),
        "lift": or_none(lambda: Fraction(both, 1) / Fraction(n_a * n_b, n)),
        "phi": or_none(
            lambda: Decimal(both * neither - only_a * only_b)
            / Decimal(math.prod(margins)).sqrt()
        ),
        "share_b_given_a": or_none(lambda: Fraction(both, n_a)),
        "share_a_given_b": or_none(lambda: Fraction(both, n_b)),
        "delta_p_b_given_a": or_none(lambda: Fraction(both, n_a) - Fraction(only_b, n - n_a)),
        "delta_p_a_given_b": or_none(lambda: Fraction(both, n_b) - Fraction(only_a, n - n_b)),
    }

    def pmi():
        return log2(Fraction(both, 1) / Fraction(n_a * n_b, n))

    of["pmi"] = or_none(pmi) if both else None
    if both:
        of["npmi"] = or_none(lambda: pmi() / -log2(Fraction(both, n)))
    else:
        of["npmi"] = -1.0 if n_a and n_b else None

    of["odds_ratio"] = of["odds_ratio_corrected"] = None
    if all(margins):
        cells = [Fraction(cell) for row in table for cell in row]
        corrected = 0 in cells
        if corrected:
            cells = [cell + Fraction(1, 2) for cell in cells]
        of["odds_ratio"] = float(cells[0] * cells[3] / (cells[1] * cells[2]))
        of["odds_ratio_corrected"] = int(corrected)
        # Its own correction replaces the zeros only.
        shifted = np.array(table, float) + (0.5 if corrected else 0)
        near("odds_ratio", counts, of["odds_ratio"], Table2x2(shifted, shift_zeros=False).oddsratio)

    of["g2"] = of["p_fisher_iid"] = None
    if n:
        total = Decimal(0)
        for observed, row, column in [
            (both, n_a, n_b),
            (only_a, n_a, n - n_b),
            (only_b, n - n_a, n_b),
            (neither, n - n_a, n - n_b),
        ]:
            if observed:
                total += observed * decimal(Fraction(observed * n, row * column)).ln()
        # Sixty digits leave nothing of an exact 0 but noise.
        of["g2"] = float(2 * total) if both * neither != only_a * only_b else 0.0
        scipys = float(stats.fisher_exact(table).pvalue)
        exact = fisher(both, only_a, only_b, neither)
        if exact is None:
            of["p_fisher_iid"] = scipys
        else:
            of["p_fisher_iid"] = exact
            near("p_fisher_iid", counts, exact, scipys, relative=1e-6, absolute=1e-280)
        near("expected", counts, of["expected"], stats.contingency.expected_freq(table)[0][0])
    if all(margins):
        scipys = stats.chi2_contingency(table, correction=False, lambda_="log-likelihood").statistic
        near("g2", counts, of["g2"], scipys, absolute=1e-12 * n)
        if n <= 2500:
            a = np.repeat([True, True, False, False], [both, only_a, only_b, neither])
            b = np.repeat([True, False, True, False], [both, only_a, only_b, neither])
            near("phi", counts, of["phi"], np.corrcoef(a, b)[0][1])
            near("jaccard", counts, of["jaccard"], 1 - distance.jaccard(a, b))
            near("dice", counts, of["dice"], 1 - distance.dice(a, b))
            near("ochiai", counts, of["ochiai"], 1 - distance.cosine(a.astype(float), b.astype(float)))
    return of


def adjusted(family):
    defined = [i for i, p in enumerate(family) if p is not None]
    out = [None] * len(family)
    if defined:
        values = multipletests([family[i] for i in defined], method="fdr_bh")[1]
        for i, value in zip(defined, values):
            out[i] = float(value)
    return out


def main():
    warnings.simplefilter("ignore")
    question = json.load(sys.stdin)
    answer = {
        "tables": [measures(*counts) for counts in question.get("tables", [])],
        "families": [adjusted(family) for family in question.get("families", [])],
    }
    json.dump(answer, sys.stdout, allow_nan=False)


if __name__ == "__main__":
    main()
