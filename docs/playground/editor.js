// A text area with the numbers of its lines, and marks at those with findings.

export class Editor {
  #lines = 0;
  #numbers = document.createElement("pre");
  #marks = document.createElement("div");

  /** Take a text area; `changed` is called with each change by a person. */
  constructor(area, changed) {
    this.area = area;
    const gutter = document.createElement("div");
    for (const [part, name] of [[gutter, "gutter"], [this.#numbers, "numbers"], [this.#marks, "marks"]]) {
      part.className = name;
      part.setAttribute("aria-hidden", "true");
    }
    gutter.append(this.#numbers);
    area.before(this.#marks, gutter);
    this.area.addEventListener("input", () => {
      this.#count();
      changed();
    });
    this.area.addEventListener("scroll", () => this.#scrolled(), { passive: true });
  }

  get text() {
    return this.area.value;
  }

  set text(text) {
    if (text === this.area.value) return;
    this.area.value = text;
    this.#count();
    this.#scrolled();
  }

  #count() {
    const lines = this.area.value.split("\n").length;
    if (lines === this.#lines) return;
    this.#lines = lines;
    this.#numbers.textContent = Array.from({ length: lines }, (_, index) => index + 1).join("\n");
  }

  #scrolled() {
    for (const part of [this.#numbers, this.#marks]) part.style.translate = `0 ${-this.area.scrollTop}px`;
  }

  /** Mark lines: a map from their numbers to "error" or "warning". */
  mark(lines) {
    this.#marks.replaceChildren(
      ...Array.from(lines, ([line, severity]) => {
        const mark = document.createElement("div");
        mark.className = severity;
        mark.style.insetBlockStart = `calc(var(--row) * ${line - 1})`;
        return mark;
      }),
    );
    this.area.setAttribute("aria-invalid", String([...lines.values()].includes("error")));
  }

  /** Select a line, and show it. */
  select(line) {
    const before = this.area.value.split("\n").slice(0, line);
    const end = before.join("\n").length;
    this.area.focus({ preventScroll: true });
    this.area.setSelectionRange(end - before.at(-1).length, end);
    const row = parseFloat(getComputedStyle(this.area).lineHeight);
    this.area.scrollTo({ top: Math.max(0, (line - 1) * row - this.area.clientHeight / 3), left: 0 });
    this.area.closest(".editor").scrollIntoView({ block: "nearest" });
  }
}
