"""The schema of a project, as named steps: each runs once, in one transaction with its record."""

from collections.abc import Callable

import duckdb

from labeling.errors import ProjectError
from storage import annotation_schema, assignment_schema, times
from storage.database import Connection, Database
from storage.sql import compose

Migration = Callable[[Connection], None]


def create_project(connection: Connection) -> None:
    """Make the tables that say what the project is about."""
    connection.execute("""
        CREATE TABLE project (
            name VARCHAR NOT NULL, classes VARCHAR[] NOT NULL, text_column VARCHAR NOT NULL,
            id_column VARCHAR, guidelines VARCHAR NOT NULL, gold_column VARCHAR,
            split_column VARCHAR, created TIMESTAMP NOT NULL
        )""")
    connection.execute("CREATE TABLE settings (key VARCHAR PRIMARY KEY, value VARCHAR NOT NULL)")


def create_rows(connection: Connection) -> None:
    """Make the tables around the user's rows.

    `rows` gets a column c0, c1, c2 ... for each of `columns` with the first import. A row without
    an entry in `splits` is a dev row.
    """
    connection.execute("CREATE TABLE rows (row_id BIGINT NOT NULL)")
    connection.execute("""
        CREATE TABLE columns (
            position INTEGER PRIMARY KEY, name VARCHAR NOT NULL UNIQUE, type VARCHAR NOT NULL
        )""")
    connection.execute("CREATE TABLE splits (row_id BIGINT NOT NULL, split VARCHAR NOT NULL)")
    connection.execute("CREATE TABLE gold (row_id BIGINT NOT NULL, code TINYINT NOT NULL)")
    connection.execute("""
        CREATE TABLE imports (
            file_name VARCHAR NOT NULL, sha256 VARCHAR NOT NULL, rows BIGINT NOT NULL,
            at_utc TIMESTAMP NOT NULL
        )""")


def create_functions(connection: Connection) -> None:
    """Make the append-only table of labeling functions: the last event of a name counts."""
    connection.execute("CREATE SEQUENCE function_sequence")
    connection.execute("""
        CREATE TABLE function_events (
            seq BIGINT PRIMARY KEY DEFAULT nextval('function_sequence'),
            action VARCHAR NOT NULL, name VARCHAR NOT NULL, kind VARCHAR, source VARCHAR,
            author VARCHAR NOT NULL, at_utc TIMESTAMP NOT NULL
        )""")


def create_runs(connection: Connection) -> None:
    """Make the tables of runs and votes.

    `votes` holds no abstains; `value` is a class code or, for later label types, a number.
    `run_errors` names every row with an error, with NULLs where its details were not kept;
    `unreached` holds the ranges of rows that a failed run did not come to.
    """
    connection.execute("""
        CREATE TABLE runs (
            version VARCHAR PRIMARY KEY, rows BIGINT NOT NULL, votes BIGINT NOT NULL,
            error_count BIGINT NOT NULL, seconds DOUBLE NOT NULL, stdout VARCHAR NOT NULL,
            failure VARCHAR, failure_line INTEGER, at_utc TIMESTAMP NOT NULL
        )""")
    connection.execute("""
        CREATE TABLE votes (
            version VARCHAR NOT NULL, row_id BIGINT NOT NULL, part INTEGER NOT NULL,
            value DOUBLE NOT NULL
        )""")
    connection.execute("""
        CREATE TABLE run_errors (
            version VARCHAR NOT NULL, row_id BIGINT NOT NULL, error VARCHAR, message VARCHAR,
            line INTEGER
        )""")
    connection.execute("""
        CREATE TABLE unreached (
            version VARCHAR NOT NULL, first_row BIGINT NOT NULL, stop_row BIGINT NOT NULL
        )""")


def create_fits(connection: Connection) -> None:
    """Make the append-only table of label-model fits."""
    connection.execute("CREATE SEQUENCE fit_sequence")
    connection.execute("""
        CREATE TABLE model_fits (
            fit_id BIGINT PRIMARY KEY DEFAULT nextval('fit_sequence'),
            model VARCHAR NOT NULL, seed BIGINT NOT NULL, functions VARCHAR[] NOT NULL,
            versions VARCHAR[] NOT NULL, gold_rows BIGINT NOT NULL, metrics VARCHAR NOT NULL,
            at_utc TIMESTAMP NOT NULL
        )""")


