"""Who answered which row: each event counts once, and what is taken back does not count."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import numpy as np
import pytest

from labeling.annotation_store import Annotation, AnnotationAction
from labeling.answers import Answers
from labeling.store import Store
from storage import DuckDBOpener
from tests.projects import create

DATA = "id,text,gold,split,score\n" + "".join(f"r{i},text {i},,,1\n" for i in range(6))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = DuckDBOpener().open(create(tmp_path / "p", DATA))
    yield store
    store.close()


def say(store: Store, who: str, row: int, action: AnnotationAction = "label") -> None:
    code = 0 if action in ("label", "decide") else None
    store.append_annotations([Annotation(uuid4(), row, action, code, who, datetime.now(UTC))])


def taken(answers: Answers, leased: dict[str, set[int]] | None = None) -> list[int]:
    return answers.standing("zoe", 6, leased or {}).taken.tolist()


def labelled(answers: Answers) -> list[int]:
    return np.flatnonzero(answers.labelled(6)).tolist()


def finished(answers: Answers, who: str) -> list[int]:
    return np.flatnonzero(answers.standing(who, 6, {}).finished).tolist()


def test_an_answer_counts_once_however_often_it_changes(store: Store) -> None:
    answers = Answers(store)
    say(store, "ann", 1)
    say(store, "ben", 1, "skip")
    say(store, "ann", 1)
    assert taken(answers) == [0, 2, 0, 0, 0, 0]
    assert labelled(answers) == [1]
    say(store, "ann", 1, "clear")
    say(store, "ann", 5)
    assert taken(answers) == [0, 1, 0, 0, 0, 1]
    assert (finished(answers, "ann"), finished(answers, "ben")) == ([5], [1])
    say(store, "ben", 5, "skip")
    assert labelled(answers) == [5]


def test_who_comes_later_knows_the_same(store: Store) -> None:
    early = Answers(store)
    for row in (0, 3):
        say(store, "ann", row)
        assert labelled(early) == labelled(Answers(store))
    assert taken(Answers(store)) == taken(early)


def test_who_answered_a_leased_row_is_not_counted_for_the_lease_as_well(store: Store) -> None:
    say(store, "ann", 1)
    assert taken(Answers(store), {"ann": {1, 2}, "ben": {2}}) == [0, 1, 2, 0, 0, 0]


def test_a_decided_row_is_finished_for_everybody_until_it_is_reopened(store: Store) -> None:
    answers = Answers(store)
    say(store, "rita", 2, "decide")
    assert finished(answers, "ann") == [2]
    assert sum(taken(answers)) == 0
    say(store, "rita", 2, "reopen")
    assert finished(answers, "ann") == []
