"""Printed-looking specimens of fictitious papers, each marked 样本 SPECIMEN, drawn by program at any resolution."""
