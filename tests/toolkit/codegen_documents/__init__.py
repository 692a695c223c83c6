"""Documents that prove the generator: six large ones of our own invention, and a corpus of hostile ones."""
