"""The papermill engine ``crackdown``: notebooks in kernels that start warm."""

from __future__ import annotations

from typing import Any

from nbformat import from_dict
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine
from papermill.log import logger

# Nothing is imported here that papermill has not imported itself, for it loads
# every engine that is installed.

#: What papermill gives to an engine and calls otherwise where it runs cells.
_RENAMED = {"execution_timeout": "timeout", "start_timeout": "startup_timeout"}


class WarmClient(PapermillNotebookClient):
    """Runs cells; what they show is held against the schema of notebooks with the whole, at the end.

    The base class holds each output against it on its own, in a way that takes
    longer than all else that happens to it.
    """

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
