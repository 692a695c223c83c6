"""From the bytes of an event stream to frames that the oracle judges."""

from framecast_contract.oracle.events import Frame


def frames_of(body: bytes) -> list[Frame]:
    """The complete frames of a stream; comments are passed over, and so is a frame that was cut off."""
    text = body.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    sent = [_fields(block) for block in text.split("\n\n")[:-1]]
    return [
        Frame(fields.get("id", ""), fields.get("event", "message"), fields["data"])
        for fields in sent
        if "data" in fields
    ]


def _fields(block: str) -> dict[str, str]:
    fields: dict[str, str] = {}
    for line in block.split("\n"):
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        fields[name] = f"{fields[name]}\n{value}" if name == "data" and name in fields else value
    return fields
