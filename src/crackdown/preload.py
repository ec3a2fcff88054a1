"""Load what every notebook imports, when a kernel starts.

An IPython extension: it puts nothing into the notebook's own names, so a
notebook that forgets an import still fails.
"""

import gc


def load_ipython_extension(shell: object) -> None:
    """Import the package's slow parts, for good."""
    import crackdown.charts
    import crackdown.maps
    import crackdown.quality_tables
    import crackdown.trend_tables  # noqa: F401

    # What is loaded stays: looking through all of it again and again for garbage costs a tenth
    # of the cells' time.
    gc.freeze()
