"""An answer as it is kept: plain data, as known on the day it was given, and what the law says later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from law.exchanges.answers import Answer, perimeter, spans
from law.exchanges.codes import KIND_TITLES

#: Parts of a kept answer that make it the same or another; what else differs is how surely it is known.
WEIGHS = ("verdict", "permits", "conditions")
QUESTION = ("activity", "asset", "venue", "who")


@dataclass(frozen=True, slots=True)
class Later:
    """The answer of a later day, and the first day from which it is not the kept one any more.

    `only_grounds`: verdict, permits and limits are the same; articles, doubts or how surely it is known differ."""

    answer: Answer
    since: date
    only_grounds: bool


def frozen(answer: Answer) -> dict[str, Any]:
    """The answer with its question, grounds, limits and edition as plain data with ISO days; texts are msgids."""
    return {
        **{name: getattr(answer, name) for name in QUESTION},
        "on": answer.on.isoformat(),
        "verdict": answer.verdict.value,
        "permits": [
            {"kind": kind, "authority": authority, "title": KIND_TITLES[kind]} for kind, authority in answer.permits
        ],
        "articles": answer.articles,
        "grounds": [one.ground() | {"title": one.title} for one in answer.grounds],
        "terms": [
            {
                "term": one.term,
                "title": one.title,
                "text": one.text,
                "act": one.source.act,
                "article": one.source.article,
                "in_force": one.in_force.isoformat(),
                "confidence": one.confidence,
                "day_confidence": one.day_confidence,
            }
            for one in answer.terms
        ],
        "confidence": answer.confidence,
        "day_confidence": answer.day_confidence,
        "conditions": [one.as_dict() for one in answer.conditions],
        "notes": [one.as_dict() for one in answer.notes],
        "read_as": answer.read_as,
        "rule": answer.rule,
        "since": answer.since.isoformat(),
        "until": answer.until.isoformat() if answer.until else None,
        "edition": {
            "day": answer.edition.day.isoformat(),
            "act": answer.edition.act,
            "title": answer.edition.title,
        },
    }


def later(kept: Mapping[str, Any], on: date) -> Later | None:
    """What the law of a later day (today, as the caller asks) says otherwise than a kept answer; None where the same.

    Compared is what weighs first; where that is the same, articles, doubts and confidence. A correction of the law as
    it is entered counts too: then `since` is the day of the kept answer. ValueError for a day before the kept one."""
    then = date.fromisoformat(kept["on"])
    if on < then:
        raise ValueError("the day lies before that of the kept answer")
    question = [str(kept[name]) for name in QUESTION]
    now = perimeter(question[0], question[1], question[2], on, question[3])
    if _same(frozen(now), kept, (*WEIGHS, "articles", "confidence", "notes")):
        return None
    only_grounds = _same(frozen(now), kept, WEIGHS)
    parts = (*WEIGHS, "articles", "confidence", "notes") if only_grounds else WEIGHS
    others = [
        one
        for one in spans(question[0], question[1], question[2], question[3])
        if one.since <= on and (one.until is None or one.until > then) and not _same(frozen(one), kept, parts)
    ]
    return Later(now, max(others[0].since, then) if others else then, only_grounds)


def _same(left: Mapping[str, Any], right: Mapping[str, Any], parts: tuple[str, ...]) -> bool:
    return all(left[part] == right[part] for part in parts)
