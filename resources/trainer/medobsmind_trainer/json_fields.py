"""Reads fields of JSON with their types and bounds; everything that is not known is a mistake.

The rules are those of `app/learning/training/configuration.ts`; `tests/configuration-cases.jsonl` holds both to them.
"""

import math
from collections.abc import Mapping, Sequence


class FieldError(ValueError):
    """A field that is missing, unknown, or not what it must be; the message begins with its path."""


class Fields:
    """The fields of one JSON object. Every one that is read is known; `done` refuses the others."""

    def __init__(self, value: object, path: str) -> None:
        if not isinstance(value, Mapping):
            raise FieldError(f"{path or 'the file'}: must be an object")
        self._value: Mapping[str, object] = value
        self._path = path
        self._known: set[str] = set()

    def _at(self, name: str) -> str:
        return f"{self._path}.{name}" if self._path else name

    def _take(self, name: str, fallback: object) -> object:
        self._known.add(name)
        if name in self._value:
            return self._value[name]
        if fallback is ...:
            raise FieldError(f"{self._at(name)}: is missing")
        return fallback

    def number(self, name: str, *, low: float, high: float, above: bool = False, fallback: object = ...) -> float:
        """A finite number from `low` to `high`; `above`: `low` itself is too little."""
        value = self._take(name, fallback)
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise FieldError(f"{self._at(name)}: must be a number")
        if value > high or value < low or (above and value == low):
            raise FieldError(f"{self._at(name)}: must be {'above' if above else 'from'} {low:g} to {high:g}")
        return float(value)

    def whole(self, name: str, *, low: int, high: int, fallback: object = ...) -> int:
        value = self.number(name, low=low, high=high, fallback=fallback)
        if value != int(value):
            raise FieldError(f"{self._at(name)}: must be a whole number")
        return int(value)

    def optional_whole(self, name: str, *, low: int, high: int) -> int | None:
        if self._value.get(name) is None:
            self._known.add(name)
            return None
        return self.whole(name, low=low, high=high)

    def text(self, name: str, *, longest: int = 400, fallback: object = ...) -> str:
        value = self._take(name, fallback)
        if not isinstance(value, str) or value.strip() == "" or len(value) > longest:
            raise FieldError(f"{self._at(name)}: must be a text of at most {longest} characters")
        return value

    def optional_text(self, name: str, *, longest: int = 400) -> str | None:
        if self._value.get(name) is None:
            self._known.add(name)
            return None
        return self.text(name, longest=longest)

    def choice(self, name: str, choices: Sequence[str], *, fallback: object = ...) -> str:
        value = self._take(name, fallback)
        if value not in choices or not isinstance(value, str):
            raise FieldError(f"{self._at(name)}: must be one of {', '.join(choices)}")
        return value

    def truth(self, name: str, *, fallback: object = ...) -> bool:
        value = self._take(name, fallback)
        if not isinstance(value, bool):
            raise FieldError(f"{self._at(name)}: must be true or false")
        return value

    def choices(self, name: str, allowed: Sequence[str], *, fallback: object = ...) -> tuple[str, ...]:
        """At least one of these, none twice."""
        value = self._take(name, fallback)
        if not isinstance(value, list | tuple) or not value or len(set(map(str, value))) != len(value):
            raise FieldError(f"{self._at(name)}: must be a list without repetitions")
        if any(one not in allowed for one in value):
            raise FieldError(f"{self._at(name)}: may hold {', '.join(allowed)}")
        return tuple(str(one) for one in value)

    def inner(self, name: str) -> "Fields":
        return Fields(self._take(name, {}), self._at(name))

    def required(self, name: str) -> "Fields":
        return Fields(self._take(name, ...), self._at(name))

    def optional(self, name: str) -> "Fields | None":
        value = self._take(name, None)
        return None if value is None else Fields(value, self._at(name))

    def done(self) -> None:
        unknown = sorted(set(self._value) - self._known)
        if unknown:
            raise FieldError(f"{self._at(unknown[0])}: is not known")
