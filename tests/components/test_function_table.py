"""Which line of Studio's table is marked."""

from components.function_table import selection_to_tell


def test_the_browser_is_told_of_the_marked_line_until_it_answers() -> None:
    """Of two runs that draw a new table in one moment it may see the second alone."""
    told = selection_to_tell({}, 3)
    assert told == {"rows": [3], "cells": []}
    assert selection_to_tell(told, 3) == told
    assert selection_to_tell(told | {"columns": []}, 3) is None


def test_the_cell_with_the_focus_keeps_it_on_its_line_alone() -> None:
    """The arrow keys go on from it; a cell of another line would mark that line, too."""
    answer = {"rows": [3], "columns": [], "cells": [(3, "function")]}
    assert selection_to_tell(answer, 3) is None
    assert selection_to_tell(answer, 2) == {"rows": [2], "cells": []}
    assert selection_to_tell(answer, None) == {"rows": [], "cells": []}
