"""Framecast client."""
