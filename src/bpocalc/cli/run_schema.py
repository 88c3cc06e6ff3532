"""What `bpocalc schema` does: make a schema and write it."""

from bpocalc.cli.output import print_result, write_files
from bpocalc.cli.reading import check_word
from bpocalc.cli.schema import SCHEMAS
from bpocalc.schema import rendered


def run_schema(what: str, outputs: list[str]) -> None:
    """Print or write a schema; ends with Stop where that cannot be done."""
    check_word("WHAT", what, SCHEMAS)
    if what == "result":
        from bpocalc.schema.result import schema
    else:
        from bpocalc.schema.scenario import schema
    text = rendered(schema())
    if outputs:
        write_files([(path, text) for path in outputs], [])
    else:
        print_result(text)
