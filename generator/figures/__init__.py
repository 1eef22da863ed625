"""Figures made when the site is built: maps and charts as plain SVG and HTML, without scripts or tiles."""
