"""Made-up desks with sheets, clutter, shadows and hands on them, and what lies where: for training, tests and benchmarks of the finder of sheets.

Everything is drawn by program from a seed. ``practice.camera`` shows papers to people as a camera would; here the purpose is variety: what
may lie on a table, whatever the table looks like.
"""
