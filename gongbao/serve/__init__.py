"""The site on this machine as it will be, drafts and all, built anew on every change and followed by the browser."""

from gongbao.serve.addresses import ANYWHERE, free_port, near_address, next_free_port, url
from gongbao.serve.preview import Preview
from gongbao.serve.web import serve

__all__ = ["ANYWHERE", "Preview", "free_port", "near_address", "next_free_port", "serve", "url"]
