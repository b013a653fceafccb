"""A person at the real desk app: a program of its own on a screen of its own, driven by key strokes and mouse clicks of the X server alone.

app.py runs in the app's process (and only watches), everything else in the process of the person.
"""
