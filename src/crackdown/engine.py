"""The papermill engine ``crackdown``: notebooks in kernels that start warm."""

from __future__ import annotations

from typing import Any

from nbclient.exceptions import CellExecutionError
from nbformat import from_dict
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine
from papermill.log import logger
from traitlets import Bool

# Nothing is imported here that papermill has not imported itself, for it loads
# every engine that is installed.

#: What papermill gives to an engine and calls otherwise where it runs cells.
_RENAMED = {"execution_timeout": "timeout", "start_timeout": "startup_timeout"}


class WarmClient(PapermillNotebookClient):
    """Runs cells; what they show is held against the schema of notebooks with the whole, at the end.

    The base class holds each output against it on its own, in a way that takes
    longer than all else that happens to it.

    Attributes
    ----------
    at_once
        Ask for all cells before the first has run, as JupyterLab does when it runs all, and
        keep no record of when each began and ended. For a kernel at the end of a line; none
        of the cells that follow one that fails is run.
    """

    at_once = Bool(False)

    def papermill_execute_cells(self) -> None:
        """Run the cells; see the base class."""
        if not self._can_ask_at_once():
            super().papermill_execute_cells()
            return
        for cell in self.nb.cells:
            if cell.cell_type == "code" and cell.source.strip():
                self.kc.ask(cell.source)
        for index, cell in enumerate(self.nb.cells):
            try:
                self.execute_cell(cell, index)
            except CellExecutionError as error:
                self.nb_man.cell_exception(cell, cell_index=index, exception=error)
                break

    def _can_ask_at_once(self) -> bool:
        # Imported here: papermill loads this module wherever it runs.
        from crackdown.line import LineClient

        # What nbclient decides for each cell.
        decided = {self.skip_cells_with_tag, "raises-exception"}
        tags = (tag for cell in self.nb.cells for tag in cell.metadata.get("tags", ()))
        return self.at_once and isinstance(self.kc, LineClient) and decided.isdisjoint(tags)

    def output(self, outs: list[Any], msg: dict[str, Any], display_id: str | None, cell_index: int) -> Any:
        """Take in one output; see the base class, which is left what changes what was shown before."""
        hooked = self.output_hook_stack[msg["parent_header"].get("msg_id")]
        if msg["msg_type"] != "execute_result" or display_id or hooked or self.clear_before_next_output:
            return super().output(outs, msg, display_id, cell_index)
        kept = {name: msg["content"][name] for name in ("metadata", "data", "execution_count")}
        outs.append(from_dict({"output_type": "execute_result", **kept}))
        return outs[-1]


class WarmEngine(NBClientEngine):
    """Run each notebook in a kernel forked from this process, with the package loaded.

    What one notebook does to its process, no other sees. ``papermill --engine
    crackdown`` runs it; where a kernel cannot be forked, it is started anew,
    as papermill's own engine does.
    """

    @classmethod
    def execute_notebook(cls, nb: Any, kernel_name: str, **kwargs: Any) -> Any:
        """Run a notebook; see the base class."""
        from crackdown import warm  # noqa: F401  loads what kernels find loaded
        from crackdown.kernel import start_kernel

        with start_kernel(kernel_name, warm=True) as kernel:
            return super().execute_notebook(nb, kernel_name, km=kernel, **kwargs)

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **kwargs: Any) -> Any:
        """Run the cells; see the base class."""
        given = {name: value for name, value in kwargs.items() if name not in ("input_path", *_RENAMED)}
        # As papermill does, its own names come before those of nbclient.
        named = {_RENAMED[name]: kwargs[name] for name in _RENAMED if kwargs.get(name)}
        options = given | named
        return WarmClient(nb_man, kernel_name=kernel_name, log=logger, **options).execute()
