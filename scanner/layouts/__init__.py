"""Kinds of documents as data: what is printed on a page, and where its values stand."""

from scanner.layouts.loading import LayoutError, builtin_layouts, load_layouts, parse_layout
from scanner.layouts.model import FieldSpec, Label, Layout

__all__ = ["FieldSpec", "Label", "Layout", "LayoutError", "builtin_layouts", "load_layouts", "parse_layout"]
