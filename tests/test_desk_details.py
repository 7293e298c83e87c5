"""What moves along with a source, what stays as it is, and what is said of it."""

from pathlib import Path

import pytest

from gongbao.diagnostics import Stop
from tests.building import NOW, article, small_site, write
from tests.command import run
from tests.test_desk_move import PIXEL, move


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = small_site(
        tmp_path / "site",
        **{
            "2019_07_02__1_01_jia": article("甲", "![隧道](sui-dao 2.jpg)\n\n![洞口](../2019-07-02/dong-kou.jpg)"),
            "2019_07_02__1_02_yi": article("乙", "![洞口](dong-kou.jpg)"),
            "2019_07_05__1_01_bing": article("丙"),
        },
    )
    write(root / "content/2019/2019-07-02/issue.yaml", "# 2019年7月2日 星期二\n版面: [{版次: 1}, {版次: 2}]\n")
    for name in ("sui-dao 2.jpg", "dong-kou.jpg"):
        (root / "content/2019/2019-07-02" / name).write_bytes(PIXEL)
    return root


def test_a_link_that_still_leads_there_keeps_its_bytes(site: Path) -> None:
    text = (site / "content/2019/2019-07-02/1-02-yi.md").read_bytes()
    move(site, "2019-07-02", "2019-07-03")
    assert (site / "content/2019/2019-07-03/1-02-yi.md").read_bytes() == text
    assert "![隧道](sui-dao 2.jpg)" in (site / "content/2019/2019-07-03/1-01-jia.md").read_text("utf-8")
    assert (site / "content/2019/2019-07-03/issue.yaml").read_text("utf-8").startswith("# 2019年7月3日 星期三\n版面")


@pytest.mark.parametrize("name", ["dong.png", "dong.pdf", "../2019-07-05/dong.png", "dong.md"])
def test_a_name_does_not_change_the_kind_of_file(site: Path, name: str) -> None:
    with pytest.raises(Stop, match="G805"):
        move(site, "dong-kou.jpg", name)
    move(site, "dong-kou.jpg", "dong.JPG")
    assert (site / "content/2019/2019-07-02/dong.jpg").is_file()


def test_an_article_takes_its_own_pictures_along(site: Path) -> None:
    told = run("mv", "1-01-jia", "2019-07-05", "--root", str(site), "--now", NOW)
    assert told.returncode == 0, told.stderr
    assert sorted(path.name for path in (site / "content/2019/2019-07-02").glob("*.jpg")) == ["dong-kou.jpg"]
    assert (site / "content/2019/2019-07-05/sui-dao 2.jpg").is_file()
    text = (site / "content/2019/2019-07-05/1-01-jia.md").read_text("utf-8")
    assert "(sui-dao 2.jpg)" in text
    assert "(../2019-07-02/dong-kou.jpg)" in text
    back = run("mv", "1-01-jia", "2019-07-02", "--root", str(site), "--now", NOW)
    assert back.returncode == 0, back.stderr
    assert (site / "content/2019/2019-07-02/sui-dao 2.jpg").is_file()


def test_a_leaf_that_the_issue_does_not_have_is_told_of(site: Path) -> None:
    told = run("mv", "1-01-jia", "9-01-jia", "--root", str(site), "--now", NOW)
    assert (told.returncode, "G764" in told.stderr) == (0, True)
    told = run("mv", "9-01-jia", "2-01-jia", "--root", str(site), "--now", NOW)
    assert "G764" not in told.stderr
    told = run("mv", "1-01-bing", "3-01-bing", "--root", str(site), "--now", NOW)
    assert "没有写版面" in told.stdout


def test_what_stops_it_is_told_once_and_names_what_is_near(site: Path) -> None:
    told = run("mv", "1-01-jia", "1-02-yi", "--root", str(site)).stderr
    assert told.count("1-02-yi.md") == 1
    told = run("rm", "1-01-jia", "--reason=误", "--root", str(site)).stderr
    assert told.count("1-01-jia.md") == 1
    for command in (["mv", "1-01-jia", "2019-07-03"], ["new", "2019-07-03", "--leaf=1", "--title=题"]):
        assert "2019-07-02、2019-07-05" in run(*command, "--root", str(site)).stderr
