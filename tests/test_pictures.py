"""Pictures: what is made of each kind, how it is kept, and what pages offer of it."""

import warnings
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageCms, ImageDraw, features
from playwright.sync_api import Page
from selectolax.lexbor import LexborHTMLParser

from gongbao import order, pictures, pipeline, scaling
from gongbao.catalogue import Store
from gongbao.diagnostics import Stop
from gongbao.identity import engine_digest
from gongbao.pipeline import Order
from gongbao.read import variants as kept_variants
from gongbao.report import Silent
from tests.building import NOW, article, build, differences, small_site, tree, write

GPS, CAMERA = b"34 deg 15", b"Secret Camera"


def drawn(width: int, height: int, mode: str = "RGB") -> Image.Image:
    """A picture that no format makes very small: a coloured slope with lines over it."""
    image = Image.radial_gradient("L").resize((width, height)).convert("RGB")
    draw = ImageDraw.Draw(image)
    for at in range(0, width, 7):
        draw.line((at, 0, width - at, height), fill=(at * 5 % 255, at * 3 % 255, 90), width=2)
    return image.convert(mode)


def saved(image: Image.Image, form: str, **given: Any) -> bytes:
    out = BytesIO()
    image.save(out, form, **given)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(data))
    image.load()
    return image


def test_this_pillow_makes_avif() -> None:
    assert features.check("avif")
    assert features.check("webp")


@pytest.mark.parametrize(
    ("width", "expected"),
    [
        (5000, (240, 480, 720, 960, 1600)),
        (1600, (240, 480, 720, 960, 1600)),
        (1100, (240, 480, 720, 960, 1100)),
        (500, (240, 500)),
        (90, (90,)),
        (1, (1,)),
    ],
)
def test_widths_never_pass_the_picture_s_own(width: int, expected: tuple[int, ...]) -> None:
    assert pictures.widths(width) == expected


