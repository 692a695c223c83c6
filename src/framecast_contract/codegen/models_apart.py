"""A script for a process of its own: a prepared document in, the text of its models out."""

import json
import sys

import datamodel_code_generator.parser.openapi  # noqa: F401  # takes long: while there is nothing to do yet

from framecast_contract.codegen.errors import CodegenError
from framecast_contract.codegen.models import render_models


def main() -> None:
    """Answer with the text, or with the place and the problem."""
    document = json.load(sys.stdin)
    try:
        answer = {"text": render_models(document)}
    except CodegenError as error:
        answer = {"pointer": error.pointer, "problem": error.problem}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
