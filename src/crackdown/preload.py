"""What every notebook imports, for kernels that load it while other things happen.

An IPython extension: it puts nothing into the notebook's own names, so a
notebook that forgets an import still fails.
"""

import gc

from crackdown import charts, maps, quality_tables, trend_tables  # noqa: F401


def load_ipython_extension(shell: object) -> None:
    """Keep what is loaded out of the search for garbage, which costs a tenth of the cells' time."""
    gc.freeze()
