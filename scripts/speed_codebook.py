#!/usr/bin/env python3
"""Writes a codebook for measuring speed: 60 codes, 600 patterns, every operator of the pattern language.

The words are those of English conversation about work and technology, from very frequent to rare, so that a pattern
finds anything from tens of thousands of spans to none in a corpus of some million words. The same seed gives the
same bytes.

    speed_codebook.py --out speed.json [--seed 1] [--codes 60]

Only the standard library is used.
"""

import argparse
import json
import random

# About so often in a million words of conversation.
FUNCTION = """the and to that a i of you it is in so we this for have but just on was do or be what with can are not
if about because they all at as really there people one then thing""".split()
COMMON = """code data source team problem system work different better idea company project build point start time
little open day world question change person reason process""".split()  # 300 to 1,500
MEDIUM = """company product developer server platform experience service customer security language version support
feature design software library machine story community application business browser database example test release
tool interesting difficult easy simple fast user value cost risk team future history industry engineer computer
package memory standard conference book model market friend decision practice opinion website network performance
production perspective framework""".split()  # 60 to 300
UNCOMMON = """policy budget manager meeting maintainer incident password license backup audit training hiring
contract priority strategy failure outage deadline review mentor salary quality schedule upgrade deploy legacy
compliance privacy vendor legal hardware mistake expert responsibility trust fear worry blame owner control
delegate document guideline routine habit culture remote office feedback career investor revenue""".split()  # 5 to 60
RARE = """fiduciary sabotage whiteboard ransomware firewall intern moonlight burnout rollback postmortem helpdesk
spreadsheet stakeholder governance certification bureaucracy whistle procurement shredder clipboard badge visitor
phishing malware encryption espionage lanyard receptionist janitor courier""".split()  # below 5
VERBS = """think know want need like make take use see look say talk feel find try work start build write ask
help learn change run move keep give""".split()
STEMS = """delegate develop manage decide secure fail trust learn maintain organize respond protect plan measure
report train improve test change connect""".split()
INNER = ["*n't", "re*ing", "un*ed", "s?ip", "w?n", "over*ed", "*ability", "*ment", "inter*al", "?ack"]
REGEXES = ["/v[0-9]+/", "/[0-9]{4}/", "/.*ization/", "/(pre|post).+/", "/.{14,}/", "/[a-z]+'ll/", "/[A-Z]{3,5}/"]
ABBREVIATIONS = ["IT", "API", "CEO", "AI", "UI", "SQL", "QA"]
NEGATIONS = "(not | never | *n't)"


class Maker:
    """Makes patterns by turns, one kind after another."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.turns = {}
        self.kinds = [
            lambda code: self.word(),
            lambda code: self.prefix(),
            lambda code: f"{self.frequent()} {self.word()}",
            lambda code: f"({self.verb()} | {self.verb()}) [0..3] ({self.word()} | {self.word()})",
            lambda code: f"({self.verb()} | {self.word()}) NEAR/{self.near()} {self.word()}",
            lambda code: self.turn("order", [
                lambda: f"{self.frequent()} BEFORE/{self.near()} {self.word()}",
                lambda: f"{self.word()} AFTER/{self.near()} {self.frequent()}",
            ]),
            lambda code: self.turn("and", [
                lambda: f"{self.word()} AND {self.frequent()}",
                lambda: f"{self.word()} AND NOT {self.frequent()}",
                lambda: f"{self.word()} AND {self.verb()} AND {self.frequent()}",
            ]),
            lambda code: self.turn("not", [
                lambda: f"{self.word()} NOT AFTER/3 {NEGATIONS}",
                lambda: f"{self.word()} NOT NEAR/{self.near()} {self.verb()}",
                lambda: f"{self.word()} NOT BEFORE/2 {self.frequent()}",
                lambda: f"{self.word()} EXCEPT ({self.frequent()} {self.word()})",
            ]),
            lambda code: self.turn("test", [
                lambda: f"stem:{self.pick(STEMS)}",
                lambda: f"{self.pick(FUNCTION)} {self.pick(INNER)} {self.word()}",
                lambda: f"{self.pick(REGEXES)} {self.pick(FUNCTION)}",
                lambda: self.pick(ABBREVIATIONS),
                lambda: f"\"{self.word()} or {self.word()}\"",
                lambda: f"{self.word()} * {self.word()}",
            ]),
            lambda code: self.turn("whole", [
                lambda: f"code:{self.earlier(code)} NEAR/8 {self.word()}" if code else self.word(),
                lambda: f"{self.word()} OR {self.rare()} OR {self.rare()}",
                lambda: f"(stem:{self.pick(STEMS)} NEAR/4 {self.word()}) AND NOT {self.verb()}",
                lambda: f"({self.verb()} [0..1] {self.frequent()} | {self.rare()}*) BEFORE/6 ({self.word()} | {self.prefix()})",
                lambda: f"{self.rare()} AND {self.pick(FUNCTION)} AND {self.pick(FUNCTION)}",
            ]),
        ]

    def turn(self, name, makers):
        at = self.turns.get(name, 0)
        self.turns[name] = at + 1
        return makers[at % len(makers)]()

    def pick(self, words):
        return self.random.choice(words)

    def frequent(self):
        return self.pick(self.random.choices([FUNCTION, COMMON, VERBS], [5, 3, 3])[0])

    def word(self):
        return self.pick(self.random.choices([COMMON, MEDIUM, UNCOMMON, RARE], WEIGHTS)[0])

    def rare(self):
        return self.pick(self.random.choice([UNCOMMON, RARE]))

    def verb(self):
        return self.pick(VERBS)

    def prefix(self):
        word = self.word()
        return word[: max(5, len(word) - 2)] + "*"

    def near(self):
        return self.random.choice([2, 3, 5, 8, 12])

    def earlier(self, code):
        return f"code-{self.random.randrange(code) + 1:02}"


WEIGHTS = [1, 3, 12, 5]


def codebook(seed, codes):
    make = Maker(seed)
    tracks = [{"id": name, "label": name.capitalize()} for name in ("micro", "meso", "macro")]
    themes = [{"id": f"theme-{n:02}", "label": f"Theme {n}"} for n in range(1, 13)]
    return {
        "format": 1,
        "id": "speed",
        "title": "A codebook for measuring speed",
        "version": "1",
        "language": "en",
        "case": "smart",
        "roles": ["informant"],
        "backchannels": ["mm-hm", "right", "okay", "yeah"],
        "tracks": tracks,
        "themes": themes,
        "guide": [
            {"id": "a", "label": "How it began", "cues": ["how did you [0..3] (start | begin)", "where did (it | this) begin"]},
            {"id": "b", "label": "What went wrong", "cues": ["what (was | is) the (hardest | biggest) [0..2] (part | problem)"]},
            {"id": "c", "label": "What comes next", "cues": ["what comes next", "the future"]},
        ],
        "codes": [
            {
                "id": f"code-{number + 1:02}",
                "theme": themes[number % len(themes)]["id"],
                "tracks": [track["id"] for place, track in enumerate(tracks) if (number + place) % 3 == 0 or number % 7 == place],
                "label": f"Code {number + 1}",
                "patterns": [kind(number) for kind in make.kinds],
            }
            for number in range(codes)
        ],
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", required=True, metavar="FILE")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--codes", type=int, default=60)
    args = parser.parse_args()
    with open(args.out, "w", encoding="utf-8") as file:
        json.dump(codebook(args.seed, args.codes), file, indent=1, ensure_ascii=False)
        file.write("\n")


if __name__ == "__main__":
    main()
