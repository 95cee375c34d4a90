"""The tables of accounts, as steps: the file's user_version says how many of them it has."""

SCHEMA_1 = (
    """
    CREATE TABLE accounts (
        name TEXT PRIMARY KEY COLLATE NOCASE, roles TEXT NOT NULL, created REAL NOT NULL,
        disabled INTEGER NOT NULL, salt BLOB NOT NULL, digest BLOB NOT NULL
    ) WITHOUT ROWID""",
    """
    CREATE TABLE invitations (
        token TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE COLLATE NOCASE, roles TEXT NOT NULL,
        expires REAL NOT NULL
    ) WITHOUT ROWID""",
    """
    CREATE TABLE sessions (
        token TEXT PRIMARY KEY, name TEXT NOT NULL COLLATE NOCASE REFERENCES accounts (name),
        began REAL NOT NULL, expires REAL NOT NULL, address TEXT NOT NULL
    ) WITHOUT ROWID""",
    """
    CREATE TABLE failures (
        name TEXT NOT NULL COLLATE NOCASE, address TEXT NOT NULL, at REAL NOT NULL
    )""",
    "CREATE INDEX failures_by_time ON failures (at)",
)

SCHEMA_2 = (
    # A JSON list of names, NULL for all projects.
    "ALTER TABLE accounts ADD COLUMN projects TEXT",
    "ALTER TABLE invitations ADD COLUMN projects TEXT",
    """
    CREATE TABLE account_events (
        seq INTEGER PRIMARY KEY AUTOINCREMENT, at REAL NOT NULL, author TEXT NOT NULL,
        action TEXT NOT NULL, name TEXT NOT NULL COLLATE NOCASE, before TEXT NOT NULL,
        after TEXT NOT NULL
    )""",
    """
    CREATE TRIGGER account_events_stay BEFORE UPDATE ON account_events
    BEGIN SELECT RAISE(ABORT, 'what was done to accounts is not rewritten'); END""",
    """
    CREATE TRIGGER account_events_are_kept BEFORE DELETE ON account_events
    BEGIN SELECT RAISE(ABORT, 'what was done to accounts is not deleted'); END""",
    """
    INSERT INTO account_events (at, author, action, name, before, after)
    SELECT created, '', 'added', name, '', replace(roles, ',', ', ') || '; all projects'
    FROM accounts ORDER BY created""",
)

SCHEMA_3 = (
    """
    CREATE TABLE emails (
        email TEXT PRIMARY KEY COLLATE NOCASE,
        name TEXT NOT NULL UNIQUE COLLATE NOCASE REFERENCES accounts (name)
    ) WITHOUT ROWID""",
    "CREATE TABLE identities (digest TEXT PRIMARY KEY, expires REAL NOT NULL) WITHOUT ROWID",
)

SCHEMAS = (SCHEMA_1, SCHEMA_2, SCHEMA_3)
"""The statements at n lead from schema n to n + 1."""
