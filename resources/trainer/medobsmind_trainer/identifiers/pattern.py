"""A pattern of an identifier: what it looks like, and what of that is none."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import regex

from .patterns import Expressions


@dataclass(frozen=True)
class Found:
    """A match with its surroundings. `id`: the identifier itself, without its label. `text`: all that was searched."""

    whole: str
    id: str
    before: str
    after: str
    text: str


class Hit(NamedTuple):
    start: int
    end: int
    kind: str


Keep = Callable[[Found], bool]
Matcher = Callable[[str], bool]


@dataclass(frozen=True)
class Pattern:
    kind: str
    expression: "regex.Pattern[str]"
    keep: Keep | None = None


def _compiled(source: str, *, cased: bool) -> "regex.Pattern[str]":
    return regex.compile(source, regex.UNICODE | regex.V0 | (0 if cased else regex.IGNORECASE))


def pattern(kind: str, source: str, keep: Keep | None = None, *, cased: bool = False) -> Pattern:
    """`cased`: capitals count."""
    return Pattern(kind, _compiled(source, cased=cased), keep)


def shared(kind: str, group: Expressions, *names: str, keep: Keep | None = None) -> tuple[Pattern, ...]:
    """The program's own expressions of these names."""
    return tuple(pattern(kind, source, keep, cased=cased) for name in names for source, cased in group[name])


def shared_matcher(group: Expressions, name: str) -> Matcher:
    """Whether a text holds what this expression of the program says."""
    [(source, cased)] = group[name]
    return matcher(source, cased=cased)


def hits_of(one: Pattern, text: str) -> list[Hit]:
    hits = []
    for match in one.expression.finditer(text):
        id_group = match.groupdict().get("id")
        start, end = match.span("id") if id_group is not None else match.span()
        found = Found(match.group(), text[start:end], text[: match.start()], text[match.end() :], text)
        if end > start and (one.keep is None or one.keep(found)):
            hits.append(Hit(start, end, one.kind))
    return hits


def matcher(source: str, *, cased: bool = False) -> Matcher:
    """Whether a text holds this."""
    compiled = _compiled(source, cased=cased)
    return lambda text: compiled.search(text) is not None
