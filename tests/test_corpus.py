"""Every hostile file gives the message that it is to give, and none gives a traceback."""

import corpus
import pytest

CASES = corpus.list_cases()
KINDS = ("tables", "pasted", "codebooks", "editions", "parameters", "boundaries", "shapefiles")


@pytest.mark.parametrize(("kind", "name"), CASES, ids=["/".join(case) for case in CASES])
def test_a_case_gives_the_message_that_it_declares(kind, name, tmp_path):
    expected = corpus.find_case(kind, name).joinpath(corpus.EXPECTED).read_text("utf-8")
    status, said = corpus.run(corpus.lay_out(kind, name, tmp_path), tmp_path)
    assert said == expected
    assert status == 0 if kind == "good" else status in (1, 2)
    assert "Traceback" not in said
    assert all(letter.isprintable() or letter in "\n\t" for letter in said)


def test_nothing_lies_in_the_corpus_that_no_case_declares():
    bad = corpus.FIXTURES / "bad"
    assert {path.name for path in bad.iterdir()} == {*KINDS}
    for path in (*bad.glob("*/*"), *(corpus.FIXTURES / "good/boundaries").iterdir()):
        assert path.is_dir(), path
        files = {one.name for one in path.iterdir()}
        assert corpus.EXPECTED in files and len(files) > 1, path
        assert path.joinpath(corpus.EXPECTED).read_text("utf-8").strip(), path


def test_there_are_cases_of_every_kind():
    found = [kind for kind, _ in CASES]
    assert all(found.count(kind) >= 10 for kind in (*KINDS, "good"))
    assert len(found) > 250


def test_what_leads_out_of_a_folder_or_unfolds_is_written_nowhere(tmp_path):
    for name in ("zip_with_a_path_out", "zip_bomb"):
        folder = tmp_path / name
        folder.mkdir()
        corpus.run(corpus.lay_out("boundaries", name, folder), folder)
        assert {path.name for path in folder.iterdir()} == {"case", "data", "shapefiles"}
        assert [path.name for path in (folder / "case").iterdir()] == ["prk.zip"]
    assert {path.name for path in tmp_path.iterdir()} == {"zip_with_a_path_out", "zip_bomb"}


def test_the_files_of_boundaries_are_those_that_their_script_makes(tmp_path, monkeypatch):
    real = corpus.FIXTURES
    monkeypatch.setattr(corpus, "FIXTURES", tmp_path)
    corpus.make_boundaries()
    made = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(made) > 150
    for path in made:
        assert path.read_bytes() == (real / path.relative_to(tmp_path)).read_bytes(), path
