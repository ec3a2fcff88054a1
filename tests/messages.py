"""The messages of a catalogue, read by Fluent's own parser."""

from fluent.syntax import FluentParser
from fluent.syntax import ast as fluent
from fluent.syntax.visitor import Visitor

from crackdown import catalogue


class Variables(Visitor):
    """Collect the values that a message needs."""

    def __init__(self):
        self.names = set()

    def visit_VariableReference(self, node):
        self.names.add(node.id.name)


def needs(language):
    """Return the messages of a language with the values that they need."""
    resource = FluentParser().parse((catalogue.LOCALE / f"{language}.ftl").read_text("utf-8"))
    assert not [entry for entry in resource.body if isinstance(entry, fluent.Junk)]
    found = {}
    for entry in resource.body:
        if isinstance(entry, fluent.Message):
            assert entry.id.name not in found, f"{entry.id.name} stands twice"
            variables = Variables()
            variables.visit(entry)
            found[entry.id.name] = variables.names
    return found
