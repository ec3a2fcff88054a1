"""Ask the browser which font draws the Hangul of a page: the page's own, or one of the machine."""

import base64
import io
import re

from fontTools.ttLib import TTFont
from playwright.sync_api import Page

from crackdown.fonts import FAMILY, WEIGHTS

# Every Hangul letter that the page holds, and texts with Hangul whose style names no such font.
READ = """family => {
  const letters = new Set(), elsewhere = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const { data, parentElement } = texts.currentNode;
    const found = data.match(/[\\u1100-\\u11ff\\u3131-\\u318e\\uac00-\\ud7a3]/g);
    if (!found || parentElement.closest('script, style')) continue;
    found.forEach(letter => letters.add(letter));
    if (!getComputedStyle(parentElement).fontFamily.includes(family)) elsewhere.push(data.trim());
  }
  const styles = [...document.querySelectorAll('style')].map(style => style.textContent).join('');
  return { letters: [...letters].sort(), elsewhere, styles };
}"""
WRITE = """([letters, weight]) => {
  const probe = document.body.appendChild(document.createElement('p'));
  probe.id = 'probe';
  probe.style.fontWeight = weight;
  probe.textContent = letters.join(' ');
}"""
REMOVE = "() => document.getElementById('probe').remove()"


def find_strange_letters(page: Page) -> list[str]:
    """List what is wrong with the Hangul of a page; nothing where it carries all of it.

    The machine may lack a font that a letter falls to, and would then show
    an empty box; so none may fall to any.
    """
    read = page.evaluate(READ, FAMILY)
    wrong = [f"in another font: {text}" for text in read["elsewhere"]]
    carried = _list_carried(read["styles"])
    if missing := [letter for letter in read["letters"] if letter not in carried]:
        wrong.append(f"carried in no font or not in each: {' '.join(missing)}")
    # That they are carried does not say that the browser may load them. A letter without a
    # glyph cannot be told so: the box in its place is of the same font.
    for weight in WEIGHTS if read["letters"] else ():
        page.evaluate(WRITE, [read["letters"], weight])
        drawn = _count_drawn(page)
        page.evaluate(REMOVE)
        if drawn != len(read["letters"]):
            wrong.append(f"at {weight} the page draws {drawn} of {len(read['letters'])} letters")
    return wrong


def _list_carried(styles: str) -> set[str]:
    """List the letters that every font in a page's styles holds."""
    fonts = re.findall(r"data:font/ttf;base64,([A-Za-z0-9+/=]+)", styles)
    held = [TTFont(io.BytesIO(base64.b64decode(font))).getBestCmap() for font in fonts]
    return set.intersection(*({chr(code) for code in one} for one in held)) if held else set()


def _count_drawn(page: Page) -> int:
    """Count the letters of the probe that a font of the page draws."""
    # A font in an address is loaded when it is first needed.
    page.evaluate("() => document.fonts.ready")
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument", {"depth": 0})["root"]["nodeId"]
    probe = session.send("DOM.querySelector", {"nodeId": root, "selector": "#probe"})
    fonts = session.send("CSS.getPlatformFontsForNode", probe)["fonts"]
    session.detach()
    return sum(int(font["glyphCount"]) for font in fonts if font["isCustomFont"])
