"""Report on state crackdowns in North Korea from hand-coded incidents.

The way of the data runs in one direction: coded tables are checked and
typed (`incidents`), joined to places and geometry by P-code, counted by
place and period, compared, drawn and put into words; notebooks hold one
call per figure or table, and `report` turns them into pages.
"""

__version__ = "0.1.0"
