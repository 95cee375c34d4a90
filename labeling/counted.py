"""A number with what it counts, in the plural where it is not one."""


def counted(number: int, thing: str, things: str | None = None) -> str:
    """Return a number with thousands separated, and its thing; `things` where `s` makes no plural.

    >>> counted(1, "row"), counted(12480, "row"), counted(0, "row"), counted(-1, "row")
    ('1 row', '12,480 rows', '0 rows', '-1 row')
    >>> counted(1, "test fails", "tests fail"), counted(2, "class", "classes")
    ('1 test fails', '2 classes')
    """
    return f"{number:,} {thing if abs(number) == 1 else things or f'{thing}s'}"
