"""Prints docs/defects.md."""

import sys

from framecast_contract.sandbox.defects.catalogue import listing

sys.stdout.write(listing())
