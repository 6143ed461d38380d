"""A comparison in the format that the name of its file asks for, and its twins in a folder."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from framing.compare.result import Comparison
from framing.errors import UsageError
from framing.report.comparison import page, records, summary, tidy
from framing.report.comparison.library import Library
from framing.report.comparison.view import View, view
from framing.report.write import output

FORMATS = ("html", "json", "md", "csv", "parquet")


@dataclass(frozen=True, slots=True)
class Report:
    """A comparison, its view for a reader, and its title."""

    found: Comparison
    view: View

    @classmethod
    def of(
        cls, found: Comparison, library: Library, title: str | None, card: Mapping[str, Any], command: str
    ) -> "Report":
        """The report of a comparison; it is given a title where it has none."""
        return cls(found, view(found, library, title or page.heading(found), card, command))

    def write(self, kind: str, out: Path | None) -> None:
        """Write it to a file, or where there is none to standard output."""
        if kind == "parquet":
            if out is None:
                raise UsageError("--format parquet: needs a file to write; add --out report.parquet")
            tidy.write_parquet(self.found, out)
            return
        with output(out) as file:
            if kind == "json":
                records.write_json(self.found, file)
            elif kind == "csv":
                tidy.write_csv(self.found, file)
            else:
                file.write(page.render(self.view) if kind == "html" else summary.render(self.found, self.view.title))

    def write_twins(self, folder: Path) -> None:
        """Write tables, JSON with its schema, Markdown, and the charts as SVG and PNG."""
        from framing.report.comparison.charts import write_charts

        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UsageError(f"{folder}: cannot be written ({error.strerror}); choose another place") from error
        for kind in ("json", "md", "csv", "parquet"):
            self.write(kind, folder / f"comparison.{kind}")
        with output(folder / "comparison.schema.json") as file:
            records.write_schema(file)
        write_charts(self.view, folder / "charts")


def format_of(asked: str | None, out: Path | None) -> str:
    """The format asked for, else the one the file's suffix names, else Markdown for standard output."""
    suffix = out.suffix[1:].lower() if out else ""
    kind = asked or {"htm": "html", "markdown": "md"}.get(suffix, suffix) or ("html" if out else "md")
    if kind not in FORMATS:
        where = f"--format {asked}" if asked else str(out)
        raise UsageError(f"{where}: not a format of a report; choose {', '.join(FORMATS)}")
    return kind
