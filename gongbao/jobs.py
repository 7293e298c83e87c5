"""A planned page on its way to a worker: its view as bytes, and the fingerprint of all that it shows."""

from dataclasses import dataclass
from typing import get_args

from gongbao import records
from gongbao.views import Named, Page, View

_VIEWS: dict[str, type[View]] = {view.__name__: view for view in get_args(View)}


@dataclass(frozen=True, slots=True)
class Job:
    """A page on its way: `data` is its view as records, `view` the name of the view's class."""

    path: str
    fingerprint: str
    address: str
    template: str
    view: str
    crumbs: bytes
    data: bytes

    def page(self) -> Page:
        """The page that this job was made of."""
        view = records.decode(self.data, _VIEWS[self.view])
        return Page(self.address, self.template, view, records.decode(self.crumbs, tuple[Named, ...]))


def job(page: Page, path: str, basis: str) -> Job:
    """The job of a page. `basis`: the digest of everything besides the view that the page shows."""
    data, crumbs = records.encode(page.view), records.encode(page.crumbs)
    told = "\0".join((basis, page.address, page.template)).encode()
    mark = records.digest(b"\0".join((told, crumbs, data)))
    return Job(path, mark, page.address, page.template, type(page.view).__name__, crumbs, data)