def create_last_write(connection: Connection) -> None:
    """Make the table of one row that tells whether a transaction reached the disk."""
    connection.execute("CREATE TABLE last_write (one TINYINT PRIMARY KEY, mark UUID NOT NULL)")


def create_acceptances(connection: Connection) -> None:
    """Make the append-only table of versions that were accepted with their errors.

    Runs name the row they ended at.
    """
    connection.execute("ALTER TABLE runs ADD COLUMN failure_row BIGINT")
    connection.execute("""
        CREATE TABLE function_acceptances (
            version VARCHAR PRIMARY KEY, name VARCHAR NOT NULL, author VARCHAR NOT NULL,
            at_utc TIMESTAMP NOT NULL
        )""")


def create_stability_checks(connection: Connection) -> None:
    """Make the table of rows whose votes differed when they were run a second time."""
    connection.execute("""
        CREATE TABLE stability_checks (
            version VARCHAR PRIMARY KEY, rows BIGINT NOT NULL, differing BIGINT[] NOT NULL
        )""")


def add_row_times(connection: Connection) -> None:
    """Let runs tell how long their rows took; NULL where no row was timed."""
    for column in (
        "timed BIGINT",
        "p50_seconds DOUBLE",
        "p95_seconds DOUBLE",
        "slow_rows BIGINT[]",
        "slow_seconds DOUBLE[]",
    ):
        connection.execute(compose("ALTER TABLE runs ADD COLUMN {column}", column=column))


def create_events(connection: Connection) -> None:
    """Make the append-only tables of changes that used to be overwritten.

    `setting_events` holds settings, guidelines and classes with their value before and after, NULL
    where there was none. Acceptances can be withdrawn: the last event of a version counts.
    """
    connection.execute("CREATE SEQUENCE setting_sequence")
    connection.execute("""
        CREATE TABLE setting_events (
            seq BIGINT PRIMARY KEY DEFAULT nextval('setting_sequence'),
            key VARCHAR NOT NULL, before VARCHAR, after VARCHAR, author VARCHAR NOT NULL,
            at_utc TIMESTAMP NOT NULL
        )""")
    connection.execute("CREATE SEQUENCE acceptance_sequence")
    connection.execute("""
        CREATE TABLE acceptance_events (
            seq BIGINT PRIMARY KEY DEFAULT nextval('acceptance_sequence'),
            action VARCHAR NOT NULL, version VARCHAR NOT NULL, name VARCHAR NOT NULL,
            author VARCHAR NOT NULL, at_utc TIMESTAMP NOT NULL
        )""")
    connection.execute("""
        INSERT INTO acceptance_events (action, version, name, author, at_utc)
        SELECT 'accepted', version, name, author, at_utc FROM function_acceptances
        ORDER BY at_utc""")
    connection.execute("DROP TABLE function_acceptances")


def create_pins(connection: Connection) -> None:
    """Make the append-only table of rows pinned to functions: the last event of a row counts.

    `code` is the vote that the row should get, -1 for an abstain, NULL for a row let go.
    """
    connection.execute("CREATE SEQUENCE pin_sequence")
    connection.execute("""
        CREATE TABLE pin_events (
            seq BIGINT PRIMARY KEY DEFAULT nextval('pin_sequence'),
            name VARCHAR NOT NULL, row_id BIGINT NOT NULL, code TINYINT,
            author VARCHAR NOT NULL, at_utc TIMESTAMP NOT NULL
        )""")


def create_slices(connection: Connection) -> None:
    """Make the append-only table of saved slices; `wanted` is NULL for one taken away."""
    connection.execute("CREATE SEQUENCE slice_sequence")
    connection.execute("""
        CREATE TABLE slice_events (
            seq BIGINT PRIMARY KEY DEFAULT nextval('slice_sequence'),
            name VARCHAR NOT NULL, wanted VARCHAR, author VARCHAR NOT NULL,
            at_utc TIMESTAMP NOT NULL
        )""")


