"""Which run follows where a callback asks for a run of a few fragments."""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import NoReturn

import pytest

from components import run_anew

IDS = {"list": "list-id", "rows": "rows-id", "tests": "tests-id"}


class AskedError(Exception):
    """What Streamlit was asked to run; None: the whole page."""

    def __init__(self, scope: Sequence[str] | None = None) -> None:
        super().__init__()
        self.scope = scope


def asked(monkeypatch: pytest.MonkeyPatch, under_way: list[str] | None) -> AskedError | None:
    """Return what is asked for by a callback of "own" that wants the list, in a run of these.

    It knows that the tests can be run as well.
    """

    def rerun(scope: Sequence[str] | None = None) -> NoReturn:
        raise AskedError(scope)

    storage = SimpleNamespace(resolve_target=lambda keys: [IDS[key] for key in keys])
    context = SimpleNamespace(fragment_ids_this_run=under_way, fragment_storage=storage)
    state = SimpleNamespace(get=lambda: SimpleNamespace(fragment_id="own"))
    monkeypatch.setattr(run_anew, "get_script_run_ctx", lambda: context)
    monkeypatch.setattr(run_anew, "ThreadState", state)
    monkeypatch.setattr(run_anew.st, "rerun", rerun)
    try:
        run_anew.run_only("list", others=["tests"])
    except AskedError as found:
        return found
    return None


@pytest.mark.parametrize("under_way", [["own"], ["own", "list-id"], ["list-id"]])
def test_fragments_run_instead_of_the_one_that_asks(
    monkeypatch: pytest.MonkeyPatch, under_way: list[str]
) -> None:
    """Nothing is lost: what was to run is among them, or is the one that asked."""
    found = asked(monkeypatch, under_way)
    assert found is not None
    assert found.scope == ["list"]


@pytest.mark.parametrize("under_way", [["own", "tests-id"], ["tests-id", "list-id"]])
def test_others_that_were_to_run_do(monkeypatch: pytest.MonkeyPatch, under_way: list[str]) -> None:
    """A press in another part of the page waited with the listener: both have their fragments."""
    found = asked(monkeypatch, under_way)
    assert found is not None
    assert found.scope == ["list", "tests"]


@pytest.mark.parametrize("under_way", [["own", "rows-id"], ["rows-id"]])
def test_where_others_were_to_run_the_page_is_run(
    monkeypatch: pytest.MonkeyPatch, under_way: list[str]
) -> None:
    """A press in another fragment came with the same message, or while this one waited."""
    found = asked(monkeypatch, under_way)
    assert found is not None
    assert found.scope is None


@pytest.mark.parametrize("under_way", [None, []])
def test_a_run_of_the_page_goes_on(
    monkeypatch: pytest.MonkeyPatch, under_way: list[str] | None
) -> None:
    """It draws all fragments, and what else the message came with."""
    assert asked(monkeypatch, under_way) is None
