"""pyproject.toml, the locks, environment.yml and README.md name the same things."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions

import pytest
import yaml

LOCKS = {
    "requirements.lock": (),
    "requirements-test.lock": ("test",),
    "requirements-lab.lock": ("lab",),
    "requirements-fuzz.lock": ("fuzz",),
}
CONDA_NAMES = {"matplotlib": "matplotlib-base"}  # without a graphical toolkit
SLOW_TO_IMPORT = {"jupyterlab", "rfc3987-syntax", "lark"}


@pytest.fixture(scope="module")
def project(root):
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def locks(root):
    return {name: load_pins((root / name).read_text(encoding="utf-8")) for name in LOCKS}


def load_pins(text: str) -> dict[str, str]:
    """Return package to version; a package pinned twice raises, for each may have one version."""
    pairs = re.findall(r"^([a-z0-9-]+)==([^\s;]+)", text, re.MULTILINE)
    pins = dict(pairs)
    assert len(pins) == len(pairs), "a package has two versions in one lock"
    return pins


def name_package(text: str) -> str:
    """Return the normalised name that a requirement starts with."""
    return re.sub(r"[._-]+", "-", re.match(r"[A-Za-z0-9._-]+", text)[0]).lower()


def name_packages(requirements: list[str]) -> list[str]:
    return [name_package(line) for line in requirements]


def find_imports(source: str) -> set[str]:
    """Return the top-level names that a module's absolute imports mention, inside functions too."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names.add(node.module.split(".")[0])
    return names


def test_every_lock_pins_what_the_project_and_its_extras_require(project, locks):
    build = project["dependency-groups"]["build"]
    assert build == project["build-system"]["requires"]
    for lock, extras in LOCKS.items():
        required = name_packages(project["project"]["dependencies"] + build)
        for extra in extras:
            required += name_packages(project["project"]["optional-dependencies"][extra])
        assert sorted(set(required) - locks[lock].keys()) == []


def test_every_import_of_the_package_is_pinned_for_the_build(root, locks):
    modules = (root / "src/crackdown").rglob("*.py")
    imports = set().union(*(find_imports(path.read_text(encoding="utf-8")) for path in modules))
    providers = packages_distributions()
    imports -= {"distributed"}  # an extra, loaded only where a cluster is named; tests pin it
    unpinned = [
        name
        for name in sorted(imports - sys.stdlib_module_names - {"crackdown"})
        if not locks["requirements.lock"].keys() & set(name_packages(providers.get(name, ["none"])))
    ]
    assert unpinned == []


def test_the_extras_keep_the_versions_of_the_building_environment(locks):
    pins = locks["requirements.lock"]
    for name in LOCKS:
        assert {package: locks[name].get(package) for package in pins} == pins


def test_every_pin_carries_hashes(root):
    for name in [*LOCKS, "requirements-audit.lock"]:
        entries = re.split(r"^(?=[a-z0-9-]+==)", (root / name).read_text("utf-8"), flags=re.M)[1:]
        assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


def test_no_lock_holds_the_address_of_a_registry(root):
    for name in [*LOCKS, "requirements-audit.lock", "package-lock.json", ".npmrc"]:
        text = (root / name).read_text(encoding="utf-8")
        assert not re.search(r"://|index-url|find-links|\"resolved\"|registry=", text), name


def test_every_npm_package_carries_its_integrity(root):
    packages = yaml.safe_load((root / "package-lock.json").read_text("utf-8"))["packages"]
    assert all("integrity" in entry for path, entry in packages.items() if path)
    assert "node_modules/axe-core" in packages


def test_nothing_slow_to_import_is_in_the_environment_that_builds(locks):
    for name in ("requirements.lock", "requirements-test.lock"):
        assert sorted(SLOW_TO_IMPORT & locks[name].keys()) == []


def test_the_conda_environment_has_the_versions_of_the_lock(root, project, locks):
    environment = yaml.safe_load((root / "environment.yml").read_text(encoding="utf-8"))
    lines = [line for line in environment["dependencies"] if isinstance(line, str)]
    by_pip = next(part["pip"] for part in environment["dependencies"] if isinstance(part, dict))
    assert by_pip[-1] == "."
    pairs = (line.split("==") for line in [*lines, *by_pip] if "==" in line)
    found = {name_package(name): version for name, version in pairs}
    wanted = name_packages(
        project["project"]["dependencies"] + project["project"]["optional-dependencies"]["lab"]
    )
    pins = locks["requirements-lab.lock"]
    assert found == {CONDA_NAMES.get(name, name): pins[name] for name in wanted}
    python = next(line for line in lines if line.startswith("python "))
    assert project["project"]["requires-python"] in python


def test_the_readme_gives_each_dependency_one_line(root, project):
    readme = (root / "README.md").read_text(encoding="utf-8")
    section = re.search(r"^## Dependencies\n(.*?)(?=^## |\Z)", readme, re.M | re.S)
    assert section, "README.md has no section '## Dependencies'"
    listed = re.findall(r"^- \**`?([A-Za-z0-9._-]+)", section[1], re.MULTILINE)
    declared = list(project["project"]["dependencies"])
    declared += sum(project["project"]["optional-dependencies"].values(), [])
    declared += sum(project["dependency-groups"].values(), [])
    assert sorted(name_packages(listed)) == sorted({*name_packages(declared), "axe-core"})


def test_one_version_is_stated_everywhere(root, project):
    version = project["project"]["version"]
    citation = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
    newest = re.search(r"^## ([\d.]+)", (root / "CHANGELOG.md").read_text("utf-8"), re.M)[1]
    assert (citation["version"], newest) == (version, version)


def test_the_list_of_licences_says_what_is_locked(root, monkeypatch):
    monkeypatch.syspath_prepend(root / "docs")
    import licences

    listed = (root / "docs/licences.md").read_text("utf-8")
    rows = re.findall(r"^\| ([a-z0-9-]+) \| ([0-9][^ |]*) \| ([^|]*) \|$", listed, re.MULTILINE)
    assert {name: version for name, version, _ in rows} == licences.load_pins(root / "requirements.lock")
    # A package for another Python or system is not installed everywhere.
    told = {name: said for name, _, said in rows if said}
    assert len(told) > 80
    assert [name for name, said in told.items() if licences.name_licence(name) not in (said, "")] == []
    assert [name for name, said in told.items() if "GPL" in said] == ["krippendorff"]
