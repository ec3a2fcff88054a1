"""The papermill engine ``crackdown``: notebooks in kernels that start warm."""

from __future__ import annotations

from typing import Any

from papermill.engines import NBClientEngine

# Nothing else is imported here, for papermill loads every engine that is
# installed whenever it is imported itself.


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
