"""What a worker process tells of itself."""

import sys

import gongbao.render


def loaded() -> list[str]:
    """Which modules this process has that no worker may have."""
    assert gongbao.render.__name__ in sys.modules
    return [name for name in ("sqlite3", "gongbao.catalogue", "gongbao.read", "gongbao.cli") if name in sys.modules]
