"""What every test may use: the project's folder and the site, built once."""

import os
import subprocess
import sys
from pathlib import Path

import hypothesis
import pytest

# The same examples on every machine, and no verdict that depends on its speed.
hypothesis.settings.register_profile("steady", deadline=None, derandomize=True, database=None)
hypothesis.settings.load_profile("steady")


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the project's folder."""
    return Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def built_site(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build every page with the installed command; return the folder, whose name has a space."""
    folder = tmp_path_factory.mktemp("built site")
    command = Path(sys.executable).parent / "crackdown"
    done = subprocess.run(
        [command, "build", "-o", folder], cwd=root, capture_output=True, text=True, check=False
    )
    if done.returncode:
        pytest.fail(f"crackdown build ended with status {done.returncode}:\n{done.stderr}")
    return folder


@pytest.fixture(autouse=True)
def _speak_english():
    """Begin every test in the usual language, whatever the one before has chosen."""
    from crackdown.catalogue import DEFAULT, speak

    speak(DEFAULT)


@pytest.fixture(scope="session")
def archive(root: Path):
    """Return the real tables."""
    from crackdown.incidents import load_archive

    return load_archive(root / "data")


@pytest.fixture(scope="session")
def choose(root: Path, archive):
    """Return a function that selects from the real tables, without reading them again."""
    from crackdown import selection

    def choose(**values):
        given = {"data": str(root / "data"), "shapefiles": str(root / "shapefiles"), **values}
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(selection, "load_archive", lambda folder: archive)
            return selection.select(**given)

    return choose


@pytest.fixture(scope="session")
def selection(choose):
    """Return the selection of everything."""
    return choose()


@pytest.fixture(scope="session")
def run_tool(root: Path):
    """Return a function that runs a tool of the environment as a reader would."""

    def run_tool(tool: str, *arguments, cwd: Path = root, **environment: str):
        return subprocess.run(
            [Path(sys.executable).parent / tool, *map(str, arguments)],
            cwd=cwd,
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            check=False,
        )

    return run_tool


@pytest.fixture
def run_command(root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture):
    """Return a function that runs ``crackdown`` in this process: status, stdout and stderr."""
    from crackdown.cli import main

    def run_command(*arguments, cwd: Path = root):
        monkeypatch.chdir(cwd)
        monkeypatch.setattr(sys, "argv", ["crackdown", *map(str, arguments)])
        with pytest.raises(SystemExit) as stop:
            main()
            raise SystemExit(0)
        captured = capsys.readouterr()
        return stop.value.code or 0, captured.out, captured.err

    return run_command