def create_return_codes(connection: Connection) -> None:
    """Make the table of which return of a function answered for each row, packed run by run."""
    connection.execute("""
        CREATE TABLE return_codes (
            version VARCHAR NOT NULL, first_row BIGINT NOT NULL, stop_row BIGINT NOT NULL,
            packed BLOB NOT NULL, PRIMARY KEY (version, first_row)
        )""")


def create_test_looks(connection: Connection) -> None:
    """Make the append-only table of looks at test gold, each with the last changes before it."""
    connection.execute("CREATE SEQUENCE look_sequence")
    connection.execute("""
        CREATE TABLE look_events (
            seq BIGINT PRIMARY KEY DEFAULT nextval('look_sequence'),
            figures VARCHAR NOT NULL, author VARCHAR NOT NULL, at_utc TIMESTAMP NOT NULL,
            function_seq BIGINT NOT NULL, acceptance_seq BIGINT NOT NULL,
            setting_seq BIGINT NOT NULL, annotation_seq BIGINT NOT NULL
        )""")


def create_gold_seen(connection: Connection) -> None:
    """Make the table of the last annotation there was when a function was saved.

    For what was saved before this table, the times of both tell; a wrong clock misleads them.
    """
    connection.execute("""
        CREATE TABLE gold_seen (
            function_seq BIGINT PRIMARY KEY, annotation_seq BIGINT NOT NULL
        )""")
    connection.execute("""
        INSERT INTO gold_seen
        SELECT seq, coalesce((SELECT max(labels.seq) FROM annotation_events AS labels
                              WHERE labels.at_utc <= saved.at_utc), 0)
        FROM function_events AS saved""")


MIGRATIONS: dict[str, Migration] = {
    "0001-project": create_project,
    "0002-rows": create_rows,
    "0003-functions": create_functions,
    "0004-runs": create_runs,
    "0005-annotations": annotation_schema.create_annotations,
    "0006-fits": create_fits,
    "0007-last-write": create_last_write,
    "0008-acceptances": create_acceptances,
    "0009-stability-checks": create_stability_checks,
    "0010-row-times": add_row_times,
    "0011-events": create_events,
    "0012-pins": create_pins,
    "0013-slices": create_slices,
    "0014-return-codes": create_return_codes,
    "0015-test-looks": create_test_looks,
    "0016-gold-seen": create_gold_seen,
    "0017-draws": annotation_schema.add_draws,
    "0018-leases": assignment_schema.create_leases,
    "0019-flags": annotation_schema.add_flags,
    "0020-batches": assignment_schema.create_batches,
}


def prepare(database: Database) -> None:
    """Give a new, empty database file its table of migrations."""
    database.write(
        lambda connection: connection.execute(
            "CREATE TABLE migrations (name VARCHAR PRIMARY KEY, at_utc TIMESTAMP NOT NULL)"
        )
    )


def migrate(database: Database, migrations: dict[str, Migration] | None = None) -> None:
    """Bring a database to the present schema.

    Raises:
        ProjectError: it is no project, or one that a newer version has migrated further.
    """
    migrations = MIGRATIONS if migrations is None else migrations
    for name in pending(database, migrations):
        _apply(database, name, migrations[name])


def pending(database: Database, migrations: dict[str, Migration] | None = None) -> tuple[str, ...]:
    """Return the migrations that a database still needs; raises as `migrate` does."""
    migrations = MIGRATIONS if migrations is None else migrations
    done = _applied(database)
    unknown = sorted(done - migrations.keys())
    if unknown:
        raise ProjectError(
            f"A newer version of Labelwright made this project (migration {unknown[0]!r}).",
            remedy="Update Labelwright, then open it again.",
        )
    return tuple(name for name in migrations if name not in done)


def _applied(database: Database) -> set[str]:
    with database.reading() as cursor:
        try:
            recorded = cursor.execute("SELECT name FROM migrations").fetchall()
        except duckdb.CatalogException:
            raise ProjectError(
                "This database is not a Labelwright project.",
                remedy="Choose another folder, or create a project in a new one.",
            ) from None
    return {name for (name,) in recorded}


def _apply(database: Database, name: str, migration: Migration) -> None:
    def step(connection: Connection) -> None:
        migration(connection)
        connection.execute("INSERT INTO migrations VALUES (?, ?)", [name, times.now()])

    database.write(step)
