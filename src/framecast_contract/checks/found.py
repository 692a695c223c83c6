"""How a judge says that it found something: an assertion that carries the findings themselves."""

from collections.abc import Sequence

from framecast_contract.history import Finding


class Found(AssertionError):
    """One test that found something; `findings` are complete, as a report shows them."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n\n".join(_told(finding) for finding in self.findings))


def _told(finding: Finding) -> str:
    sent = f"{finding.request['method']} {finding.request['url']}" if finding.request else "nothing"
    came = f"{finding.response['status']} {finding.response['body']}" if finding.response else "nothing"
    return "\n".join(
        (
            f"{finding.name} at {finding.operation} as {finding.persona}",
            f"  sent: {sent}",
            f"  came back: {came}",
            f"  expected: {finding.expected}",
            f"  again: {finding.reproduce}",
        )
    )
