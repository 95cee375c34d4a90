"""Projects kept in DuckDB: everything that speaks SQL to a project's database."""

from storage.opener import DuckDBOpener

__all__ = ["DuckDBOpener"]
