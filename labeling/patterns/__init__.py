"""Finds patterns of Python's `re` in whole columns of texts, with exactly the answers of `re`."""

from labeling.patterns.search import ColumnSearch, column_search

__all__ = ["ColumnSearch", "column_search"]
