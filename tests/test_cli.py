"""The command line: what it prints, the files it makes and its exit codes."""

import csv
import json
import os
import shutil
import socket
from pathlib import Path

import pytest

from storage import DuckDBOpener
from tests.command_line import cli, cli_process
from tests.projects import CSV, FUNCTIONS


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a project of eight rows with two functions, for copying."""
    made = tmp_path_factory.mktemp("made")
    (made / "rows.csv").write_text(CSV, "utf-8")
    (made / "functions.py").write_text(FUNCTIONS, "utf-8")
    project = made / "project"
    ready = cli(
        "init", project, "--data", made / "rows.csv", "--text", "text", "--classes", "ham,spam",
        "--id", "id", "--gold", "gold", "--split", "split",
    )  # fmt: skip
    assert ready.returncode == 0, ready.stderr
    added = cli("functions", "add", project, made / "functions.py")
    assert added.returncode == 0, added.stderr
    return made


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """A project of eight rows with two functions; beside it the files that it was made of."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return tmp_path / "project"


def test_gold_given_as_class_numbers_is_explained_and_understood(tmp_path: Path) -> None:
    """The refusal names the option that takes them, and with it the project is made."""
    (tmp_path / "rows.csv").write_text("text,gold\nfree money,1\nlunch,0\nhi,\n", "utf-8")
    init = (
        "init", tmp_path / "p", "--data", tmp_path / "rows.csv", "--text", "text",
        "--classes", "ham,spam", "--gold", "gold",
    )  # fmt: skip
    refused = cli(*init)
    assert refused.returncode == 1
    assert "has numbers (0, 1), not class names" in refused.stderr
    assert "--gold-numbers" in refused.stderr
    made = cli(*init, "--gold-numbers")
    assert "3 rows, gold on 2 dev" in made.stderr


def test_the_whole_loop_headless(folder: Path, tmp_path: Path) -> None:
    """init, functions add, run, stats and export agree with what is counted by hand."""
    ran = cli_process("run", folder, "--model", "majority")
    assert ran.returncode == 0, ran.stderr
    assert "money" in ran.stdout
    assert "8 rows: 6 covered" in ran.stdout

    stats = json.loads(cli_process("stats", folder, "--json").stdout)
    assert [record["name"] for record in stats] == ["money", "lunch"]
    assert set(stats[0]) == {
        "name", "kind", "polarity", "coverage", "overlaps", "conflicts", "correct", "incorrect",
        "accuracy", "accuracy_low", "accuracy_high", "gold", "reweighted", "unseen_correct",
        "unseen_incorrect", "unseen_reweighted", "estimated_accuracy", "errors",
        "status",
    }  # fmt: skip
    assert stats[0]["coverage"] == 3 / 8
    assert (stats[0]["correct"], stats[0]["incorrect"], stats[0]["gold"]) == (2, 0, 2)

    out = tmp_path / "out.csv"
    exported = cli_process("export", folder, out, "--threshold", "0.5", "--uncovered", "drop")
    assert exported.returncode == 0, exported.stderr
    rows = list(csv.DictReader(out.open(encoding="utf-8", newline="")))
    assert [row["id"] for row in rows] == ["a", "b", "c", "d", "f", "h"]
    assert [row["label"] for row in rows] == ["spam", "ham", "ham", "spam", "spam", "ham"]
    assert json.loads(out.with_suffix(".manifest.json").read_text())["label_model"]["name"] == (
        "majority"
    )


