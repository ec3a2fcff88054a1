"""Fuzz with coverage: ``python tests/fuzz.py TARGET [SECONDS]``, or all targets without one.

Atheris looks which branches of the package each input reaches and goes on from those that
reach new ones. What it has found stays in ``build/fuzz``, so that the next run starts there.
An input for which a target raises is kept as ``build/fuzz/TARGET-crash-...`` and ends the run
with exit status 1.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

try:
    import atheris
except ModuleNotFoundError:
    sys.exit("Atheris is built for Linux and Python 3.11 to 3.13. Elsewhere make test fuzzes a little, with hypothesis.")

# The package and what reads YAML in Python for it; other libraries would take the time of these.
with atheris.instrument_imports(include=["crackdown", "yaml"]):
    from targets import NAMES, ROOT, TARGETS, list_seeds, open_targets

from crackdown.codebook import load_codebook

FOUND = ROOT / "build/fuzz"
SECONDS = 300
LONGEST = {"table": 6_000, "editions": 3_000, "parameters": 400, "boundaries": 64, "layers": 64}


def write_words(name: str) -> Path:
    """Write the words from which inputs are put together: columns, values, keys."""
    timeline = load_codebook(ROOT / "data").tables["timeline"]
    words = {
        "table": [*timeline.fields, *timeline.fields["kind"].categories, "2024-02-30", '"', '""', ",", "\r\n", "\ufeff", "e01", "https://a.example"],
        "editions": ["title: ", "pages:", "- name: ", "notebook: ", "matrix: ", "window: ", "{slug}", "{label}", "12 months", "!!int ", "!!timestamp ", "&a ", "*a", "<<: "],
        "parameters": [*NAMES, "2024-02-29", "speech", ";", "KP01", "Ryanggang", "\n"],
    }.get(name, ["\0\0\0\0"])
    path = FOUND / f"{name}.dict"
    path.write_text("".join(f'"{_escape(word)}"\n' for word in words if word), encoding="ascii")
    return path


def _escape(word: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in word.encode())


def fuzz(name: str, seconds: int) -> None:
    """Fuzz one target; ends the process."""
    corpus = FOUND / name
    corpus.mkdir(parents=True, exist_ok=True)
    for seed in list_seeds(name):
        (corpus / hashlib.sha256(seed).hexdigest()[:16]).write_bytes(seed)
    options = [
        f"-max_total_time={seconds}", f"-max_len={LONGEST[name]}", f"-dict={write_words(name)}",
        f"-artifact_prefix={FOUND / name}-", "-timeout=20", "-rss_limit_mb=3000", "-print_final_stats=1",
    ]  # fmt: skip
    with open_targets() as targets:
        atheris.Setup([sys.argv[0], *options, str(corpus)], lambda data: TARGETS[name](targets, data))
        atheris.Fuzz()


def main(arguments: list[str]) -> int:
    """Fuzz the target that is named in this process, or each in one of its own."""
    if arguments and arguments[0] in TARGETS:
        fuzz(arguments[0], int(arguments[1]) if arguments[1:] else SECONDS)
    failed = 0
    for name in TARGETS:
        environment = {**os.environ, "PYTHONHASHSEED": "0"}
        failed |= subprocess.run([sys.executable, Path(__file__), name, *arguments], env=environment, check=False).returncode
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
