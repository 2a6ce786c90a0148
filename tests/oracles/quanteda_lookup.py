"""quanteda's dictionary look-up, written the slow and obvious way, over words cut as quanteda cuts them and as we do.

Standard input: {"kind": "ykd" | "lc3" | "dic" | "cat", "dictionary": path, "texts": folder}.
Standard output: {"ours": [[document, category, start, end]], "theirs": how many, "hyphen": n, "punctuation": n,
"paragraph": n, "event": n, "overlap": n, "unexplained": [...]}, places in code points, categories as `Above > Category`.

The rules (quanteda 4, tokens_lookup with valuetype "glob", ignoring case, nested_scope "key"): a pattern is a glob for
each token of a phrase; longer phrases are tried first; a match is dropped if one of its tokens is already used by the
same category. quanteda keeps hyphenated words whole, takes every mark for a token, and knows no paragraphs.
"""

import json
import pathlib
import re
import sys
import xml.etree.ElementTree as ElementTree
from bisect import bisect_left

# What a typist puts into brackets is not said, and so is no word for us.
EVENT = re.compile(r"[(\[](applause|laughter)\.?[)\]]", re.IGNORECASE)
LETTER = r"[^\W\d_]"
# UAX #29 for Latin letters: letters and digits, joined across one of . ' : between letters, or . , ' ; between digits.
WORD = re.compile(
    rf"\w+(?:(?:(?<={LETTER})[.'’:](?={LETTER})|(?<=\d)[.,;'’](?=\d))\w+)*"
)
# The same with hyphens inside, or any single mark.
THEIR_WORD = re.compile(rf"{WORD.pattern}(?:[-‐‑]{WORD.pattern})*|[^\w\s]")


def read_ykd(path):
    found = {}

    def walk(node, above):
        for child in node:
            if child.tag == "cnode":
                walk(child, above + [" ".join(child.get("name").split())])
            elif child.tag == "pnode":
                found.setdefault(" > ".join(above), []).append(child.get("name"))

    walk(ElementTree.parse(path).getroot(), [])
    return found


def read_lc3(path):
    found, words = {}, None
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("+"):
            words = found.setdefault(line[1:].split("#")[0].strip(), [])
        elif line.strip():
            words.append(line.strip())
    return found


def read_dic(path):
    _, head, body = path.read_text(encoding="utf-8").split("%", 2)
    names = dict((str(int(number)), name) for number, name in re.findall(r"(\d+)\s+(\w+)", head))
    found = {}
    for line in body.splitlines():
        fields = line.split()
        for number in fields[1:]:
            found.setdefault(names[str(int(number))], []).append(fields[0])
    return found


def read_cat(path):
    found, above = {}, []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.strip():
            continue
        depth = len(line) - len(line.lstrip("\t"))
        word = re.fullmatch(r"\s*(.*?)\s*\(\d+\)\s*", line)
        if word:
            found.setdefault(" > ".join(above[:depth]), []).append(word.group(1).replace("_", " "))
        else:
            above[depth:] = [line.strip()]
    return found


READERS = {"ykd": read_ykd, "lc3": read_lc3, "dic": read_dic, "cat": read_cat}


def plain(word):
    return word.lower().replace("’", "'")


def words_for(glob, vocabulary):
    expression = re.compile("".join(".*" if c == "*" else "." if c == "?" else re.escape(c) for c in glob))
    if "*" not in glob and "?" not in glob:
        return {glob}
    prefix = glob.rstrip("*")
    if prefix.isalpha():
        # The words between the prefix and the prefix with the last of all characters behind it.
        return set(vocabulary[bisect_left(vocabulary, prefix):bisect_left(vocabulary, prefix + chr(0x10FFFF))])
    return {word for word in vocabulary if expression.fullmatch(word)}


def phrases(words, hyphens_split):
    """Each word or phrase as its globs; `fair-*`, whose second word would be any word, has none when split."""
    found = set()
    for word in words:
        parts = plain(word).split()
        if hyphens_split:
            parts = [part for whole in parts for part in whole.split("-")]
            if any(not part.strip("*") for part in parts):
                continue
        found.add(tuple(parts))
    return found


