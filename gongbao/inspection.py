"""Runs the checks over what changed since the last time: map(check) -> facts -> judge."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gongbao import checks, execute, records
from gongbao.catalogue import Store, facts
from gongbao.catalogue.facts import Checked, Waiting
from gongbao.catalogue.take import replace_findings
from gongbao.checks import slugs
from gongbao.checks.base import CONTENT
from gongbao.decoding import decode
from gongbao.diagnostics import N_, Diagnostic, finding
from gongbao.model import Article
from gongbao.pages import Context, places
from gongbao.pages.article import report_column
from gongbao.pages.references import examine
from gongbao.report import Watcher
from gongbao.settings import FILE, Settings
from gongbao.text import batched

_BATCH = 50


@dataclass(frozen=True, slots=True)
class CheckBatch:
    """Checks a batch of sources below `content`; batch and answer are packed, as `Waiting` and `Checked`."""

    content: Path

    def __call__(self, batch: bytes) -> bytes:
        return records.pack([self._check(each) for each in records.unpack(batch, list[Waiting])])

    def _check(self, each: Waiting) -> Checked:
        if not each.kind:
            return Checked(each.source)
        text = self._text(each)
        return Checked(each.source, facts=None) if text is None else checks.check(checks.source_of(each, text))

    def _text(self, each: Waiting) -> str | None:
        """The text of a source with plain line ends; None where it cannot be read, which is a finding already."""
        if each.kind == "picture":
            return ""
        try:
            text, _ = decode(each.source, (self.content / each.source).read_bytes())
        except OSError:
            return None
        return text


def inspect(store: Store, root: Path, settings: Settings, jobs: int, executor: str, progress: Watcher) -> None:
    """Checks what changed; the findings are in the catalogue afterwards."""
    total = facts.waiting_count(store)
    progress.phase(N_("check"), total)
    with execute.pool(jobs if total >= 4 * _BATCH else 1, executor) as workers:
        work = CheckBatch(root / "content")
        for packed in execute.mapped(work, _batches(store), workers, 4 * jobs):
            checked = records.unpack(packed, list[Checked])
            facts.keep(store, checked)
            progress.step(len(checked))
    for topic, key, found in facts.stirred(store):
        facts.judge(store, topic, key, checks.judge(topic, key, found))
    text, _ = decode(FILE, (root / FILE).read_bytes())
    replace_findings(store, "check:", slugs.look(settings, text or ""))


def _batches(store: Store) -> Iterator[bytes]:
    return map(records.pack, batched(facts.waiting(store), _BATCH))


def waiting(context: Context) -> tuple[Diagnostic, ...]:
    """What is wrong with what sources that are not published yet refer to: they have no page that could tell."""
    for record in context.ask.waiting():
        examine(context, record.source)
        if isinstance(record, Article) and record.column and not places.column_address(context, record.column):
            report_column(context, record)
        if other := context.ask.source_at(record.address):
            told = {"address": record.address, "other": CONTENT + other}
            context.findings.append(finding("G401", CONTENT + record.source, **told))
    return context.taken_findings()
