"""Mutated tables: each kind of fault gets the verdict that it must get."""

import mutations


def test_every_mutation_gets_its_verdict():
    assert mutations.try_many(300, seed=20261122) == []


def test_a_wrong_verdict_is_told(monkeypatch):
    wrong = mutations.Mutation("emptied file", lambda data: b"", mutations.PASSES)
    monkeypatch.setattr(mutations, "MUTATIONS", [wrong])
    told = mutations.try_many(1, seed=0)
    assert len(told) >= 5
    assert all(one.startswith("emptied file in ") and "the file is empty" in one for one in told)
    refused = mutations.Mutation("nothing", lambda data: data + b"", mutations.NO_DATE)
    monkeypatch.setattr(mutations, "MUTATIONS", [refused])
    assert mutations.try_many(1, seed=0)[0].endswith(": passed")
