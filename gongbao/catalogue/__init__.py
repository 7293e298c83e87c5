"""The catalogue: one disposable SQLite file with what was read, what follows from it, and what was published."""

from gongbao.catalogue.ask import Ask, Former
from gongbao.catalogue.ask_issues import LeafFacts
from gongbao.catalogue.ask_lists import Subject
from gongbao.catalogue.settle import settle
from gongbao.catalogue.store import Damaged, Reader, Store

__all__ = ["Ask", "Damaged", "Former", "LeafFacts", "Reader", "Store", "Subject", "settle"]
