"""The morning check: is this desk ready for families today? Measured on a printed card, told with reasons, kept as a dated report."""
