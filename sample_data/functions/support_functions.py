"""Python labeling functions of the sample project: some good, some weak, as in real work."""

import re

from labelwright import ABSTAIN, labeling_function

DEAR = 50
LOGIN_WORDS = (
    "log in", "login", "logs me", "kicks me", "sign in", "password", "pasword", "locked out",
    "get into my", "code you text", "reset", "verify",
)  # fmt: skip
FAULT_WORDS = (
    "crack", "dented", "a dent", "smashed", "in pieces", "burst", "broken", "broke ", "damaged",
    "faulty", "rattling", "won't turn on", "leak", "drips", "flaking", "a chip", "scratch",
    "wrong item", "the wrong thing", "came off",
)  # fmt: skip
MAYBE_FAULT_WORDS = ("noise", "burning", "went silent", "loose", "repair", "warranty")
TASTE_WORDS = (
    "beans", "grind", "roast", "caffeine", "taste", "vegan", "dishwasher", "made of", "recommend",
    "clean", "setting", "manual", "filter", "fit under", "difference between", "stock", "sold out",
)  # fmt: skip
ON_THE_WAY = (
    "deliver", "parcel", "courier", "track", "ship", "arriv", "driver", "hasn't", "to sender",
    "missing", "waiting", "posted", "address", "deadline", "this month", "isn't here",
)  # fmt: skip
ONLY_A_THREAT = ("otherwise", "rather not", "everything back", "it all back", "my last return")
OTHER_THAN_MONEY = (
    "skip", "pause", "how do", "confirm", "burst", "broken", "replace", "here", "mine didn't",
    "came", "come", "was due", "taste", "vegan", "caffeine", "my account", "what's in",
)  # fmt: skip
PLANS = ("Coffee Box Monthly", "Coffee Box Weekly", "Tea Box", "Brindlecup Plus")


def mentions(x, words):
    """Return whether the text has one of these words, in small letters or capitals."""
    text = x.text.lower().replace("’", "'")
    return any(word in text for word in words)


@labeling_function()
def login_trouble(x):
    """Who cannot sign in has an account matter, unless it only keeps them from checking another."""
    if mentions(x, ["to check", "update your payment"]):
        return ABSTAIN
    return "account" if mentions(x, LOGIN_WORDS) else ABSTAIN


@labeling_function()
def goes_back(x):
    """Goods that go back, or are to be swapped, are a return; parcels on their way are not."""
    going_back = re.search(
        r"\breturn(s|ed|ing)?\b|\b(sen[dt]|tak(e|ing)|giv(e|ing)|bring)\b.{0,25}\bback\b"
        r"|\bswap|\bexchang|\breplacement|\bnot keeping\b|\bchange my mind\b",
        x.text,
        re.IGNORECASE,
    )
    other_matter = mentions(x, ON_THE_WAY + ONLY_A_THREAT)
    return "returns" if going_back and not other_matter else ABSTAIN


@labeling_function()
def faulty_goods(x):
    """Damage is a return; for something dear, the mere suspicion of a fault will do."""
    words = FAULT_WORDS
    if x.order_value is not None and x.order_value >= DEAR:
        words += MAYBE_FAULT_WORDS
    return "returns" if mentions(x, words) else ABSTAIN


@labeling_function()
def asks_about_goods(x):
    """A question about taste and use, or one with no order behind it, is about the product."""
    if "?" not in x.text or mentions(x, ON_THE_WAY):
        return ABSTAIN
    before_buying = x.order_value is None and x.product and x["channel"] != "email"
    return "product" if before_buying or mentions(x, TASTE_WORDS) else ABSTAIN


@labeling_function()
def subscriber_hunch(x):
    """A hunch, and a weak one: subscribers whose box came write about money."""
    has_plan = x["product"] in PLANS and x.order_value is not None
    other_matter = mentions(x, ON_THE_WAY + OTHER_THAN_MONEY)
    return "billing" if has_plan and not other_matter else ABSTAIN
