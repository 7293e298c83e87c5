"""The command: python build.py [COMMAND] [OPTIONS]."""

import sys

HINT = """\
Gongbao needs Python 3.11 or newer and its packages: make site, or {install}
工报需要 Python 3.11 或更新的版本和几个软件包：make site，或 {install}
"""
INSTALL = "python -m pip install --require-hashes -r requirements.lock"

# Worker processes import the main module again; they must not load the engine by that.
if __name__ == "__main__":
    try:
        from gongbao.cli import main
    except (ImportError, SyntaxError) as error:
        if (getattr(error, "name", None) or "").startswith("gongbao"):
            raise
        sys.stderr.write(HINT.format(install=INSTALL))
        sys.exit(2)
    main()
