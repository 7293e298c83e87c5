"""What templates may say, and how they become Python: Jinja without what pages of an archive never use.

A page costs what its template says and little else: a call is a call, for there are no functions that ask for Jinja's
context; a text without special characters is not copied; the theme's words are put in when a template is compiled; a
template of macros is the same module for every page that imports it, as globals never differ between pages.
"""

import re
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from functools import lru_cache
from keyword import iskeyword
from pathlib import Path
from types import CodeType
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame, optimizeconst
from jinja2.environment import TemplateModule
from jinja2.ext import InternationalizationExtension
from jinja2.meta import find_referenced_templates
from jinja2.runtime import Context
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from gongbao.messages import catalogue
from gongbao.spoken import Speaker


def dialect(templates: Mapping[str, Path], language: str) -> jinja2.Environment:
    """The environment of the templates, by their names, that speak a language."""
    return _Environment(_Loader(templates, language), language)


@dataclass(frozen=True, slots=True)
class Compiled:
    """A template as Python, the templates that it extends, includes or imports (None: which, only a page knows), and
    what may be names of fields: each attribute, and each text, for it may name one."""

    code: CodeType
    used: frozenset[str | None]
    says: frozenset[str]


@lru_cache(maxsize=512)
def compiled(language: str, name: str, file: str, source: str) -> Compiled:
    """A template, compiled once a process, for that takes longer than a small build. Raises `TemplateSyntaxError`."""
    environment = _compiler(language)
    tree = environment._parse(source, name, file)
    used = frozenset(find_referenced_templates(tree))
    attributes = {node.attr for node in tree.find_all(nodes.Getattr)}
    texts = {node.value for node in tree.find_all(nodes.Const) if type(node.value) is str}
    return Compiled(environment.compile(tree, name, file), used, frozenset(attributes | texts))


class _Loader(jinja2.BaseLoader):
    def __init__(self, templates: Mapping[str, Path], language: str) -> None:
        self._templates = templates
        self._language = language

    def load(
        self, environment: jinja2.Environment, name: str, globals: MutableMapping[str, Any] | None = None
    ) -> jinja2.Template:
        file = self._templates.get(name)
        if file is None:
            raise jinja2.TemplateNotFound(name)
        code = compiled(self._language, name, str(file), file.read_text("utf-8-sig")).code
        return environment.template_class.from_code(environment, code, environment.make_globals(globals))


class _Environment(jinja2.Environment):
    def __init__(self, loader: jinja2.BaseLoader | None, language: str) -> None:
        super().__init__(
            loader=loader,
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            extensions=[InternationalizationExtension],
        )
        self._found: dict[str, jinja2.Template] = {}
        self._words, speaker = _Words(language), Speaker(language)
        self.newstyle_gettext = True
        self.globals |= {"_": self._words.say, "gettext": self._words.say, "ngettext": self._words.say_many}
        # Pages of one issue say the same few dates and leaves thousands of times.
        self.filters |= {
            "longdate": lru_cache(1024)(speaker.long_date),
            "plaindate": lru_cache(1024)(speaker.plain_date),
            "shortdate": lru_cache(1024)(speaker.short_date),
            "monthname": lru_cache(1024)(speaker.month_name),
            "leafname": lru_cache(1024)(speaker.leaf),
            "issuename": lru_cache(1024)(speaker.issue),
            "number": "{:,}".format,
        }

    def get_template(
        self,
        name: str | jinja2.Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,
    ) -> jinja2.Template:
        """A template, loaded once."""
        if not isinstance(name, str):
            return super().get_template(name, parent, globals)
        found = self._found.get(name)
        if found is None:
            found = self._found[name] = super().get_template(name, parent, globals)
        return found

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """One dictionary for all templates: none of them has globals of its own."""
        return self.globals

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        template = super()._parse(source, name, filename)
        _Saying(self._words).visit(template)
        return template


@lru_cache
def _compiler(language: str) -> _Environment:
    return _Environment(None, language)


class _Template(jinja2.Template):
    @classmethod
    def from_code(
        cls, environment: jinja2.Environment, code: CodeType, globals: MutableMapping[str, Any], uptodate: Any = None
    ) -> jinja2.Template:
        template = super().from_code(environment, code, globals, uptodate)
        template.root_render_func.__globals__["shown"] = _shown
        return template

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        return super()._get_default_module()


_special = re.compile("[&<>\"']").search


def _shown(value: object) -> object:
    """A value as HTML: what `escape` gives, but a text that needs no escaping is given as it is."""
    if type(value) is Markup or (type(value) is str and not _special(value)):
        return value
    return escape(value)


class _Generator(CodeGenerator):
    @optimizeconst
    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        if forward_caller or node.dyn_args or node.dyn_kwargs or any(iskeyword(each.key) for each in node.kwargs):
            super().visit_Call(node, frame, forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for number, each in enumerate([*node.args, *node.kwargs]):
            self.write(", " if number else "")
            self.visit(each, frame)
        self.write(")")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("shown(")


_Environment.code_generator_class = _Generator
_Environment.template_class = _Template


class _Saying(NodeTransformer):
    """Puts in the theme's words where nothing is to be filled into them."""

    def __init__(self, words: "_Words") -> None:
        self._words = words

    def visit_Call(self, node: nodes.Call) -> nodes.Node:
        self.generic_visit(node)
        said = node.args[0] if len(node.args) == 1 and not node.kwargs else None
        named = node.node.name if isinstance(node.node, nodes.Name) else ""
        if named in ("_", "gettext") and isinstance(said, nodes.Const):
            return nodes.MarkSafe(nodes.Const(self._words.say(said.value)), lineno=node.lineno)
        return node


class _Words:
    """A theme's words in one language, as safe HTML: what is filled in is escaped."""

    def __init__(self, language: str) -> None:
        self._catalogue = catalogue(language)
        self._plain: dict[str, Markup] = {}

    def say(self, message: str, /, **values: object) -> Markup:
        """A message with its %(named)s places filled."""
        if values:
            return Markup(self._catalogue.gettext(message)) % values
        said = self._plain.get(message)
        if said is None:
            said = self._plain[message] = Markup(self._catalogue.gettext(message)) % {}
        return said

    def say_many(self, one: str, many: str, n: int, /, **values: object) -> Markup:
        """The message for `n` things; %(num)s is the number where nothing else is said."""
        return Markup(self._catalogue.ngettext(one, many, n)) % ({"num": n} | values)