def test_a_rebalanced_export_finds_more_rows_of_the_rare_class(tmp_path: Path) -> None:
    """Rows whose votes tie are ham, as most rows are; with --rebalanced that says nothing."""
    texts = ["lunch"] * 30 + ["money"] * 6 + ["lunch money"] * 4
    gold = ["ham"] * 30 + ["spam"] * 6 + [""] * 4
    lines = [f"{i},{text},{label}" for i, (text, label) in enumerate(zip(texts, gold, strict=True))]
    (tmp_path / "rows.csv").write_text("\n".join(["id,text,gold", *lines, ""]), "utf-8")
    (tmp_path / "functions.py").write_text(FUNCTIONS, "utf-8")
    project = tmp_path / "project"
    made = cli(
        "init", project, "--data", tmp_path / "rows.csv", "--text", "text", "--classes", "ham,spam",
        "--id", "id", "--gold", "gold",
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    assert cli("functions", "add", project, tmp_path / "functions.py").returncode == 0
    assert cli("run", project, "--model", "majority").returncode == 0

    labels = {}
    for option in ([], ["--rebalanced"]):
        out = tmp_path / f"out{len(option)}.csv"
        exported = cli("export", project, out, *option)
        assert exported.returncode == 0, exported.stderr
        rows = list(csv.DictReader(out.open(encoding="utf-8", newline="")))
        assert {float(row["confidence"]) for row in rows[36:]} == {0.5}
        labels[bool(option)] = [row["label"] for row in rows]
        manifest = json.loads(out.with_suffix(".manifest.json").read_text("utf-8"))
        assert manifest["options"]["rebalanced"] is bool(option)
    assert labels[False] == ["ham"] * 30 + ["spam"] * 6 + ["ham"] * 4
    assert labels[True] == ["ham"] * 30 + ["spam"] * 6 + ["spam"] * 4


def test_an_end_model_is_trained_compared_and_exported(folder: Path, tmp_path: Path) -> None:
    """Its labels are refused before it is trained, then every row without gold has one."""
    out = tmp_path / "out.csv"
    early = cli("export", folder, out, "--labels", "end-model")
    assert early.returncode == 1
    assert "cli.py end-model PROJECT" in early.stderr

    trained = cli("end-model", folder, "--model", "naive-bayes")
    assert trained.returncode == 0, trained.stderr
    assert "naive-bayes on tfidf, learned from 5 rows" in trained.stdout
    assert "all (n = 4)" in trained.stdout

    exported = cli("export", folder, out, "--labels", "end-model")
    assert exported.returncode == 0, exported.stderr
    rows = list(csv.DictReader(out.open(encoding="utf-8", newline="")))
    assert [row["source"] for row in rows] == [*["gold"] * 4, *["end_model"] * 4]
    assert all(row["label"] in ("ham", "spam") for row in rows)
    manifest = json.loads(out.with_suffix(".manifest.json").read_text("utf-8"))
    assert manifest["options"]["labels"] == "end-model"
    assert manifest["end_model"]["name"] == "naive-bayes"
    assert manifest["end_model"]["cross_validated"]["all_rows"]["rows"] == 4

    functions = tmp_path / "another.py"
    functions.write_text("def hello(x):\n    return 'ham' if 'hello' in x.text else -1\n", "utf-8")
    cli("functions", "add", folder, functions)
    late = cli("export", folder, out, "--labels", "end-model")
    assert late.returncode == 1
    assert "earlier version" in late.stderr


def test_an_end_model_is_saved_as_a_labeling_function(folder: Path) -> None:
    """It votes on every row where no sureness is asked for, and stays out of the label model."""
    trained = ("end-model", folder, "--model", "naive-bayes", "--sure", 0)
    saved = cli(*trained, "--save-as", "learned")
    assert saved.returncode == 0, saved.stderr
    assert "cli.py functions accept PROJECT learned" in saved.stderr
    stats = cli("stats", folder, "--json")
    found = json.loads(stats.stdout)[-1]
    assert (found["name"], found["kind"], found["coverage"]) == ("learned", "model", 1.0)
    assert "learned: learned from the label model; not in it" in stats.stderr
    taken = cli(*trained, "--save-as", "money")
    assert taken.returncode == 1
    assert "There is a labeling function 'money' already" in taken.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--model", "magic"), "no end model 'magic'"),
        (("--features", "magic"), "Valid choices: tfidf, embeddings"),
    ],
)
def test_an_unknown_end_model_is_refused_before_anything_runs(
    folder: Path, arguments: tuple[str, str], said: str
) -> None:
    """One line names the valid choices."""
    refused = cli("end-model", folder, *arguments)
    assert refused.returncode == 1
    assert said in refused.stderr
    assert len(refused.stderr.splitlines()) == 1


def test_functions_can_be_listed_and_removed(folder: Path) -> None:
    """The list is JSON with each function's source; removing takes one away."""
    listed = json.loads(cli("functions", "list", folder, "--json").stdout)
    assert [(entry["name"], entry["kind"]) for entry in listed] == [
        ("money", "python"),
        ("lunch", "python"),
    ]
    assert "def has" in listed[0]["source"]

    assert cli("functions", "remove", folder, "money").returncode == 0
    assert [e["name"] for e in json.loads(cli("functions", "list", folder, "--json").stdout)] == [
        "lunch"
    ]