def look_up(tokens, globs, matching):
    """Spans of tokens, longest phrases first, no token twice."""
    used, spans = set(), []
    for length in sorted({len(phrase) for phrase in globs}, reverse=True):
        for start in range(len(tokens) - length + 1):
            span = range(start, start + length)
            if used.intersection(span):
                continue
            if any(
                len(phrase) == length and all(tokens[start + i][0] in matching[phrase[i]] for i in range(length))
                for phrase in globs.get(tokens[start][0], ())
            ):
                used.update(span)
                spans.append((tokens[start][1], tokens[start + length - 1][2]))
    return spans


class Globs(dict):
    """Phrases by the words that can begin them."""

    def __init__(self, found, matching):
        super().__init__()
        self.all = found
        for phrase in found:
            for word in matching[phrase[0]]:
                self.setdefault(word, []).append(phrase)

    def __iter__(self):
        return iter(self.all)


def cut(text, expression, base=0):
    return [(plain(m.group()), base + m.start(), base + m.end()) for m in expression.finditer(text)
            if expression is THEIR_WORD or any(c.isalnum() for c in m.group())]


def main():
    question = json.load(sys.stdin)
    dictionary = READERS[question["kind"]](pathlib.Path(question["dictionary"]))
    texts = {p.stem: p.read_text(encoding="utf-8-sig") for p in sorted(pathlib.Path(question["texts"]).glob("*.txt"))}
    found = {}
    for name, expression in (("ours", WORD), ("theirs", THEIR_WORD)):
        documents = {}
        for document, text in texts.items():
            if name == "theirs":
                documents[document] = [cut(text, expression)]
            else:
                text = EVENT.sub(lambda event: " " * len(event.group()), text)
                places = [(m.start(), m.end()) for m in re.finditer(r"[^\n]+(?:\n(?!\s*\n)[^\n]+)*", text)]
                documents[document] = [cut(text[a:b], expression, a) for a, b in places]
        vocabulary = sorted({token[0] for passages in documents.values() for tokens in passages for token in tokens})
        hits = set()
        for category, words in dictionary.items():
            wanted = phrases(words, name == "ours")
            matching = {glob: words_for(glob, vocabulary) for phrase in wanted for glob in phrase}
            globs = Globs(wanted, matching)
            for document, passages in documents.items():
                for tokens in passages:
                    for start, end in look_up(tokens, globs, matching):
                        hits.add((document, category, start, end))
        found[name] = hits
    report = {"hyphen": 0, "punctuation": 0, "paragraph": 0, "event": 0, "overlap": 0, "unexplained": []}
    for name, other in (("ours", "theirs"), ("theirs", "ours")):
        for document, category, start, end in found[name] - found[other]:
            text = texts[document]
            around = text[max(start - 1, 0):end + 1]
            inside = text[start:end]
            crossing = [hit for hit in found[other]
                        if hit[:2] == (document, category) and hit[2] < end and start < hit[3]]
            joined = [plain(word) for word in dictionary[category] if "-" in word]
            spaced = ("".join(".*" if c == "*" else r"\W+" if c in "- " else re.escape(c) for c in word) for word in joined)
            if re.search(r"[-‐‑]", around) or any(re.fullmatch(word, plain(inside)) for word in spaced):
                report["hyphen"] += 1
            elif "\n" in inside and re.search(r"\n\s*\n", inside):
                report["paragraph"] += 1
            elif re.search(r"\w['’]?[^\w\s'’-]+\s+\w|\w\s+[^\w\s'’]+\w", inside):
                report["punctuation"] += 1
            elif any(event.start() <= start and end <= event.end() for event in EVENT.finditer(text)):
                report["event"] += 1
            elif crossing:
                report["overlap"] += 1
            else:
                report["unexplained"].append([name, document, category, inside, start])
    report["ours"] = sorted(found["ours"])
    report["theirs"] = len(found["theirs"])
    json.dump(report, sys.stdout)


main()
