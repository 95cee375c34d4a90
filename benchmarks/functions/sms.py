"""Labeling functions for the SMS messages, written from reading training texts only."""

import re

from labelwright import ABSTAIN, labeling_function

HOME = (
    "lol",
    "haha",
    "ok",
    "gonna",
    "dinner",
    "lunch",
    "sleep",
    "home",
    "mum",
    "love you",
    "sorry",
)


def finds(pattern, x):
    return re.search(pattern, x.text, re.IGNORECASE)


@labeling_function()
def free_offer(x):
    return "spam" if finds(r"\bfree\b", x) and finds(r"\d{4}", x) else ABSTAIN


@labeling_function()
def prize(x):
    return "spam" if finds(r"\b(prize|won|winner|award(ed)?|guaranteed)\b", x) else ABSTAIN


@labeling_function()
def claim(x):
    return "spam" if finds(r"\b(claim|urgent)\b", x) else ABSTAIN


@labeling_function()
def text_this_word(x):
    return "spam" if finds(r"\b(txt|text)\b.*\bto\b.*\d{4,}", x) else ABSTAIN


@labeling_function()
def long_number(x):
    return "spam" if finds(r"\b\d{5,}\b", x) else ABSTAIN


@labeling_function()
def price(x):
    return "spam" if finds(r"£\s*\d|\d+p\b|per (min|msg)", x) else ABSTAIN


@labeling_function()
def link(x):
    return "spam" if finds(r"www\.|http|\.co\.uk|\.com\b", x) else ABSTAIN


@labeling_function()
def mobile_goods(x):
    return (
        "spam" if finds(r"\b(ringtone|tone|polyphonic|nokia|camera phone|latest)\b", x) else ABSTAIN
    )


@labeling_function()
def at_home(x):
    text = x.text.lower()
    return "ham" if any(re.search(rf"\b{word}\b", text) for word in HOME) else ABSTAIN


@labeling_function()
def no_digits(x):
    return "ham" if not finds(r"\d", x) else ABSTAIN


@labeling_function()
def short(x):
    return "ham" if len(x.text) < 60 else ABSTAIN


@labeling_function()
def speaks_of_us(x):
    return "ham" if finds(r"\b(i'm|i am|i'll|me too|my|we)\b", x) and len(x.text) < 120 else ABSTAIN
