#!/usr/bin/env python3
"""Makes corpora of interviews for measuring speed: of any size, and the same from the same seed.

    generate_corpus.py --documents 200 --words 5000 --seed 1 --out DIR
    generate_corpus.py --copies 10 --of CORPUS --out DIR

The first form writes transcripts of about the given number of words each, in turns `Interviewer: …` and
`NAME: …`, with documents.csv (attributes site, wave and date) and speakers.csv (role and case). Words are drawn
from English function words and made-up content words whose frequencies fall with their rank as Zipf's law has it;
phrases that codebooks look for ("open source", "the IT manager takes care of") are planted now and then.

The second form copies the transcripts (.txt, .md) of another corpus, so many times, each copy under ids of its own.
The copies of a transcript differ in their last line, so no two files are equal.

Only the standard library is used.
"""

import argparse
import bisect
import csv
import itertools
import os
import random

FUNCTION = """the and to that a i of you it is in so we this for have but just on was do or be what with can are not
if about because they all at as really there people one then thing don't my out get more right when from like know
think would up me time where well now which very way going them those we're want had use were good been our work
also maybe has could no see even much who back by it's that's i'm you're there's""".split()
PHRASES = [phrase.split() for phrase in """open source
the IT manager takes care of that
information security policy
we had an incident last year
somebody else is responsible
as far as I know
that is not my job
at the end of the day
we never really talked about it
the code is in the system
data and people
the team had a problem with the new server
a culture of trust
it was a storm
I don't want to think about passwords""".split("\n")]
QUESTIONS = [question.split() for question in """how did you start
what was the hardest part of it
what comes next for the company
can you give examples of measures
who is responsible for security here
could you say more about that""".split("\n")]
NAMES = "Anna Berit Carl David Eva Farid Greta Hans Ines Johan Karin Lars Maria Nils Olga Per".split()
SITES = ["north", "south", "coast"]
BACKCHANNELS = [["Mm-hm."], ["Right."], ["Okay."], ["Yeah."]]
SYLLABLES = [first + vowel for first in "b c d f g l m n p r s t v st tr pl".split() for vowel in "aeiou"]
ENDINGS = ["n", "r", "st", "ing", "ment", "tion", "er", "al", "ity", "ness", "s", "ed"]


class Words:
    """Draws words by Zipf's law: the word of rank r about 1 / (r + 2.7) as often as the first."""

    def __init__(self, source, kinds):
        made = set(FUNCTION)
        content = []
        while len(content) < kinds:
            word = "".join(source.choice(SYLLABLES) for _ in range(source.choice([1, 2, 2, 3]))) + source.choice(ENDINGS)
            if word not in made:
                made.add(word)
                content.append(word)
        self.words = FUNCTION + content
        self.sums = list(itertools.accumulate(1 / (rank + 2.7) for rank in range(len(self.words))))

    def draw(self, source):
        return self.words[bisect.bisect(self.sums, source.random() * self.sums[-1])]


def sentence(source, words):
    """A sentence as words: a capital first, a comma here and there, a full stop at the end."""
    drawn = [words.draw(source) for _ in range(max(2, int(source.gammavariate(2.2, 6))))]
    if source.random() < 0.04:
        place = source.randrange(len(drawn))
        drawn[place:place] = source.choice(PHRASES)
    if len(drawn) > 8:
        drawn[source.randrange(2, len(drawn) - 2)] += ","
    drawn[0] = drawn[0][0].upper() + drawn[0][1:]
    drawn[-1] += source.choice([".", ".", ".", ".", "?", "…"])
    return ["I" if word == "i" else word for word in drawn]


def transcript(source, words, name, length):
    """The text of one interview of about `length` words."""
    paragraphs = []
    count = 0
    while count < length:
        question = list(source.choice(QUESTIONS)) if source.random() < 0.3 else sentence(source, words)
        question[-1] = question[-1].rstrip(".?…") + "?"
        answer = [word for _ in range(1 + int(source.expovariate(0.25))) for word in sentence(source, words)]
        if source.random() < 0.1:
            answer.insert(source.randrange(len(answer)), "[laughs]")
        turns = [("Interviewer", question), (name, answer)]
        if source.random() < 0.15:
            turns.append(("Interviewer", source.choice(BACKCHANNELS)))
        paragraphs += [f"{label}: {' '.join(spoken)}\n" for label, spoken in turns]
        count += sum(len(spoken) for _, spoken in turns)
    return "\n".join(paragraphs)


def write(folder, name, text):
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)


def write_table(folder, name, rows):
    with open(os.path.join(folder, name), "w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def generate(documents, length, seed, kinds, out):
    words = Words(random.Random(f"{seed} words"), kinds)
    attributes = [["document", "site", "wave", "date"]]
    speakers = [["document", "speaker", "role", "case"]]
    for number in range(1, documents + 1):
        # A source of its own for each transcript: a larger corpus begins with the smaller one.
        source = random.Random(f"{seed} {number}")
        name = source.choice(NAMES)
        document = f"{source.choice(SITES)}/interview-{number:06}"
        write(out, document + ".txt", transcript(source, words, name, length))
        attributes.append([document, document.split("/")[0], 1 + number % 3, f"2024-{1 + number % 12:02}-{1 + number % 28:02}"])
        speakers.append([document, name, "informant", f"case-{number:06}"])
        speakers.append([document, "Interviewer", "interviewer", ""])
    write_table(out, "documents.csv", attributes)
    write_table(out, "speakers.csv", speakers)


def copy(corpus, copies, out):
    for folder, folders, names in os.walk(corpus):
        folders.sort()
        for name in sorted(names):
            stem, extension = os.path.splitext(name)
            if extension.lower() not in (".txt", ".md") or stem.upper() in ("README", "LICENSE", "CHANGELOG", "SOURCE", "CONTRIBUTING"):
                continue
            path = os.path.join(folder, name)
            with open(path, "rb") as file:
                content = file.read()
            place = os.path.relpath(path, corpus)
            for number in range(1, copies + 1):
                target = os.path.join(out, f"copy-{number:03}", place)
                os.makedirs(os.path.dirname(target), exist_ok=True)
                with open(target, "wb") as file:
                    file.write(content.rstrip(b"\n") + b" Copy %d.\n" % number)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", required=True, metavar="DIR")
    parser.add_argument("--documents", type=int, default=100, metavar="N")
    parser.add_argument("--words", type=int, default=5000, metavar="W", help="words of a document, about")
    parser.add_argument("--vocabulary", type=int, default=40000, metavar="N", help="different content words")
    parser.add_argument("--seed", type=int, default=1, metavar="S")
    parser.add_argument("--copies", type=int, metavar="N", help="copy another corpus so many times")
    parser.add_argument("--of", metavar="CORPUS", help="the corpus to copy")
    args = parser.parse_args()
    if (args.copies is None) != (args.of is None):
        parser.error("--copies and --of go together")
    if args.of is not None:
        copy(args.of, args.copies, args.out)
    else:
        generate(args.documents, args.words, args.seed, args.vocabulary, args.out)


if __name__ == "__main__":
    main()
