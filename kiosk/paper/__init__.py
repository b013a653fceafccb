"""The paper a family takes home: what it says (model, build), how it looks (layout, render), its signed code, and the printers.

Uses QtCore and QtGui for text layout and PDF, never widgets; knows nothing of the desk's actor or its windows.
"""
