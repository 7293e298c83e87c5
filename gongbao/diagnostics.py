"""Findings: what is wrong, where, and how to mend it; one closed list of codes."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

Translate = Callable[[str], str]

_SAID = frozenset({"suggestion", "expected", "guess", "problem"})
"""The arguments of findings that are message ids themselves; all others are the editors' own words."""

_WITH_PLACES = frozenset({"suggestion", "expected"})
"""Those that have places of their own."""


class Severity(StrEnum):
    """How grave a finding is; an error sets the exit status, a warning only under --strict."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of finding: its message and hint are message ids with {named} places."""

    severity: Severity
    message: str
    hint: str


@dataclass(frozen=True, slots=True, order=True)
class Diagnostic:
    """A finding. `file` is relative to the root; `line` and `column` count from 1, 0 is the whole file."""

    file: str
    line: int
    column: int
    code: str
    args: tuple[tuple[str, str], ...] = ()

    @property
    def severity(self) -> Severity:
        """The severity of the finding's code."""
        return CODES[self.code].severity

    def message(self, translate: Translate) -> str:
        """What is wrong, in the language of `translate`."""
        return self._fill(translate(CODES[self.code].message), translate)

    def hint(self, translate: Translate) -> str:
        """How to mend it, in the language of `translate`."""
        return self._fill(translate(CODES[self.code].hint), translate)

    def _fill(self, text: str, translate: Translate) -> str:
        values = {name: translate(value) if name in _SAID and value else value for name, value in self.args}
        for name in _WITH_PLACES & values.keys():
            values[name] = values[name].format_map(values)
        return text.format_map(values)


def finding(code: str, file: str, line: int = 0, column: int = 0, /, **args: object) -> Diagnostic:
    """A `Diagnostic` with its arguments as text, in the order of their names."""
    return Diagnostic(file, line, column, code, tuple(sorted((k, str(v)) for k, v in args.items())))


def has_errors(findings: Iterable[Diagnostic]) -> bool:
    """Whether any of the findings is an error."""
    return any(found.severity is Severity.ERROR for found in findings)


class Stop(Exception):
    """The build cannot go on (exit status 3): settings or theme broken, disk full, another build."""

    def __init__(self, *findings: Diagnostic) -> None:
        super().__init__(*findings)
        self.findings = findings

    def __str__(self) -> str:
        return " ".join(found.code for found in self.findings)


def N_(message: str) -> str:
    """Marks a message id for the catalogues."""
    return message


def _error(message: str, hint: str) -> Code:
    return Code(Severity.ERROR, message, hint)


def _warning(message: str, hint: str) -> Code:
    return Code(Severity.WARNING, message, hint)


