"""Dialogs about printing: the day's tally, the choice of a printer."""
