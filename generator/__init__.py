"""A static site generator for incident chronicles; `generator/build.py` is the place to begin reading."""

__version__ = "0.1.0"
