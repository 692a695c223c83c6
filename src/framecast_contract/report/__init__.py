"""Findings and coverage, told to people and to programs."""
