"""Makes gongbao/assets/search.js, which readers load, of the modules in gongbao/client/; run by `make client`."""

import subprocess
import sys
from pathlib import Path

from tests import get_judges

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "gongbao" / "assets" / "search.js"
BANNER = "/* Made of gongbao/client/ by `make client`. */"


def made() -> bytes:
    """The modules as one, without what only their readers need."""
    node, folder = get_judges.get()
    esbuild = folder / "node_modules" / "esbuild" / "bin" / "esbuild"
    command = [
        str(node.path), str(esbuild), str(ROOT / "gongbao" / "client" / "search.js"),
        "--bundle", "--minify", "--format=esm", "--target=es2023", "--charset=utf8", f"--banner:js={BANNER}",
    ]  # fmt: skip
    told = subprocess.run(command, capture_output=True, check=False)
    if told.returncode:
        raise SystemExit(told.stderr.decode())
    return told.stdout


if __name__ == "__main__":
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_bytes(made())
    sys.exit(0)
