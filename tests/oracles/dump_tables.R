# Sources the load.R named by the first argument and prints what it read, one fact a line, parted by tabs.
source(commandArgs(TRUE)[[1]])

escaped <- function(text) {
  text <- gsub("\\", "\\\\", enc2utf8(text), fixed = TRUE)
  gsub("\n", "\\n", text, fixed = TRUE)
}
say <- function(...) writeLines(paste(..., sep = "\t"), useBytes = TRUE)
shown <- function(column) {
  text <- if (is.logical(column)) {
    ifelse(column, "true", "false")
  } else if (is.numeric(column) && !inherits(column, "Date")) {
    formatC(column, digits = 17, format = "g", width = 1)
  } else {
    as.character(column)
  }
  ifelse(is.na(column), "<missing>", escaped(text))
}

for (table in names(qualcode)) {
  frame <- qualcode[[table]]
  say("table", table, nrow(frame), ncol(frame))
  for (i in seq_along(frame)) {
    say("column", table, escaped(names(frame)[[i]]), class(frame[[i]])[[1]], escaped(attr(frame[[i]], "label")))
  }
  for (row in seq_len(nrow(frame))) {
    cells <- vapply(frame, function(column) shown(column[row]), "")
    say("row", table, paste(cells, collapse = "\t"))
  }
}
