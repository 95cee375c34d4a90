"""Labeling functions that try to do harm, as data, and what must come of each."""
