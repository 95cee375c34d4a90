"""What a pass of the engine starts from is laid out anew only where it changed."""

from datetime import UTC, datetime
from uuid import uuid4

from labeling.annotation_store import Annotation
from labeling.inputs import read_inputs
from labeling.project import Project


def test_gold_is_laid_out_anew_only_where_it_changed(project: Project) -> None:
    """A setting leaves the arrays as they are; a label makes new ones, and does not touch those."""
    store = project._store
    before = read_inputs(store)
    store.save_setting("model", "majority")
    assert read_inputs(store, before).gold is before.gold
    row = int(((before.gold.dev < 0) & ~before.gold.is_test).nonzero()[0][0])
    label = Annotation(uuid4(), row, "label", 1, "ann", datetime.now(UTC))
    store.append_annotations([label])
    after = read_inputs(store, before)
    assert (before.gold.dev[row], after.gold.dev[row]) == (-1, 1)
    assert (before.gold.annotated[row], after.gold.annotated[row]) == (False, True)
