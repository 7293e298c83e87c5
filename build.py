"""The command: python build.py [COMMAND] [OPTIONS]."""

import sys

# Every Python 3 must be able to read this file, if only to say that it is too old.
OLD = "Gongbao needs Python 3.11 or newer, this is {0}.{1} / 工报需要 Python 3.11 或更新的版本，这是 {0}.{1}\n"
MISSING = "Gongbao lacks “{0}”, run / 工报缺少“{0}”，请运行: make site (or / 或 {1})\n"
INSTALL = "python -m pip install --require-hashes -r requirements.lock"

# Worker processes import the main module again; they must not load the engine by that.
if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036
        sys.stderr.write(OLD.format(*sys.version_info))
        sys.exit(2)
    try:
        from gongbao.cli import main

        main()  # what is seldom needed is loaded late
    except ImportError as error:
        if not error.name or error.name.startswith("gongbao"):
            raise
        sys.stderr.write(MISSING.format(error.name, INSTALL))
        sys.exit(2)
