"""Load what every notebook imports, when a kernel starts.

An IPython extension: it puts nothing into the notebook's own names, so a
notebook that forgets an import still fails.
"""


def load_ipython_extension(shell: object) -> None:
    """Import the package's slow parts."""
    import crackdown.charts
    import crackdown.maps
    import crackdown.trend_tables
    import crackdown.quality_tables  # noqa: F401
