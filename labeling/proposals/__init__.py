"""Suggestions of labeling functions, from the rows that need one and what is known of others."""

from labeling.proposals.finder import Finder, Found
from labeling.proposals.proposal import Asked, Belief, Proposal, Target

__all__ = ["Asked", "Belief", "Finder", "Found", "Proposal", "Target"]
