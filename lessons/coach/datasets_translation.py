"""Dates in one language and the same dates in another, from CLDR (Babel): nothing is downloaded. Lesson 6's.

Babel is imported when first needed, so that `import coach` stays quick.
"""

from __future__ import annotations

import datetime
import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from coach.datasets import FIRST_DAY, LAST_DAY, date_pair

# CLDR locale -> what it is called here. American English puts the month first, Hungarian the year; German and Hungarian
# write points, and each language has its own names of the months.
LANGUAGES = {"en": "English (US)", "de": "German", "fr": "French", "hu": "Hungarian", "tr": "Turkish"}
PAD, START, END = 0, 1, 2  # tokens that stand for no character
SPECIAL = ("·", "start", "end")  # how they are written in pictures
# Where the parts of a date without a weekday stand: a number of four digits, the longest word, one or two digits.
YEAR, MONTH, DAY = re.compile(r"\d{4}"), re.compile(r"[^\W\d_]{3,}"), re.compile(r"(?<!\d)\d{1,2}(?!\d)")


@dataclass(frozen=True)
class Translation:
    """One day in two languages: ("20. November 2026", "de") and ("2026. november 20.", "hu").

    `style` is the text's: "long" is without the weekday, "full" with it.
    """

    text: str
    language: str
    wanted: str
    wanted_language: str
    day: datetime.date
    style: str

    @property
    def source(self) -> list[str]:
        """What the encoder reads: first, into which language, then the letters."""
        return [f"→{self.wanted_language}", *self.text]


def translations(
    count: int,
    *,
    seed: int,
    languages: Iterable[str] = LANGUAGES,
    wanted_languages: Iterable[str] = LANGUAGES,
    styles: Sequence[str] = ("long",),
    wanted_style: str = "long",
    without: Iterable[Translation] = (),
) -> list[Translation]:
    """`count` random days from 1900 to 2099, from one language into another one, both drawn at random.

    Styles: "long" is without the weekday, "full" with it; the source's is drawn from `styles`.
    The same seed gives the same list on every machine. Days that occur in `without` are left out:
    so a test set holds no day of the training set, in whatever language.
    """
    chance = random.Random(seed)
    sources, targets = list(languages), list(wanted_languages)
    taken = {pair.day for pair in without}
    span = (LAST_DAY - FIRST_DAY).days + 1
    pairs: list[Translation] = []
    while len(pairs) < count:
        day = FIRST_DAY + datetime.timedelta(days=chance.randrange(span))
        source, style = chance.choice(sources), chance.choice(styles)
        target = chance.choice([language for language in targets if language != source])
        if day not in taken:
            text, wanted = date_pair(day, source, style).text, date_pair(day, target, wanted_style).text
            pairs.append(Translation(text, source, wanted, target, day, style))
    return pairs


def places(text: str) -> dict[str, range]:
    """Where day, month and year stand in a date of style "long": places of letters, by part.

    Raises ValueError, with the text, if one of them is missing.
    """
    found = {"day": DAY.search(text), "month": MONTH.search(text), "year": YEAR.search(text)}
    if None in found.values():
        raise ValueError(f"{text!r} is not a date of style 'long'")
    return {part: range(*match.span()) for part, match in found.items()}


class Vocabulary:
    """Numbers symbols, which are characters or tags: 0 is padding, 1 start, 2 end, then the symbols in order."""

    def __init__(self, texts: Iterable[Sequence[str]]):
        self.symbols = [*SPECIAL, *sorted({symbol for text in texts for symbol in text})]
        self._number = {symbol: number for number, symbol in enumerate(self.symbols)}

    def __len__(self) -> int:
        return len(self.symbols)

    def encode(self, texts: Sequence[Sequence[str]]) -> Tensor:
        """Texts -> tokens (batch, length of the longest + 1), int64: each ends with END, then comes PAD.

        Raises ValueError, with the symbol, for one that is not in the vocabulary.
        """
        longest = max(len(text) for text in texts) + 1
        rows = []
        for text in texts:
            unknown = [symbol for symbol in text if symbol not in self._number]
            if unknown:
                raise ValueError(f"{unknown[0]!r} is not in the vocabulary")
            padding = [PAD] * (longest - len(text) - 1)
            rows.append([*(self._number[symbol] for symbol in text), END, *padding])
        return torch.tensor(rows)

    def decode(self, tokens: Tensor) -> str:
        """Tokens (length,) -> their text, up to END, without START."""
        numbers = tokens.tolist()
        if END in numbers:
            numbers = numbers[: numbers.index(END)]
        return "".join(self.symbols[number] for number in numbers if number not in (PAD, START))
