# Draws the picture of the README: how often themes come together in exchanges.
# Usage: Rscript scripts/readme/themes.R results scripts/readme/themes.png

arguments <- commandArgs(trailingOnly = TRUE)
source(file.path(arguments[1], "load.R"))

themes <- subset(qualcode$frequencies, level == "theme")
themes <- themes[order(-themes$exchanges), ]
pairs <- subset(qualcode$cooccurrence, unit == "exchange" & level == "theme")
n <- nrow(themes)
strength <- matrix(NA_real_, n, n, dimnames = list(themes$id, themes$id))
together <- strength
for (row in seq_len(nrow(pairs))) {
  a <- pairs$a[row]
  b <- pairs$b[row]
  # A theme and one above it share codes and so come together by construction: not coloured.
  if (pairs$shared_codes[row] == 0) strength[a, b] <- strength[b, a] <- pairs$jaccard[row]
  together[a, b] <- together[b, a] <- pairs$n_ab[row]
}
diag(together) <- themes$exchanges

png(arguments[2], width = 1600, height = 1250, res = 130, type = "cairo")
par(mar = c(16, 17, 2.5, 1), family = "sans")
colours <- hcl.colors(64, "Blues", rev = TRUE)
image(seq_len(n), seq_len(n), t(strength[n:1, ]), col = colours, zlim = c(0, max(strength, na.rm = TRUE)),
      axes = FALSE, xlab = "", ylab = "")
for (x in seq_len(n)) {
  for (y in seq_len(n)) {
    value <- strength[n + 1 - y, x]
    dark <- !is.na(value) && value > 0.6 * max(strength, na.rm = TRUE)
    text(x, y, together[n + 1 - y, x], cex = 0.8, font = if (x == n + 1 - y) 2 else 1,
         col = if (dark) "white" else "grey20")
  }
}
axis(1, seq_len(n), themes$label, las = 2, tick = FALSE, cex.axis = 0.85)
axis(2, seq_len(n), rev(themes$label), las = 1, tick = FALSE, cex.axis = 0.85)
title("Themes in the same exchange: number of exchanges (colour: Jaccard)", cex.main = 1, adj = 0)
invisible(dev.off())
