"""`citera read` shows a file as Citera sees it."""

PAGE = """<html lang="en"><body><nav>Start</nav><h1>Minutes of 5 March 2024</h1>
<h2>Present</h2><ul><li>Anna Ek</li><li>Bo Li</li></ul>
<h2>Fees</h2><table><tr><th>What</th><th>Fee</th></tr><tr><td>Boat</td><td>300</td></tr></table>
<p hidden>Secret.</p><p>The fee stays as it was.</p></body></html>"""


def test_a_file_is_shown_as_it_is_seen(citera, tmp_path):
    """Sections with times, units, lists, tables, language, and what was left out and why."""
    (tmp_path / "page.html").write_text(PAGE)
    code, output, _ = citera("read", str(tmp_path / "page.html"))
    assert code == 0
    for line in (
        "language en, published unknown, 3 sections, 2 lists, 1 passages",
        "(the whole document)  [2024-03-05]",
        "Present  [2024-03-05]",
        "  list 'Present' of 2:",
        "    * Anna Ek",
        "  table 'Fees' of 1:",
        "    * What: Boat; Fee: 300",
        "  - The fee stays as it was.",
        "  menu: Start",
        "  hidden: Secret.",
    ):
        assert line in output.splitlines()


def test_a_file_that_can_not_be_read(citera, tmp_path):
    """The reason is shown, and a missing file is an error."""
    (tmp_path / "a.md").write_bytes(b"\0\0")
    code, output, messages = citera("read", str(tmp_path / "a.md"))
    assert (code, output) == (1, "")
    assert "not text" in messages
    assert citera("read", str(tmp_path / "none.md"))[0] == 1
