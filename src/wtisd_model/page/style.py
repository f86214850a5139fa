"""The style sheet of a page: phones, screens, light and dark mode, paper, and both directions of reading."""

from typing import Final

from wtisd_model.markup.theme import FONTS, Theme

_RULES: Final = (
    "*{box-sizing:border-box}"
    f"body{{margin:0;font:1rem/1.55 {FONTS};background:var(--page);color:var(--text);overflow-wrap:break-word}}"
    "a{color:var(--accent);text-underline-offset:.15em}"
    ":focus-visible{outline:2px solid var(--accent);outline-offset:2px}"
    "[tabindex='-1']:focus{outline:0}"
    # Only shown when it is reached with a keyboard.
    ".skip{position:absolute;inset-block-start:-9rem;inset-inline-start:1rem;padding:.5rem 1rem;"
    "background:var(--page);z-index:1}.skip:focus{inset-block-start:.5rem}"
    # For people who hear the page.
    ".heard{position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%)}"
    "header,main,footer{padding-inline:max(1.25rem,50% - 30rem)}"
    "header{padding-block:2rem;background:var(--surface);border-block-start:6px solid var(--accent)}"
    "main{padding-block:1rem 2rem}"
    "footer{padding-block:1rem 2rem;border-block-start:1px solid var(--faint)}"
    "h1,h2,h3,h4{line-height:1.25;text-wrap:balance}"
    "h1{font-size:clamp(1.6rem,1.1rem + 2.4vw,2.6rem);margin:0 0 .5rem}"
    "h2{font-size:1.4rem;margin:2.5rem 0 1rem}"
    "h3{font-size:1.1rem;margin:2rem 0 0;padding-block:.5rem;border-block-end:2px solid var(--accent)}"
    "h4{font-size:1.05rem;margin:0}"
    "p,ul{margin:.25rem 0}"
    "ul{padding-inline-start:1.2rem}"
    ".theme{font-size:1.15rem;color:var(--muted);max-width:46rem}"
    ".description{max-width:42rem}.description p{margin-block:.75rem}"
    ".muted{color:var(--muted);font-size:.9rem}"
    ".notice{background:var(--alert-soft);border-inline-start:4px solid var(--alert);padding:.6rem .9rem;"
    "margin-block:.5rem}"
    "header .notice{font-weight:600;margin-block:0 1rem}"
    ".links{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;font-size:.9rem}"
    "header .links{font-size:1rem;align-items:center;margin-block-start:1.25rem}"
    "header .button,header a[download]{padding:.5rem 1rem;border:1px solid var(--accent);border-radius:.4rem;"
    "text-decoration:none;font-weight:600}"
    "header .links a:is(.button,[download]):first-child{background:var(--accent);color:var(--page)}"
    "header nav{margin-block-end:1rem}"
    "dl{margin:1rem 0 0}dl>div{display:grid;grid-template-columns:11rem minmax(0,1fr);gap:0 1.5rem;margin-block:.4rem}"
    "dt{grid-row:1/span 9;color:var(--muted)}dd{grid-column:2;margin:0}"
    # Neither a date nor a bracket breaks while there is a line for it.
    "dd time,dd>bdi[dir=ltr]{display:inline-block}"
    # Sentences that are in parentheses elsewhere.
    ".sentence{display:inline-block}.sentence::first-letter{text-transform:uppercase}"
    "s{color:var(--muted);text-decoration-thickness:1px}small{display:block;color:var(--muted);font-size:.85rem}"
    "nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;list-style:none;padding:0}"
    # The timetable: a column for each room, and on phones only the list below it.
    ".timetable{overflow-x:auto;margin-block:1rem}"
    ".grid{display:grid;grid-auto-rows:minmax(.4rem,auto);gap:3px;font-size:.875rem;line-height:1.35}"
    ".grid b{grid-row:1;padding:.3rem .5rem;background:var(--surface);border-block-end:2px solid var(--line)}"
    ".grid>span{grid-column:1;padding-inline-end:.5rem;font-variant-numeric:tabular-nums}"
    ".grid a{padding:.35rem .5rem;background:var(--soft);border-inline-start:3px solid var(--accent);color:var(--text)}"
    ".grid a:not(:hover,:focus){text-decoration:none}"
    ".grid .pause{background:var(--surface);border-color:var(--line)}"
    ".grid .not-held{background:none;border:1px dashed var(--alert)}"
    ".sessions{list-style:none;margin:0;padding:0}"
    ".sessions>li{display:grid;grid-template-columns:9rem minmax(0,1fr);gap:.25rem 1.5rem;padding-block:1rem;"
    "border-block-end:1px solid var(--faint)}"
    ".sessions>.pause h4{font-weight:400}"
    ".sessions>li:target{background:var(--soft)}"
    ".sessions>li>p{margin:0;font-weight:600;font-variant-numeric:tabular-nums}.sessions>li>p small{font-weight:400}"
    "@media(max-width:40rem){.timetable{display:none}.sessions>li,dl>div{grid-template-columns:minmax(0,1fr)}"
    "dt{grid-row:auto}dd{grid-column:1}dl>div{margin-block:.75rem}}"
    "@media print{"
    "@page{margin:15mm}"
    "body{font-size:10pt;line-height:1.4}"
    "header,main,footer{padding:0}header{background:none;border:0}header .links{margin-block-start:.5rem}"
    "h1{font-size:1.8rem}h2{font-size:1.2rem;margin:1.25rem 0 .5rem}h3{margin-block-start:.75rem;padding-block:.25rem}"
    "dl{margin-block-start:.5rem}dl>div{margin-block:.15rem}.description p,.timetable{margin-block:.5rem}"
    ".grid{font-size:.8rem;gap:2px}.grid a{padding-block:.2rem}"
    ".skip,nav:not(.timetable),a[download],.button,.screen-only{display:none}"
    ".timetable{overflow:visible;break-inside:avoid}"
    "h1,h2,h3,h4,h2+.muted{break-after:avoid}"
    ".sessions>li{break-inside:avoid;padding-block:.3rem;grid-template-columns:7rem minmax(0,1fr)}"
    "p{orphans:3;widows:3}"
    "a{color:inherit}"
    # A reader of paper has to see where a link leads, unless it says so.
    "a[href^=http]::after{content:' (' attr(href) ')';unicode-bidi:isolate;direction:ltr;font-size:.85em}"
    "p[dir] a::after,a:has([dir=ltr])::after{content:none}"
    "}"
)


def style_sheet(theme: Theme) -> str:
    """Return the CSS of a page."""
    return theme.style_sheet() + _RULES
