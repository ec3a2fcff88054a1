"""What every test may use: the project's folder and the site, built once."""

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
