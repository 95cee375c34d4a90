"""What follows from an object is worked out once, and lives as long as the object."""

import gc
from weakref import ref

import pytest

from labeling.kept_beside import KeptBeside


class Owner:
    """Something that never changes."""


def test_an_answer_is_worked_out_once_for_each_object_and_question() -> None:
    asked: list[str] = []

    def answer(_owner: Owner, question: str) -> str:
        asked.append(question)
        return question.upper()

    kept, one, other = KeptBeside(answer), Owner(), Owner()
    assert [kept.get(one, "a"), kept.get(one, "a"), kept.get(one, "b")] == ["A", "A", "B"]
    assert kept.get(other, "a") == "A"
    assert asked == ["a", "b", "a"]


def test_answers_go_with_their_object() -> None:
    kept: KeptBeside[Owner, int, Owner] = KeptBeside(lambda _owner, _question: Owner())
    owner = Owner()
    answer = ref(kept.get(owner, 1))
    del owner
    gc.collect()
    assert answer() is None


def test_an_error_is_not_kept() -> None:
    def answer(_owner: Owner, question: int) -> float:
        return 1 / question

    kept, owner = KeptBeside(answer), Owner()
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            kept.get(owner, 0)
