"""Some names of scikit-learn exist only once its experimental parts are switched on."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

if find_spec("sklearn") is not None:
    import_module("sklearn.experimental.enable_halving_search_cv")
    import_module("sklearn.experimental.enable_iterative_imputer")
