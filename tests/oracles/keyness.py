"""Keyness by scipy: reads lines of a b c d, writes g2, p and log ratio of each."""
import math
import sys

from scipy.stats import chi2_contingency

for line in sys.stdin:
    a, b, c, d = map(int, line.split())
    g2, p, _, _ = chi2_contingency([[a, b], [c - a, d - b]], correction=False, lambda_="log-likelihood")
    ratio = math.log2((max(a, 0.5) / c) / (max(b, 0.5) / d))
    print(repr(float(g2)), repr(float(p)), repr(ratio))
