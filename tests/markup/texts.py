"""Texts that would do something if they were not escaped."""

from hypothesis import strategies as st

HOSTILE = (
    "<script>alert(1)</script>",
    "</title></svg><img src=x onerror=alert(1)>",
    "'\" onload='alert(1)' x=\"",
    "a & b &lt; &#60; &amp;amp; ]]> <![CDATA[ <!-- <?xml",
    "\u202eright to left\u2066",
    "two\nlines\tand a tab",
)

TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]) | st.sampled_from("\n\t<>&'\"")) | st.sampled_from(
    HOSTILE
)
