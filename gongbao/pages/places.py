"""Where things are read about: addresses of columns, regions, authors, tags and times, and names that lead there."""

from dataclasses import replace

from gongbao import pinyin
from gongbao.model import Issue, Leaf, Person, Place
from gongbao.pages.base import Context
from gongbao.text import issue_date, issue_edition
from gongbao.views import IssueView, LeafView, Named, PersonView, PictureView


def column_address(context: Context, name: str) -> str:
    """The address of a column; empty where the newspaper does not know it."""
    return next((f"/columns/{each.slug}/" for each in context.settings.columns if each.name == name), "")


def author_address(context: Context, name: str) -> str:
    """The address of an author; empty for no name."""
    return f"/authors/{_slug(context, name, person=True)}/" if name else ""


def tag_address(context: Context, name: str) -> str:
    """The address of a tag."""
    return f"/tags/{_slug(context, name, person=False)}/"


def _slug(context: Context, name: str, person: bool) -> str:
    return dict(context.settings.slugs).get(name) or pinyin.name_slug(name, person)


def region_address(path: str) -> str:
    """The address of a region by its slugs."""
    return f"/regions/{path}/"


def period_address(root: str, period: str) -> str:
    """The address of a year or month (YYYY, YYYY-MM) below `root`."""
    return root + (period.replace("-", "/") + "/" if period else "")


def archive_address(period: str = "") -> str:
    """The address of the calendar, or of a year or month of it."""
    return period_address("/archive/", period)


def day_address(day: str = "") -> str:
    """The address of a day of the year (MM-DD), or of all days."""
    return f"/on-this-day/{day}/" if day else "/on-this-day/"


def leaf_address(issue: str, leaf: str) -> str:
    """The address of a leaf."""
    return f"/issues/{issue}/{leaf}/"


def steps(place: Place) -> tuple[Named, ...]:
    """A region from the province down, each step with its page."""
    if not place.slugs:
        return tuple(Named(name) for name in place.names)
    return tuple(
        Named(name, region_address("/".join(place.slugs[: number + 1]))) for number, name in enumerate(place.names)
    )


def person(context: Context, each: Person) -> PersonView:
    """Somebody in a byline."""
    unit = Named(each.unit, author_address(context, each.unit))
    return PersonView(each.name, author_address(context, each.name), each.role, unit)


def issue_view(context: Context, issue: Issue) -> IssueView:
    """An issue's own facts."""
    date = issue_date(issue.key)
    return IssueView(
        key=issue.key,
        address=issue.address,
        date=date,
        paper=_name_then(context, date),
        edition=issue_edition(issue.key),
        number=issue.number,
        total=issue.total,
        name=issue.name,
        note=issue.note,
        status=issue.status,
    )


def _name_then(context: Context, date: str) -> str:
    """The newspaper's name on a day, where it was another than it is now."""
    for each in context.settings.titles:
        if each.since <= date and (not each.to or date <= each.to):
            return each.name if each.name != context.settings.title else ""
    return ""


def leaf_view(context: Context, issue: str, leaf: Leaf) -> LeafView:
    """A leaf's own facts."""
    image = context.ask.picture(leaf.image, caption(context, issue, leaf)) if leaf.image else None
    pdf = context.ask.picture(leaf.pdf) if leaf.pdf else None
    return LeafView(
        leaf=leaf.leaf,
        address=leaf_address(issue, leaf.leaf),
        name=leaf.name,
        editors=leaf.editors,
        image=image if image and image.width else None,
        pdf=pdf.address if pdf else "",
        spread=leaf.spread,
    )


def printed_with(context: Context, issue: str, leaf: str) -> list[str]:
    """The leaf that one is printed across with (通版): either may name the other."""
    facts = [each.leaf for each in context.ask.leaves(issue)]
    named = [each.spread for each in facts if each.leaf == leaf and each.spread]
    return named + [each.leaf for each in facts if each.spread == leaf and each.leaf not in named]


def sheet_view(context: Context, issue: str, leaf: str) -> LeafView:
    """A leaf's own facts; where it is printed across with another and has no picture, with the picture of both."""
    leaves = {each.leaf.leaf: each.leaf for each in context.ask.leaves(issue)}
    view = leaf_view(context, issue, leaves.get(leaf, Leaf(leaf)))
    if view.image:
        return view
    others = (leaf_view(context, issue, leaves[each]) for each in printed_with(context, issue, leaf) if each in leaves)
    return replace(view, image=next((each.image for each in others if each.image), None))


def caption(context: Context, issue: str, leaf: Leaf) -> str:
    """What a leaf's picture shows."""
    return f"{context.speaker.plain_date(issue_date(issue))} {leaf_name(context, leaf)}"


def leaf_name(context: Context, leaf: Leaf) -> str:
    """A leaf's number and name."""
    return " ".join(filter(None, (context.speaker.leaf(leaf.leaf), leaf.name)))


def issue_crumbs(context: Context, issue: IssueView) -> tuple[Named, ...]:
    """The way from the calendar to an issue."""
    return (*archive_crumbs(context, issue.date[:7]), Named(context.speaker.issue(issue), issue.address))


def archive_crumbs(context: Context, period: str) -> tuple[Named, ...]:
    """The way through the calendar to a year or month."""
    found = [Named(context.speaker.say("Past issues"), archive_address())]
    if period:
        found.append(Named(context.speaker.plain_date(period[:4]), archive_address(period[:4])))
    if len(period) == 7:
        found.append(Named(context.speaker.month_name(period), archive_address(period)))
    return tuple(found)


def shown(picture: PictureView | None) -> bool:
    """Whether a picture is there, and is a picture."""
    return picture is not None and picture.width > 0
