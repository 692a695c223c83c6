"""The oracle: the business rules as pure functions over plain data. It says what may happen.

One file per family of rules. A family owns its `RULES` (id, statement, source) and the functions that
decide by them; `rules.py` gathers the families. Nothing here does I/O, reads a clock or keeps state, and
nothing here has ever seen the sandbox: two independent writings of the same rules test each other.
"""
