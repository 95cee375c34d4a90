"""Label types: how a function's answer becomes a code. One file per type."""

from labeling.tasks.classification import Classification

TASKS = {"classification": Classification}
