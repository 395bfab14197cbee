"""A pattern of an identifier: what it looks like, and what of that is none."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import regex


@dataclass(frozen=True)
class Found:
    """A match with its surroundings. `id`: the identifier itself, without its label."""

    whole: str
    id: str
    before: str
    after: str


class Hit(NamedTuple):
    start: int
    end: int
    kind: str


Keep = Callable[[Found], bool]


@dataclass(frozen=True)
class Pattern:
    kind: str
    expression: "regex.Pattern[str]"
    keep: Keep | None = None


def pattern(kind: str, source: str, keep: Keep | None = None, *, cased: bool = False) -> Pattern:
    """`cased`: capitals count."""
    flags = regex.UNICODE | regex.V0 | (0 if cased else regex.IGNORECASE)
    return Pattern(kind, regex.compile(source, flags), keep)


def hits_of(one: Pattern, text: str) -> list[Hit]:
    hits = []
    for match in one.expression.finditer(text):
        id_group = match.groupdict().get("id")
        start, end = match.span("id") if id_group is not None else match.span()
        found = Found(match.group(), text[start:end], text[: match.start()], text[match.end() :])
        if end > start and (one.keep is None or one.keep(found)):
            hits.append(Hit(start, end, one.kind))
    return hits


def matcher(source: str, *, cased: bool = False) -> Callable[[str], bool]:
    """Whether a text holds this."""
    compiled = regex.compile(source, regex.UNICODE | regex.V0 | (0 if cased else regex.IGNORECASE))
    return lambda text: compiled.search(text) is not None
