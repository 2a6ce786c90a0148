# Reads the tables beside this script into the list `qualcode`, one data frame per table, with base R only:
#
#   source("load.R")
#   head(qualcode$codings)
#   attr(qualcode$codings$start_char, "label")   # what a column means
#
# Only the empty field is missing: a speaker "NA" stays "NA". Whole numbers are doubles, exact up to 2^53, as R's
# integers end at 2^31; columns of 0 and 1 are integers.

qualcode <- local({
  # One entry per table: file and, per column, name, type and label.
  described <- list(
@TABLES@
  )

  if (length(described) == 0) {
    message("no table was written as CSV, the one format that base R reads: write them with --format csv")
  }

  # The folder of this script, run by Rscript or source(), from any working directory.
  folder <- local({
    sourced <- unlist(lapply(rev(sys.frames()), function(frame) {
      if (is.character(frame$ofile)) dirname(frame$ofile)
    }))
    run <- sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE))
    candidates <- c(sourced, dirname(gsub("~+~", " ", run, fixed = TRUE)), ".")
    holds_all <- function(candidate) {
      all(vapply(described, function(table) file.exists(file.path(candidate, "tables", table$file)), TRUE))
    }
    found <- Filter(holds_all, candidates)
    if (length(found) == 0) {
      stop("the tables are not in the folder `tables` beside load.R: set the working directory to where load.R is")
    }
    found[[1]]
  })

  read <- function(table) {
    classes <- c(integer = "numeric", presence = "integer", number = "numeric", boolean = "logical",
                 date = "character", text = "character")
    frame <- read.csv(
      file.path(folder, "tables", table$file), header = TRUE, colClasses = unname(classes[table$types]),
      na.strings = "", quote = "\"", comment.char = "", encoding = "UTF-8", check.names = FALSE,
      strip.white = FALSE, fill = FALSE, stringsAsFactors = FALSE
    )
    if (ncol(frame) != length(table$columns)) {
      stop(table$file, " has ", ncol(frame), " columns instead of ", length(table$columns),
           ": write the tables anew, load.R with them")
    }
    names(frame) <- table$columns
    for (i in seq_along(frame)) {
      if (table$types[[i]] == "date") {
        frame[[i]] <- as.Date(frame[[i]], format = "%Y-%m-%d")
      }
      attr(frame[[i]], "label") <- table$labels[[i]]
    }
    frame
  }

  lapply(described, read)
})