def test_functions_of_any_kind_go_from_one_project_to_another(folder: Path, tmp_path: Path) -> None:
    """What list --json prints can be added; the source of a rule may also be plain JSON."""
    listed = json.loads(cli("functions", "list", folder, "--json").stdout)
    when = {
        "all": [
            {"column": "text", "words": ["free"]},
            {"not": {"column": "text", "words": ["lunch"]}},
        ]
    }
    rule = {"name": "free things", "kind": "rule", "source": {"label": "spam", "when": when}}
    (tmp_path / "all.json").write_text(json.dumps([*listed, rule]), "utf-8")
    for name in ("money", "lunch"):
        cli("functions", "remove", folder, name)
    added = cli("functions", "add", folder, tmp_path / "all.json")
    assert added.returncode == 0, added.stderr
    stats = json.loads(cli("stats", folder, "--json").stdout)
    assert [(record["name"], record["coverage"]) for record in stats] == [
        ("money", 3 / 8), ("lunch", 3 / 8), ("free things", 1 / 8)
    ]  # fmt: skip
    again = cli("functions", "list", folder, "--json").stdout
    assert json.loads(again)[:2] == listed


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("{", "bad.json: The file is no valid JSON"),
        ("[]", "no labeling function in the file"),
        ('[{"name": "a"}]', "bad.json, function 1: A function has a name, a kind and a source"),
        ('{"name": "a", "kind": "x", "source": ""}', "Unknown kind 'x'. Valid choices: python"),
        ('{"name": "a", "kind": "rule", "source": {"label": "spam"}}', "lacks the parameter"),
    ],
)
def test_a_json_file_that_is_none_is_refused(
    folder: Path, tmp_path: Path, content: str, complaint: str
) -> None:
    """In one line that says what is wrong; nothing is added."""
    (tmp_path / "bad.json").write_text(content, "utf-8")
    refused = cli("functions", "add", folder, tmp_path / "bad.json")
    assert refused.returncode == 1
    assert complaint in refused.stderr


def test_a_query_is_added_under_the_name_of_its_file(folder: Path, tmp_path: Path) -> None:
    """It votes as counted by hand: three texts have the word free."""
    query = tmp_path / "says_free.sql"
    query.write_text("SELECT row_id, 'spam' AS label FROM rows WHERE text LIKE '%free%'\n", "utf-8")
    assert cli("functions", "add", folder, query).returncode == 0
    stats = json.loads(cli("stats", folder, "--json").stdout)
    assert [(record["name"], record["kind"]) for record in stats][2:] == [("says_free", "sql")]
    assert stats[2]["coverage"] == 3 / 8

    query.write_text("DROP TABLE rows", "utf-8")
    refused = cli("functions", "add", folder, query)
    assert refused.returncode == 1
    assert "not 'DROP'. Valid choices: SELECT" in refused.stderr


TUTORIAL = """from snorkel.labeling import LabelingFunction

ABSTAIN, HAM, SPAM = -1, 0, 1


def keyword_lookup(x, keywords, label):
    return label if any(word in x.text.lower() for word in keywords) else ABSTAIN


def make_keyword_lf(keywords, label=SPAM):
    return LabelingFunction(
        name=f"keyword_{keywords[0]}",
        f=keyword_lookup,
        resources=dict(keywords=keywords, label=label),
    )


keyword_free = make_keyword_lf(keywords=["free"])
lfs = [make_keyword_lf([word], HAM) for word in ("lunch", "dinner")]
"""


def test_what_a_file_has_and_is_not_taken_is_named(folder: Path, tmp_path: Path) -> None:
    """The functions a factory makes are added; each other function gets a line with its reason."""
    (tmp_path / "tutorial.py").write_text(TUTORIAL, "utf-8")
    added = cli("functions", "add", folder, tmp_path / "tutorial.py")
    assert added.returncode == 0, added.stderr
    lookup, factory, loop, last = added.stderr.splitlines()
    assert lookup.startswith("tutorial.py, line 6: keyword_lookup is not taken: ")
    assert factory.startswith("tutorial.py, line 10: make_keyword_lf is not taken: it builds")
    assert loop.startswith("tutorial.py, line 19: what is built here is not taken: the file is")
    assert last == "Added keyword_free."
    stats = json.loads(cli("stats", folder, "--json").stdout)
    assert [(one["name"], one["coverage"], one["errors"]) for one in stats][2:] == [
        ("keyword_free", 3 / 8, 0)
    ]


def test_a_users_fault_is_one_line_and_exit_code_1(folder: Path, tmp_path: Path) -> None:
    """Unknown project, function, model and a bad gold value: one clear line each."""
    bad = tmp_path / "bad.csv"
    bad.write_text("text,gold\nhello,spma\n", "utf-8")
    faults = [
        cli_process("run", tmp_path / "nothing"),
        cli("functions", "remove", folder, "mony"),
        cli("run", folder, "--model", "magic"),
        cli("init", tmp_path / "q", "--data", bad, "--text", "text", "--classes", "ham,spam",
            "--gold", "gold"),
        cli("init", tmp_path / "r", "--data", bad, "--text", "txet", "--classes", "ham,spam"),
        cli("init", tmp_path / "s", "--data", bad, "--text", "text", "--classes", "ham"),
    ]  # fmt: skip
    for fault in faults:
        assert fault.returncode == 1, (fault.args, fault.stdout, fault.stderr)
        assert len(fault.stderr.strip().splitlines()) == 1, fault.stderr
        assert "Traceback" not in fault.stderr
    assert "spma" in faults[3].stderr
    assert not (tmp_path / "q").exists()