CODES: dict[str, Code] = {
    # 1: what stands in the file
    "G101": _error(N_("unknown key “{key}”"), N_("{suggestion}")),
    "G102": _error(N_("the key “{key}” stands twice"), N_("keep one of them (the first is on line {first})")),
    "G103": _error(N_("“{key}” is missing"), N_("add a line “{key}: …” to the front matter")),
    "G104": _error(N_("“{key}” must be {expected}, not “{value}”"), N_("write it as {expected}")),
    "G105": _error(
        N_("this cannot be read: {problem}"),
        N_("{suggestion}"),
    ),
    "G106": _error(
        N_("the file does not begin with front matter"),
        N_("begin with a line “---”, then “title: …”, then “---” again"),
    ),
    "G107": _error(N_("the front matter is not closed"), N_("{suggestion}")),
    "G108": _error(
        N_("the front matter is too large or too deeply nested"),
        N_("at most {limit}: move text below the second “---”"),
    ),
    "G109": _error(N_("references (& and *) are not allowed"), N_("put the value in double quotes")),
    "G110": _error(N_("the file is not UTF-8{guess}"), N_("save it again with the encoding UTF-8")),
    "G111": _error(N_("“{value}” is not a date"), N_("write it as 2019-07-02")),
    "G112": _error(N_("the file cannot be opened: {problem}"), N_("check its permissions and that it is a plain file")),
    "G113": _error(N_("the file has a character that does not belong in text (code {char})"), N_("delete it")),
    "G114": _error(
        N_("the name of this file or folder is not UTF-8"),
        N_("give it a name of small letters, digits and hyphens, such as 4-05-wu-da-fu-wu.md"),
    ),
    "G115": _error(
        N_("this is {guess}, not a text file"),
        N_(
            "open it with its own program, copy the text into a text editor, and save that as .md with the encoding"
            " UTF-8"
        ),
    ),
    "G116": _warning(
        N_("the file was read as {encoding}"),
        N_("save it again with the encoding UTF-8 (in Notepad: Save as, and choose UTF-8 below)"),
    ),
    "G117": _warning(
        N_("the file “{value}” looks like an article and is not read, for its name ends otherwise"), N_("{suggestion}")
    ),
    "G118": _error(
        N_("“{value}” looks like a copy that the computer made of another file"),
        N_("delete it; if it is an article of its own, give it a name of its own, as in 4-06-xin-wen.md"),
    ),
    "G119": _warning(
        N_("the name “{value}” is written in the decomposed form of macOS, in which links do not find it"),
        N_("rename it: type its name anew, or use small letters, digits and hyphens"),
    ),
    "G120": _warning(
        N_("what stands after “ # ” is a remark and was not read: {value}"),
        N_("if it belongs to the value, write {line}; if not, put the remark on a line of its own"),
    ),
    "G121": _warning(
        N_("here stands a character of a font's own (code {char}), which others see as an empty box"),
        N_("type the character itself, or describe it in brackets, such as （金+监）"),
    ),
    "G122": _warning(
        N_("here characters were lost in an earlier conversion: {value}"), N_("type them again from the printed page")
    ),
    "G123": _warning(N_("it is not certain who is named in “{value}”"), N_("{suggestion}")),
    "G124": _warning(
        N_("a sign that cannot be printed (code {char}) was left out here"),
        N_("delete it: put the cursor behind it and press Backspace"),
    ),
    "G125": _error(
        N_("the day of the week in “{value}” is wrong: {day} is {expected}"),
        N_("mend the date or the day of the week"),
    ),
    # 2: what the newspaper knows
    "G201": _error(
        N_("nothing says in which issue the article stands"),
        N_("put it in a folder such as 2019-07-02, or write “date: 2019-07-02”"),
    ),
    "G202": _error(
        N_("the date {value} contradicts the folder {issue}"),
        N_("delete the date, or move the file to the folder of its issue"),
    ),
    "G203": _error(
        N_("the leaf “{value}” contradicts the file name, which says “{leaf}”"),
        N_("delete the key, or rename the file"),
    ),
    "G204": _error(
        N_("“{value}” is not a leaf"), N_("write a number or a label such as 4 or a01 (small letters, no hyphen)")
    ),
    "G205": _warning(
        N_("nothing says on which leaf the article stood"),
        N_("name the file 4-05-….md, or write “leaf: 4” (“leaf: web” if it was never printed)"),
    ),
    "G206": _error(N_("unknown column “{value}”"), N_("{suggestion}")),
    "G207": _warning(N_("unknown region “{value}”; it is kept as plain text"), N_("{suggestion}")),
    "G208": _error(N_("the region “{value}” is ambiguous"), N_("write which one: {candidates}")),
    "G209": _error(
        N_("the file name “{value}” gives no address"),
        N_("name it <leaf>-<number>-<slug>.md, as in 4-05-wu-da-fu-wu.md"),
    ),
    "G210": _error(
        N_("this line is not “former,new,date,reason”"),
        N_("a former address begins with “/”; new is an address, or “gone” with a reason"),
    ),
    "G211": _error(
        N_("“{value}” is not an address of this site"), N_("begin it with “/”, without “..”, spaces or a host name")
    ),
    "G212": _error(
        N_("issue.yaml stands in a folder whose name is not an issue"),
        N_("name the folder by date: 2019-07-02, 2019-07, or 2019-07-02-2 for a second edition"),
    ),
    "G213": _error(
        N_("an area needs at least three points [x, y], each between 0 and 1"),
        N_("give the place in fractions of the image's width and height"),
    ),
    "G214": _error(N_("the id “{value}” stands twice"), N_("give each item an id of its own")),
    "G215": _error(N_("“{value}” cannot be an id"), N_("use small letters, digits and hyphens")),
    "G216": _error(N_("the leaf “{value}” stands twice in issue.yaml"), N_("keep one of them")),
    "G217": _error(N_("“{value}” cannot be a slug"), N_("use small letters, digits and single hyphens")),
    "G218": _error(N_("the name “{value}” stands twice"), N_("keep one of them")),
    # 3: links, pictures, text
    "G301": _error(N_("the link “{target}” leads nowhere"), N_("{suggestion}")),
    "G302": _error(N_("the file “{target}” is not there"), N_("{suggestion}")),
    "G303": _error(
        N_("the file “{target}” is of a kind that cannot be published"),
        N_("use JPEG, PNG, GIF, WebP or AVIF for pictures; PDF for documents"),
    ),
    "G304": _error(N_("the picture is damaged or not what its name says"), N_("save it again from its source")),
    "G305": _error(N_("“{target}”, named as corrected, is not there"), N_("{suggestion}")),
    "G306": _warning(
        N_("the link “{target}” is not allowed and was left out"),
        N_("use http, https, mailto or tel, or a path inside the archive"),
    ),
    "G307": _warning(
        N_("“{text}” at the beginning of a line becomes a numbered list and the number is lost"),
        N_("write {mend}"),
    ),
    "G308": _warning(N_("“{text}” at the beginning of a line becomes a heading"), N_("write {mend}")),
    "G309": _warning(
        N_("a line that begins with four spaces or a tab becomes program code"),
        N_("delete the spaces: the page indents paragraphs by itself"),
    ),
    "G310": _warning(
        N_("a line of “{text}” under text turns that text into a heading"), N_("put an empty line before it")
    ),
    "G311": _warning(N_("HTML in the text was left out: {value}"), N_("write it in Markdown")),
    "G312": _error(N_("the text is too deeply nested"), N_("use fewer levels of quotes and lists")),
    "G313": _error(
        N_("“{target}” lies on the editor's own computer, where readers cannot see it"),
        N_("copy the file beside the article and write only its name: {mend}"),
    ),
    "G314": _warning(
        N_("the link “{target}” looks like the address of a website, but is taken as a file"), N_("write {mend}")
    ),
    "G315": _warning(
        N_("no empty line stands in the text, so its {count} lines become one paragraph"),
        N_("put an empty line between paragraphs; in a poem, two spaces at the end of each line"),
    ),
    "G316": _warning(
        N_("the picture “{target}” cannot be read to its end; readers see what there is of it"),
        N_("save it again from its source"),
    ),
    "G317": _error(
        N_("a paragraph has {count} brackets “[”: no text has so many links"),
        N_("write “［” where a bracket is no link, or part the paragraph"),
    ),
    "G318": _error(
        N_("the text is not written yet: “{text}” still stands in it"),
        N_("write the text in place of that line; until then leave “draft: yes” in the front matter"),
    ),
    # 4: addresses
    "G401": _error(
        N_("the address {address} is also that of {other}"), N_("rename one of the two files; {other} is published")
    ),
    "G402": _error(N_("the address {address} belongs to the archive itself"), N_("give the page another file name")),
    "G403": _error(
        N_("a page stands at the former address {address}"), N_("delete the redirect; the page is published")
    ),
    "G404": _error(N_("the redirect from {address} leads back to itself"), N_("mend the address it leads to")),
    "G405": _error(N_("the redirect from {address} leads to {target}, which is not there"), N_("{suggestion}")),
    "G406": _error(N_("the former address {address} stands twice"), N_("keep one; that in {other} is published")),
    "G407": _warning(
        N_("the address {address} is no longer there"),
        N_("readers may have it: write a line “{address},<new address or gone>,<date>,<reason>” in content/moved.csv"),
    ),
    # 5: settings and theme
    "G501": _error(N_("there is no site.yaml here"), N_("run the command in the folder of the site, or with --root")),
    "G502": _error(N_("there is no folder content/ here"), N_("make the folder content/ and put the articles in it")),
    "G503": _error(N_("there is no theme “{value}”"), N_("known themes: {known}")),
    "G504": _error(N_("the template {template} cannot be read: {problem}"), N_("mend the template on that line")),
    "G505": _error(
        N_("the page {path} cannot be rendered: {problem}"), N_("mend the template on that line; the old page stays")
    ),
    "G506": _error(N_("the names {names} have the same slug “{slug}”"), N_("give one of them a slug of its own")),
    "G507": _error(N_("the language “{value}” is not known"), N_("write zh-CN or en")),
    "G508": _error(N_("“{value}” is not the address of a site"), N_("write it as https://archive.example")),
    "G509": _error(N_("the theme “{value}” has itself as a parent"), N_("mend the line “parent” in its theme.yaml")),
    "G510": _error(N_("“{value}” is no type of a setting"), N_("write one of these: {known}")),
    "G511": _warning(N_("the theme “{theme}” has no setting “{value}”"), N_("{suggestion}")),
    "G512": _error(N_("the setting “{key}” must be {expected}, not “{value}”"), N_("{suggestion}")),
    "G513": _warning(
        N_("the colour {value} of the setting “{key}” is hard to read on {ground}: a contrast of {contrast} to 1"),
        N_("take one that stands out more; text needs 4.5 to 1"),
    ),
    "G514": _error(N_("the part “{value}” of the style sheet is not there"), N_("parts that are there: {known}")),
    # 6: the build itself
    "G601": _error(
        N_("{path} cannot be written: {problem}"), N_("free space or mend the permissions, and build again")
    ),
    "G602": _error(N_("another build is running"), N_("wait until it has ended")),
    "G603": _warning(
        N_("{path} in the output folder is not a file of this archive; it was left alone"),
        N_("move it away, or put it in content/"),
    ),
    "G604": _warning(N_("the catalogue could not be used and was made anew: {problem}"), N_("nothing to do")),
    "G605": _error(N_("{path} and {other} have the same address"), N_("give one of the names a slug in site.yaml")),
    "G606": _error(N_("a worker process ended by itself"), N_("build again, with fewer --jobs if memory was short")),
    "G608": _warning(
        N_("the file {path} in the output folder is not what was published; it was written anew"),
        N_("find out who changes files there; editors change content/ only"),
    ),
    "G609": _warning(
        N_("the page {path} was stale, and no change had led to it; it was rendered anew"),
        N_("this is a fault of the program: please report it, with what was changed before"),
    ),
    "G610": _warning(
        N_("the page {path} has a list “{name}” of {count} entries, more than {limit}"),
        N_("the kind of page must cut it, by year, month or letter: please report it"),
    ),
    "G611": _error(
        N_("there is no index of search in {path}"),
        N_("build the site; in site.yaml “search” must not be off among the features"),
    ),
    "G607": _error(
        N_("{path} is not a folder that a build may fill"),
        N_("choose an output folder outside content/, themes/ and the root itself"),
    ),
    # 7: what the checks find in texts, and between sources
    "G701": _warning(N_("an invisible character ({char}) stands here"), N_("delete it; check --fix does")),
    "G702": _warning(
        N_("“{old}” ({char}) looks like “{new}” and is another character"), N_("type “{new}”; check --fix does")
    ),
    "G704": _warning(
        N_("half-width punctuation between Chinese characters: “{old}”"), N_("write “{new}”; check --fix does")
    ),
    "G711": _warning(N_("“{sign}” has no “{partner}” in this paragraph"), N_("add it, or delete “{sign}”")),
    "G712": _warning(
        N_("this was printed on the leaf and is no part of the text: “{text}”"),
        N_("delete the line; editors stand in issue.yaml, under the leaf"),
    ),
    "G713": _warning(
        N_("“{text}” has no partner on leaf {leaf}"),
        N_("write “continued: {leaf}” and join the text, or mend the number of the leaf"),
    ),
    "G714": _warning(N_("“{text}” may be misread; perhaps “{meant}”"), N_("compare it with the printed page")),
    "G715": _warning(
        N_("“{text}”: {day} was another day of the week"),
        N_("write “{meant}”, or mend the date; if it was printed so, leave it and write “unchecked: G715”"),
    ),
    "G721": _warning(
        N_("an identity number ({number}) would be published"), N_("replace its middle by asterisks, or delete it")
    ),
    "G722": _warning(
        N_("a mobile number ({number}) would be published"),
        N_("delete it unless its owner wants to be called, or write “unchecked: G722”"),
    ),
    "G723": _warning(
        N_("the number of a bank card ({number}) would be published"),
        N_("replace its middle by asterisks, or delete it"),
    ),
    "G731": _warning(
        N_("the article has no text"), N_("write it below the second “---”, or say “draft: yes” until then")
    ),
    "G732": _warning(
        N_("the picture is very large ({size})"), N_("save it again with at most 8000 pixels a side and 5 MiB")
    ),
    "G733": _warning(
        N_("the picture has no caption"), N_("say what it shows: blind readers and search have nothing else")
    ),
    "G734": _warning(
        N_("nothing says who made the picture"), N_("write “credit: … 摄” beside it, or “photographer: …”")
    ),
    "G741": _warning(
        N_("“{name}” had that name in {years}, not in {year}"), N_("write the name of that year, as it was printed")
    ),
    "G751": _warning(
        N_("the text is the same as that of {other}"), N_("delete one of the two, or give it its own text")
    ),
    "G752": _warning(
        N_("the same headline stands in the same issue: {other}"), N_("see whether one of them was put in twice")
    ),
    "G753": _warning(
        N_("“{old}” is written “{new}” elsewhere"), N_("write “{new}”: it is one person; check --fix does")
    ),
    "G754": _warning(
        N_("the slug of “{name}” is never used: the archive writes “{plain}”"), N_("keep one line, for “{plain}”")
    ),
    "G761": _warning(
        N_("between {before} ({day}) and {number} the number {missing} is missing"),
        N_("mend the number, or make the issue's folder with “status: …” (not published, not digitised)"),
    ),
    "G762": _warning(
        N_("the number {number} does not come after {before} ({day})"),
        N_("mend one of the two, or write it as printed in “note”"),
    ),
    "G763": _warning(
        N_("leaf {leaf} has no article"),
        N_("put its articles in, or delete the leaf; one of advertisements is named 广告"),
    ),
    "G764": _warning(
        N_("issue.yaml has no leaf {leaf}; it has {known}"), N_("mend the file's name, or add the leaf to issue.yaml")
    ),
    "G765": _warning(N_("an area lies over one of {other}"), N_("draw the areas of both anew")),
    "G766": _warning(
        N_("there is no place “#{name}” in that text"),
        N_("places that it has: {known}; without “#…” the link leads to its top"),
    ),
    "G799": _error(
        N_("“{value}” is not a check that can be switched off"), N_("write codes from G701 to G766, as in “G712: off”")
    ),
    # 8: the editors' desk
    "G801": _error(
        N_("“{value}” is no file of content/, no issue and no address of this site"),
        N_("write the file as content/2019/2019-07-02/4-05-wu-da-fu-wu.md, an issue as 2019-07-02; {suggestion}"),
    ),
    "G802": _error(N_("{path} is there already"), N_("nothing was changed; choose another name")),
    "G803": _error(N_("not told: {missing}"), N_("add it to the command; on a terminal you would be asked for it")),
    "G804": _error(
        N_("there is no issue {value}"), N_("make it first: python build.py new issue {value} (there is: {near})")
    ),
    "G805": _error(N_("{path} cannot be moved to “{value}”"), N_("{suggestion}")),
    "G806": _warning(
        N_("{day} is no day on which the newspaper appears"),
        N_("mend the folder's name with mv, or the weekdays in site.yaml; an extra is named 2019-07-04-2"),
    ),
    "G807": _warning(
        N_("{day} is in a time without issues: {reason}"),
        N_("mend the folder's name with mv, or the gaps in site.yaml"),
    ),
    "G808": _warning(
        N_("the total number {number} is also that of the issue {other}"), N_("mend the number in the file")
    ),
    "G809": _error(
        N_("a link in this file cannot be followed by the program"),
        N_("nothing was changed; take the link out of the file, move, and write it anew"),
    ),
    "G810": _error(
        N_("the address {address} is that of {other} already"), N_("nothing was changed; choose another name")
    ),
    "G811": _error(
        N_("{path} is not in Git as it lies here: withdrawn, it would be lost for ever"),
        N_("nothing was changed; commit it first, or add --force"),
    ),
    "G812": _warning(
        N_("“{target}”, which is withdrawn, is still linked here"),
        N_("take the link out, or withdraw with --unlink"),
    ),
    "G813": _warning(
        N_("{path}, the picture of the leaf, still shows what was withdrawn"),
        N_("black it out in the picture, or delete the line in issue.yaml"),
    ),
    "G851": _error(
        N_("another preview of this site is running"), N_("look at that one, or stop it with Ctrl+C and begin again")
    ),
    "G852": _error(
        N_("the program made a mistake: {problem}"),
        N_("save the file again; if the mistake stays, report it, with the file {file}"),
    ),
}
