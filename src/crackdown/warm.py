"""All that making a page needs, imported at once, for a process from which others are forked."""

import bs4
import ipykernel.ipkernel
import ipykernel.kernelapp
import ipykernel.zmqshell
import nbclient
import nbconvert.exporters
import papermill
import scipy.sparse.csgraph
import scipy.special

from crackdown import preload, provenance, province_tables  # noqa: F401