def test_an_export_that_cannot_be_written_runs_no_function(folder: Path, tmp_path: Path) -> None:
    """The target is looked at first: one line, exit code 1, and no run is stored."""
    (tmp_path / "taken.csv").mkdir()
    targets = [
        tmp_path / "taken.csv", tmp_path / "nowhere" / "out.csv", tmp_path / "out.txt",
        folder / "project.duckdb",
    ]  # fmt: skip
    for target in targets:
        refused = cli("export", folder, target)
        assert refused.returncode == 1, target
        (line,) = refused.stderr.strip().splitlines()
        assert target.name in line or "nowhere" in line
    store = DuckDBOpener().open(folder)
    try:
        assert all(store.run(function.version) is None for function in store.functions())
    finally:
        store.close()


def test_a_port_that_cannot_be_used_is_refused(folder: Path) -> None:
    """An impossible port is a usage error; one that is taken is one line and exit code 1."""
    assert cli("serve", folder, "--port", 99999).returncode == 2
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        refused = cli("serve", folder, "--port", port)
    assert refused.returncode == 1
    assert refused.stderr == (
        f"Port {port} cannot be used (Address already in use). "
        "End the program that has it, or choose another port with --port.\n"
    )


def test_a_usage_fault_is_exit_code_2(folder: Path) -> None:
    """Unknown options and choices are usage errors."""
    assert cli_process("run").returncode == 2
    assert cli("export", folder, "x.csv", "--uncovered", "maybe").returncode == 2
    assert cli("nonsense").returncode == 2


def test_a_function_that_fails_makes_run_exit_1_and_the_others_count(
    folder: Path, tmp_path: Path
) -> None:
    """The failing function is named with its reason; the table has the others."""
    (tmp_path / "more.py").write_text("import os\ndef killer(x):\n    os._exit(1)\n", "utf-8")
    cli_process("functions", "add", folder, tmp_path / "more.py")
    ran = cli_process("run", folder)

    assert ran.returncode == 1
    assert "killer failed" in ran.stderr
    assert "money" in ran.stdout


def test_backup_and_doctor(folder: Path) -> None:
    """A backup opens like any project; the doctor says what it finds, and exits 1 on a fault."""
    made = cli("backup", folder)
    assert made.returncode == 0, made.stderr
    (copy,) = (folder / "backups").iterdir()
    assert cli("doctor", copy).returncode == 0

    (copy / "annotations.jsonl").write_text("nonsense\n")
    looked = cli("doctor", copy)
    assert looked.returncode == 1
    assert "✗ Line 1 of the journal does not match its checksum." in looked.stdout
    assert cli("doctor", copy, "--replay").returncode == 0


def test_project_that_is_open_elsewhere_is_not_backed_up(folder: Path) -> None:
    """The message names the process that has it open."""
    store = DuckDBOpener().open(folder)
    try:
        for command in ("backup", "doctor"):
            refused = cli_process(command, folder)
            assert refused.returncode == 1
            said = refused.stderr + refused.stdout
            assert f"The project is open in another process (PID {os.getpid()})." in said
    finally:
        store.close()


def test_a_function_with_errors_is_accepted_by_name(folder: Path, tmp_path: Path) -> None:
    """Until then `run` and `stats` say on stderr that it makes no labels, and how to go on."""
    source = "def picky(x):\n    return 'ham' if x.id != 'c' else 1 / 0\n"
    (tmp_path / "more.py").write_text(source, "utf-8")
    cli("functions", "add", folder, tmp_path / "more.py")
    ran = cli("run", folder)
    assert ran.returncode == 0
    assert "picky: 1 row failed; not in the label model" in ran.stderr
    assert "functions accept PROJECT picky" in ran.stderr
    ledger = json.loads(cli("functions", "ledger", folder, "picky", "--json").stdout)
    assert ledger["messages"] == [
        {"error": "ZeroDivisionError: division by zero", "rows": 1, "examples": [2], "lines": [2]}
    ]
    assert ledger["run_twice"] == {"rows": 7, "differing": []}
    assert ledger["times"]["timed_rows"] == 1
    assert cli("functions", "accept", folder, "picky").returncode == 0
    stats = cli("stats", folder, "--json")
    assert "failed" not in stats.stderr
    assert [entry["status"] for entry in json.loads(stats.stdout)] == ["ready"] * 3


def test_help_names_every_command() -> None:
    """`--help` lists what there is."""
    text = cli("--help").stdout
    for command in ("init", "functions", "run", "stats", "export", "backup", "doctor", "serve"):
        assert command in text
