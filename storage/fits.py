"""Records of label-model fits."""

import json

from labeling.store import ModelFit
from storage import times
from storage.database import Connection, Database, count


def save_fit(database: Database, fit: ModelFit) -> int:
    """Add the record of a fit and return its number."""

    def save(connection: Connection) -> int:
        return count(
            connection,
            "INSERT INTO model_fits (model, seed, functions, versions, gold_rows, metrics, at_utc)"
            " VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING fit_id",
            [
                fit.model,
                fit.seed,
                list(fit.functions),
                list(fit.versions),
                fit.gold_rows,
                json.dumps(dict(fit.metrics)),
                times.to_database(fit.at),
            ],
        )

    return database.write(save)


def fits(database: Database, limit: int) -> tuple[ModelFit, ...]:
    """Return the last `limit` fits, newest first."""
    with database.reading() as cursor:
        saved = cursor.execute(
            "SELECT fit_id, model, seed, functions, versions, gold_rows, metrics, at_utc"
            " FROM model_fits ORDER BY fit_id DESC LIMIT ?",
            [limit],
        ).fetchall()
    return tuple(
        ModelFit(
            fit_id=fit_id,
            model=model,
            seed=seed,
            functions=tuple(functions),
            versions=tuple(versions),
            gold_rows=gold_rows,
            metrics=json.loads(metrics),
            at=times.from_database(at),
        )
        for fit_id, model, seed, functions, versions, gold_rows, metrics, at in saved
    )
