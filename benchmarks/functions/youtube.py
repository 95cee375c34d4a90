"""Labeling functions for the YouTube comments, written from reading training texts only."""

import re

from labelwright import ABSTAIN, labeling_function

LINK = re.compile(r"https?:|www\.|\.com\b|youtu\.be", re.IGNORECASE)
MUSIC = ("song", "music", "voice", "lyrics", "video", "beat", "dance")
PRAISE = ("love", "best", "awesome", "amazing", "great", "beautiful", "favorite")


@labeling_function()
def has_link(x):
    return "SPAM" if LINK.search(x.text) else ABSTAIN


@labeling_function()
def check_out(x):
    return "SPAM" if re.search(r"check\s*(it|this|my|out)", x.text, re.IGNORECASE) else ABSTAIN


@labeling_function()
def my_channel(x):
    return "SPAM" if re.search(r"\bmy\s+(new\s+)?(channel|video)", x.text, re.I) else ABSTAIN


@labeling_function()
def asks_to_subscribe(x):
    return "SPAM" if re.search(r"\bsub(scribe|s)?\b", x.text, re.IGNORECASE) else ABSTAIN


@labeling_function()
def please_do(x):
    return "SPAM" if re.search(r"\b(please|pls|plz)\b", x.text, re.IGNORECASE) else ABSTAIN


@labeling_function()
def money(x):
    return "SPAM" if re.search(r"\$|\bmoney\b|\bfree\b|\bearn", x.text, re.I) else ABSTAIN


@labeling_function()
def speaks_of_the_song(x):
    text = x.text.lower()
    return "HAM" if any(word in text for word in MUSIC[:4]) and len(text) < 120 else ABSTAIN


@labeling_function()
def short_comment(x):
    return "HAM" if len(x.text.split()) < 6 and not LINK.search(x.text) else ABSTAIN


@labeling_function()
def praises(x):
    text = x.text.lower()
    return "HAM" if any(word in text for word in PRAISE) and len(text) < 90 else ABSTAIN


@labeling_function()
def counts_views(x):
    return "HAM" if re.search(r"\b(views|billion|million|201\d)\b", x.text, re.I) else ABSTAIN
