#!/bin/sh
# Measures whole processes on a corpus and prints a table of what a user waits for, as ratios where there is a
# yardstick.
#
#     scripts/measure.sh CORPUS [ROUNDS]
#
# What's measured, ROUNDS times (default 5), in turn, so that a machine whose speed drifts does not favour one:
#   yardstick         tantivy alone indexing the same turns (benches/bare_tantivy.rs): from memory to commit, and
#                     from the folder to commit, as qualcode has to
#   index             qualcode index, from the folder to a new store
#   run               qualcode run, from the folder to all tables as CSV and Parquet, no store before
#   run_parquet       the same with Parquet alone
#   code              qualcode code with the store in place: codings, codes, frequencies, cooccurrence as Parquet
#   query             qualcode query --limit 10, a frequent word near a rare one
# The figures are medians: seconds of wall time and of processor time (user and system, all threads), and the
# peak of RssAnon in /proc/PID/status, sampled every 20 ms (the index is mapped and is no anonymous memory).
#
# The codebook is that of scripts/speed_codebook.py: 60 codes, 600 patterns, every operator. For memory by size, give
# a corpus and ten copies of it made by scripts/generate_corpus.py --copies 10.
#
# Needs: cargo, python3, GNU time as /usr/bin/time, Linux. Set QUALCODE to measure a binary that is already built.
# Close other programs first: on a busy machine only the ratios and the processor times mean something.
set -eu

corpus=${1:?"usage: scripts/measure.sh CORPUS [ROUNDS]"}
rounds=${2:-5}
here=$(dirname "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM

root=$(cd "$here/.." && pwd)
cargo build --quiet --release --manifest-path "$root/Cargo.toml"
target=${CARGO_TARGET_DIR:-$root/target}
qualcode=${QUALCODE:-$target/release/qualcode}
# Quoted paths of bench binaries come from cargo itself.
yardstick=$(cargo bench --quiet --no-run --bench bare_tantivy --manifest-path "$root/Cargo.toml" --message-format json |
    sed -n 's/.*"executable":"\([^"]*bare_tantivy[^"]*\)".*/\1/p' | tail -1)
python3 "$here/speed_codebook.py" --out "$work/codebook.json"

# timed NAME COMMAND…: appends wall and processor seconds to $work/NAME; its exit status is not asked.
timed() {
    name=$1
    shift
    /usr/bin/time -f '%e %U %S' -o "$work/time" "$@" >/dev/null 2>&1 || true
    tail -1 "$work/time" | awk '{ print $1, $2 + $3 }' >>"$work/$name"
}

# peak NAME COMMAND…: appends the peak of anonymous memory in MB to $work/NAME.
peak() {
    name=$1
    shift
    "$@" >/dev/null 2>&1 &
    process=$!
    most=0
    while kill -0 "$process" 2>/dev/null; do
        now=$(awk '/^RssAnon/ { print $2 }' "/proc/$process/status" 2>/dev/null || true)
        [ "${now:-0}" -gt "$most" ] && most=$now
        sleep 0.02
    done
    wait "$process" || true
    echo "$most" | awk '{ print $1 / 1024 }' >>"$work/$name"
}

median() { sort -n "$work/$1" | awk -v column="$2" '{ value[NR] = $column } END { printf "%.3f", value[int((NR + 1) / 2)] }'; }
# median_of NAME COLUMN: the middle value of that column alone.
median_of() { awk -v column="$2" '{ print $column }' "$work/$1" >"$work/column" && median column 1; }

run_parquet() { "$@" "$qualcode" run "$corpus" --codebook "$work/codebook.json" --out "$work/parquet" --quiet --format parquet; }
index() { "$@" "$qualcode" index "$corpus" --store "$work/store" --quiet; }
run() { "$@" "$qualcode" run "$corpus" --codebook "$work/codebook.json" --out "$work/out" --quiet; }
code() {
    "$@" "$qualcode" code --store "$work/out/store" --codebook "$work/codebook.json" --out "$work/coded" --quiet \
        --tables codings,codes,frequencies,cooccurrence --format parquet
}
query() { "$@" "$qualcode" query --store "$work/out/store" --limit 10 'problem* NEAR/5 (policy | release)'; }

round=0
while [ "$round" -lt "$rounds" ]; do
    "$yardstick" "$corpus" >"$work/told"
    awk '/^indexing, seconds/ { wall = $3 } /^indexing, processor/ { cpu = $4 } END { print wall, cpu }' "$work/told" >>"$work/yardstick"
    awk '/^all, seconds/ { print $3 }' "$work/told" >>"$work/folder"
    rm -rf "$work/out" "$work/parquet" "$work/store"
    run timed run
    run_parquet timed run_parquet
    index timed index
    code timed code
    query timed query
    round=$((round + 1))
done
code peak code_memory
rm -rf "$work/out" "$work/parquet" "$work/store"
run peak run_memory
run_parquet peak run_parquet_memory
index peak index_memory

index=$(median_of yardstick 1)
folder=$(median_of folder 1)
printf '%-22s %10s %10s %10s %10s %12s\n' '' 'wall s' 'cpu s' 'x memory' 'x folder' 'RssAnon MB'
printf '%-22s %10s %10s\n' 'yardstick from memory' "$index" "$(median_of yardstick 2)"
printf '%-22s %10s\n' 'yardstick from folder' "$folder"
for name in index run run_parquet code; do
    wall=$(median_of $name 1)
    ratios=$(echo "$wall $index $folder" | awk '{ printf "%10.2f %10.2f", $1 / $2, $1 / $3 }')
    printf '%-22s %10s %10s %s %12.0f\n' $name "$wall" "$(median_of $name 2)" "$ratios" "$(cat "$work/${name}_memory")"
done
printf '%-22s %10s %10s\n' query "$(median_of query 1)" "$(median_of query 2)"
