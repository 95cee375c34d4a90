"""Project description, settings, functions and fits are kept."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from labeling.errors import ProjectError
from labeling.functions import LabelingFunction
from labeling.store import ModelFit


def test_info_is_kept_with_its_creation_time(store):
    """Saving without a creation time keeps the first one."""
    created = store.info().created
    store.save_info(replace(store.info(), guidelines="Be kind.", created=None))
    assert store.info().guidelines == "Be kind."
    assert store.info().created == created
    assert created.tzinfo is not None


def test_settings_are_kept(store):
    """A setting is None until saved, then its last value."""
    assert store.setting("model") is None
    store.save_setting("model", "majority")
    store.save_setting("model", "dawid_skene")
    assert store.setting("model") == "dawid_skene"


FIRST = LabelingFunction("caps", "python", "v1")
SECOND = LabelingFunction("cash", "keyword", "{}")


def test_functions_keep_their_first_order(store):
    """A new version stays in the place of its function."""
    store.save_function(FIRST, "ann")
    store.save_function(SECOND)
    changed = replace(FIRST, source="v2")
    store.save_function(changed, "bob")
    assert store.functions() == (changed, SECOND)
    history = store.function_history("caps")
    assert [(saved.function.source, saved.author) for saved in history] == [
        ("v1", "ann"),
        ("v2", "bob"),
    ]


def test_saving_the_same_twice_is_one_version(store):
    """Only a change is a new version."""
    store.save_function(FIRST)
    store.save_function(FIRST)
    assert len(store.function_history("caps")) == 1


def test_removed_function_keeps_its_history(store):
    """A function can be removed and come back."""
    store.save_function(FIRST)
    store.remove_function("caps")
    assert store.functions() == ()
    store.save_function(FIRST)
    assert store.functions() == (FIRST,)
    assert len(store.function_history("caps")) == 2


def test_unknown_function_cannot_be_removed(store):
    """The error lists the functions there are."""
    store.save_function(SECOND)
    with pytest.raises(ProjectError, match=r"no labeling function 'caps'\. Valid choices: cash"):
        store.remove_function("caps")


def test_fits_come_newest_first(store):
    """Fits are numbered, and `limit` keeps the newest."""
    at = datetime(2024, 5, 1, tzinfo=UTC)
    fit = ModelFit(None, "majority", 0, ("caps",), ("abc",), 3, {"accuracy": 0.1}, at)
    assert [store.save_fit(fit), store.save_fit(replace(fit, seed=1))] == [1, 2]
    assert store.fits() == (replace(fit, fit_id=2, seed=1), replace(fit, fit_id=1))
    assert store.fits(limit=1) == (replace(fit, fit_id=2, seed=1),)
