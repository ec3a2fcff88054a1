"""What every notebook imports, for kernels that load it while other things happen.

An IPython extension: it puts nothing into the notebook's own names, so a
notebook that forgets an import still fails.
"""

from crackdown import charts, maps, quality_tables, trend_tables  # noqa: F401


def load_ipython_extension(shell: object) -> None:
    """Do nothing: importing this module was all."""