def test_a_photo_comes_in_every_width_and_format() -> None:
    data = saved(drawn(2000, 1000), "JPEG", quality=95)
    found = pictures.variants("a.jpg", data)
    assert found is not None
    assert set(found) == {f"{width}.{ending}" for width in pictures.widths(2000) for ending in pictures.TYPES}
    for name, made in found.items():
        image = opened(made)
        assert image.size == (int(name.split(".")[0]), int(name.split(".")[0]) // 2)
        assert image.format == name.split(".")[1].upper()
        assert len(made) < len(data)
    assert pictures.variants("a.jpg", data) == found


def test_a_variant_tells_nothing_of_camera_and_place() -> None:
    exif = Image.Exif()
    exif[0x0110], exif[0x8298] = CAMERA.decode(), GPS.decode()
    data = saved(drawn(600, 400), "JPEG", quality=95, exif=exif, comment=b"by somebody")
    assert CAMERA in data
    for made in (pictures.variants("a.jpg", data) or {}).values():
        assert not {CAMERA, GPS, b"by somebody", b"Exif", b"ICCP"} & {
            each for each in (CAMERA, GPS, b"by somebody", b"Exif", b"ICCP") if each in made
        }


def test_a_turned_picture_is_upright() -> None:
    image = Image.new("RGB", (600, 300), "white")
    image.paste((200, 0, 0), (0, 0, 300, 300))
    exif = Image.Exif()
    exif[0x0112] = 6  # shown turned to the right: what is left stands above
    data = saved(image, "JPEG", quality=95, exif=exif)
    assert pictures.measure("a.jpg", data) == (300, 600)
    found = pictures.variants("a.jpg", data) or {}
    assert set(found) == {"240.avif", "240.webp", "300.avif", "300.webp"}
    upright = opened(found["240.webp"]).convert("RGB")
    assert upright.size == (240, 480)
    assert upright.getpixel((120, 20))[1] < 60  # type: ignore[index]
    assert upright.getpixel((120, 460))[1] > 200  # type: ignore[index]


def deep() -> Image.Image:
    return drawn(300, 200, "L").convert("I;16").point(lambda level: level * 256)


def seen_through() -> Image.Image:
    image = drawn(300, 200, "RGBA")
    image.putalpha(Image.linear_gradient("L").resize((300, 200)))
    return image


KINDS = {
    "grey": ("a.jpg", saved(drawn(300, 200, "L"), "JPEG", quality=95), "L"),
    "CMYK": ("a.jpg", saved(drawn(300, 200, "CMYK"), "JPEG", quality=95), "RGB"),
    "palette": ("a.png", saved(drawn(300, 200).quantize(64), "PNG"), "RGB"),
    "bilevel": ("a.png", saved(drawn(900, 600, "1"), "PNG"), "L"),
    "sixteen bits": ("a.png", saved(deep(), "PNG"), "L"),
    "transparent": ("a.png", saved(seen_through(), "PNG"), "RGBA"),
    "see-through palette": ("a.png", saved(drawn(300, 200).quantize(64), "PNG", transparency=0), "RGBA"),
    "gif": ("a.gif", saved(drawn(300, 200).quantize(64), "GIF"), "RGB"),
    "webp": ("a.webp", saved(drawn(300, 200), "WEBP", lossless=True), "RGB"),
    "avif": ("a.avif", saved(drawn(300, 200), "AVIF", quality=95), "RGB"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_picture_has_variants_that_look_like_it(kind: str) -> None:
    name, data, mode = KINDS[kind]
    found = pictures.variants(name, data)
    assert found
    small = opened(found["240.avif"])
    assert small.mode == mode
    assert small.size == (240, 160)
    before = opened(data)
    if before.mode.startswith("I;16"):
        before = before.point(lambda level: level / 256).convert("L")
    one, other = (each.convert("RGBA").resize((24, 16), Image.Resampling.BOX) for each in (before, small))
    pairs = zip(one.convert("RGB").tobytes(), other.convert("RGB").tobytes(), strict=True)
    assert kind == "see-through palette" or max(abs(a - b) for a, b in pairs) < 60


def test_colours_are_those_of_the_picture_s_profile() -> None:
    wide = ImageCms.createProfile("XYZ")
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    broken, other = b"no profile at all", ImageCms.ImageCmsProfile(wide).tobytes()
    data = {
        profile: saved(Image.new("RGB", (300, 200), (200, 60, 60)), "JPEG", quality=95, icc_profile=profile)
        for profile in (srgb, broken, other)
    }
    for each in data.values():
        found = pictures.variants("a.jpg", each)
        assert found
        assert "icc_profile" not in opened(found["240.webp"]).info
    red, _, _ = opened((pictures.variants("a.jpg", data[srgb]) or {})["240.webp"]).getpixel((100, 100))  # type: ignore[misc]
    assert abs(red - 200) < 6


@pytest.mark.parametrize(("form", "name"), [("GIF", "a.gif"), ("WEBP", "a.webp"), ("PNG", "a.png")])
def test_what_moves_is_left_as_it_is(form: str, name: str) -> None:
    frames = [drawn(300, 200), drawn(300, 200).transpose(Image.Transpose.FLIP_LEFT_RIGHT)]
    data = saved(frames[0], form, save_all=True, append_images=frames[1:], duration=100)
    assert pictures.variants(name, data) == {}


def test_what_is_larger_than_the_picture_is_not_offered() -> None:
    data = saved(Image.new("P", (700, 500)), "PNG")
    assert all(len(made) < len(data) for made in (pictures.variants("a.png", data) or {}).values())
    tiny = saved(Image.new("RGB", (1, 1)), "PNG")
    assert pictures.variants("a.png", tiny) is not None


def test_damaged_and_huge_pictures_have_none() -> None:
    whole = saved(drawn(600, 400), "JPEG", quality=95)
    for name, data in (
        ("a.jpg", whole[: len(whole) // 2]),
        ("a.png", whole),
        ("a.png", b"\x89PNG\r\n\x1a\n"),
        ("a.gif", b""),
    ):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            assert pictures.variants(name, data) is None
    huge = saved(Image.new("1", (20_000, 10_000)), "PNG")
    assert pictures.measure("a.png", huge) is None
    assert pictures.variants("a.png", huge) is None


def test_every_cut_of_a_picture_is_read_without_a_fault() -> None:
    for name, data, _ in KINDS.values():
        for at in range(1, len(data), max(1, len(data) // 12)):
            pictures.measure(name, data[:at])
            pictures.variants(name, data[:at])


# In a site

SITE = {
    "2019_07_02__1_01_jia": article(
        "甲", "开头。\n\n![图](tu.jpg)", 图片="[{file: zhao.png, caption: 照片}]", 栏目="要闻"
    ),
    "2019_07_02__1_02_yi": article("乙", "![图](tu.jpg)\n\n正文。"),
}
ISSUE = "leaves: [{leaf: 1, image: ban.png}]\n"


def site(root: Path) -> Path:
    small_site(root, **SITE)
    issue = root / "content" / "2019" / "2019-07-02"
    write(issue / "issue.yaml", ISSUE)
    (issue / "tu.jpg").write_bytes(saved(drawn(600, 400), "JPEG", quality=95))
    (issue / "zhao.png").write_bytes(saved(drawn(500, 300), "PNG"))
    (issue / "ban.png").write_bytes(saved(drawn(520, 700), "PNG"))
    return root


def offered(html: bytes) -> dict[str, list[str]]:
    """By the name of each picture on a page, the names of what may be loaded instead."""
    found = {}
    for picture in LexborHTMLParser(html).css("picture"):
        (image,) = picture.css("img")
        sets = [str(each.attributes["srcset"]) for each in picture.css("source")]
        found[str(image.attributes["src"]).rpartition("/")[2]] = [
            one.split()[0].rpartition("/")[2] for each in sets for one in each.split(", ")
        ]
    return found


def test_pages_offer_what_was_made_and_it_is_there(tmp_path: Path) -> None:
    root = site(tmp_path)
    assert build(root).findings == ()
    made = tree(root / "output")
    both = [f"tu-{width}.{ending}" for ending in ("avif", "webp") for width in (240, 480, 600)]
    page = offered(made["issues/2019-07-02/1/jia/index.html"])
    assert page["tu.jpg"] == both
    assert page["zhao.png"] == [f"zhao-{width}.{ending}" for ending in ("avif", "webp") for width in (240, 500)]
    assert page["ban.png"] == ["ban-240.avif", "ban-240.webp"]  # a small sheet beside the article
    assert offered(made["issues/2019-07-02/1/index.html"])["ban.png"][-1] in ("ban-240.webp", "ban-520.webp")
    names = {path.rpartition("/")[2] for path in made if path.startswith("media/")}
    assert names >= {*both, "tu.jpg", "zhao.png", "ban.png", "zhao-500.avif", "ban-520.avif"}


def test_what_is_first_in_sight_does_not_wait(tmp_path: Path) -> None:
    root = site(tmp_path)
    build(root)
    at_once = {}
    for page in ("1/jia/", "1/yi/", "1/", ""):
        html = LexborHTMLParser((root / "output/issues/2019-07-02" / page / "index.html").read_bytes())
        for image in html.css("img"):
            assert {"width", "height", "alt"} <= set(image.attributes)
            assert (image.attributes.get("loading") == "lazy") != (image.attributes.get("fetchpriority") == "high")
        at_once[page] = [str(each.attributes["src"]).rpartition("/")[2] for each in html.css("img[fetchpriority]")]
    assert at_once == {"1/jia/": ["zhao.png"], "1/yi/": ["tu.jpg"], "1/": ["ban.png"], "": ["tu.jpg"]}


def test_a_leaf_that_is_seen_larger_is_sharper(tmp_path: Path, page: Page, serve_folder: Callable[..., str]) -> None:
    root = site(tmp_path)
    (root / "content/2019/2019-07-02/ban.jpg").write_bytes(saved(drawn(1800, 1000), "JPEG", quality=95))
    write(root / "content/2019/2019-07-02/issue.yaml", ISSUE.replace("png", "jpg"))
    build(root)
    page.goto(serve_folder(root / "output") + "issues/2019-07-02/1/")
    image = page.locator(".frame img")
    seen = []
    for _ in range(5):
        page.wait_for_function("document.querySelector('.frame img').complete")
        seen.append(str(image.evaluate("image => image.currentSrc")).rpartition("/")[2])
        page.locator("[data-zoom]").first.click()
        page.wait_for_timeout(300)
    assert seen[0] == "ban-960.avif"
    assert seen[1] == "ban-1600.avif"
    assert seen[-1] == "ban.jpg"


def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of pictures that are made variants of from now on."""
    seen: list[str] = []
    make = pictures.variants

    def counting(path: str, data: bytes) -> dict[str, bytes] | None:
        seen.append(path.rpartition("/")[2])
        return make(path, data)

    monkeypatch.setattr(pictures, "variants", counting)
    return seen


def test_a_picture_is_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root, seen = site(tmp_path), counted(monkeypatch)
    build(root)
    assert sorted(seen) == ["ban.png", "tu.jpg", "zhao.png"]
    first = tree(root / "output")
    seen.clear()
    issue = root / "content/2019/2019-07-02"
    assert build(root).figures.written == 0
    build(root, clean=True)
    build(root, "other")
    (issue / "copy.jpg").write_bytes((issue / "tu.jpg").read_bytes())
    write(issue / "1-03-bing.md", article("丙", "![图](copy.jpg)"))
    build(root)
    assert seen == []
    assert differences(first, tree(root / "other")) == []
    (issue / "zhao.png").write_bytes(saved(drawn(400, 300), "PNG"))
    build(root)
    assert seen == ["zhao.png"]
    assert not list((root / "output/media").rglob("zhao-500.*"))
    clean = tmp_path / "clean"
    build(clean_copy(root, clean))
    assert differences(tree(root / "output"), tree(clean / "output")) == []


def clean_copy(root: Path, to: Path) -> Path:
    """The same sources, with nothing kept."""
    write(to / "site.yaml", (root / "site.yaml").read_text("utf-8"))
    for path, data in tree(root / "content").items():
        target = to / "content" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return to


def test_what_nothing_shows_is_not_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root, seen = (
        small_site(tmp_path, **{"2019_07_02__1_01_jia": article("甲", "见[原图](tu.jpg)。")}),
        counted(monkeypatch),
    )
    issue = root / "content/2019/2019-07-02"
    for name in ("tu.jpg", "none.jpg"):
        (issue / name).write_bytes(saved(drawn(300, 200), "JPEG", quality=95))
    build(root)
    assert seen == []
    write(issue / "1-01-jia.md", article("甲", "见![原图](tu.jpg)。"))
    build(root)
    assert seen == ["tu.jpg"]
    assert list((root / "output/media").rglob("tu-300.webp"))
    write(issue / "1-01-jia.md", article("甲", "见[原图](tu.jpg)。"))
    build(root)
    assert [path.name for path in (root / "output/media").rglob("*.*")] == ["tu.jpg"]


def test_a_check_makes_nothing_and_the_build_after_it_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root, seen = site(tmp_path / "one"), counted(monkeypatch)
    pipeline.check(Order(root, root / "output", NOW), Silent())
    assert seen == []
    build(root)
    other = clean_copy(root, tmp_path / "other")
    build(other)
    assert differences(tree(root / "output"), tree(other / "output")) == []
    (root / "content/2019/2019-07-02/tu.jpg").write_bytes(saved(drawn(640, 400), "JPEG", quality=95))
    pipeline.check(Order(root, root / "output", NOW), Silent())
    build(root)
    build(clean_copy(root, tmp_path / "third"))
    assert differences(tree(root / "output"), tree(tmp_path / "third" / "output")) == []


def test_a_dry_run_plans_what_the_build_then_does(tmp_path: Path) -> None:
    root = site(tmp_path)
    planned = {each.address for each in build(root, dry_run=True).planned}
    assert not (root / "output").exists()
    build(root)
    written = {"/" + path.removesuffix("index.html") for path in tree(root / "output")}
    assert planned == {path for path in written if not path.startswith("/search/data/")}  # the manifest stands for them
    assert build(root, dry_run=True).planned == ()


def test_another_recipe_makes_all_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = site(tmp_path)
    build(root)
    before = {path for path in tree(root / "output") if path.startswith("media/")}
    seen = counted(monkeypatch)
    monkeypatch.setattr(pictures, "recipe", lambda: "other")
    monkeypatch.setattr(order, "engine_digest", lambda: "another engine")
    build(root)
    after = {path for path in tree(root / "output") if path.startswith("media/")}
    assert sorted(seen) == ["ban.png", "tu.jpg", "zhao.png"]
    assert sorted(path.rpartition("/")[2] for path in before) == sorted(path.rpartition("/")[2] for path in after)
    assert {path.rpartition("/")[2] for path in before & after} == {"ban.png", "tu.jpg", "zhao.png"}
    assert [path.name for path in (root / pictures.KEPT).iterdir()] == ["other"]


def test_one_process_and_several_make_the_same(tmp_path: Path) -> None:
    one, many = site(tmp_path / "one"), site(tmp_path / "many")
    for root in (one, many):
        for number in range(4):
            (root / f"content/2019/2019-07-02/{number}.png").write_bytes(saved(drawn(300 + number, 200), "PNG"))
        write(
            root / "content/2019/2019-07-02/1-03-duo.md",
            article("多", "".join(f"![图]({number}.png)\n\n" for number in range(4))),
        )
    build(one)
    build(many, jobs=2)
    assert differences(tree(one / "output"), tree(many / "output")) == []
    assert differences(tree(one / pictures.KEPT), tree(many / pictures.KEPT)) == []


def test_a_damaged_picture_is_told_of_and_shown_as_it_is(tmp_path: Path) -> None:
    root = site(tmp_path)
    issue = root / "content/2019/2019-07-02"
    whole = (issue / "tu.jpg").read_bytes()
    (issue / "tu.jpg").write_bytes(whole[: len(whole) // 2])
    for _ in range(2):
        found = [each for each in build(root).findings if each.code == "G316"]
        assert [(each.file.rpartition("/")[2], each.line) for each in found] == [("1-01-jia.md", 8), ("1-02-yi.md", 4)]
    assert offered((root / "output/issues/2019-07-02/1/yi/index.html").read_bytes()).get("tu.jpg") in (None, [])
    (issue / "tu.jpg").write_bytes(whole)
    assert build(root).findings == ()


def test_what_was_kept_may_be_deleted(tmp_path: Path) -> None:
    root = site(tmp_path)
    build(root)
    for path in sorted((root / pictures.KEPT).rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    build(root, "other")
    assert differences(tree(root / "output"), tree(root / "other")) == []


def test_a_picture_that_goes_takes_its_variants_with_it(tmp_path: Path) -> None:
    root = site(tmp_path)
    build(root)
    (root / "content/2019/2019-07-02/zhao.png").unlink()
    build(root)
    assert {path.stem.partition("-")[0] for path in (root / "output/media").rglob("*.*")} == {"tu", "ban"}


def test_a_full_disk_stops_the_build_and_the_next_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = site(tmp_path)
    with monkeypatch.context() as patch:

        def full(self: Path, target: Path) -> Path:
            raise OSError(28, "No space left on device")

        patch.setattr(Path, "rename", full)
        with pytest.raises(Stop, match="G601"):
            build(root)
    assert not list((root / pictures.KEPT).rglob("*.avif"))
    assert build(root).findings == ()


def test_what_a_killed_build_was_making_is_cleared(tmp_path: Path) -> None:
    root = site(tmp_path)
    write(root / pictures.KEPT / "making" / "x-1" / "240.avif", "half")
    write(root / pictures.KEPT / "0-old" / "ab" / "abc" / "240.avif", "old")
    build(root)
    assert [path.name for path in (root / pictures.KEPT).iterdir()] == [pictures.recipe()]


def test_a_build_in_which_nothing_changed_loads_no_picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = site(tmp_path)
    build(root)
    asked: list[object] = []
    monkeypatch.setattr(kept_variants, "kept", lambda *args: asked.append(args))
    monkeypatch.setattr(scaling, "kept", lambda *args: asked.append(args))
    build(root)
    assert asked == []
    store = Store(root / ".gongbao" / "catalogue.db", engine_digest())
    assert store.value("SELECT count(*) FROM unscaled") == 0
    store.close()
