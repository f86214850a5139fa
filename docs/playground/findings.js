// Findings, each with a button that leads to its line.
import { make, visible } from "./elements.js";

const NAMES = { event: "Event", payload: "Payload" };

/** Return findings as the items of a list; `go` is called with the document and the line of one. */
export function itemsOf(findings, go) {
  return findings.map(({ document: name, line, code, severity, path, message, fix, language }) => {
    const head = make("p", { className: "head" },
      make("strong", { className: severity, textContent: severity === "error" ? "Error" : "Warning" }));
    if (name in NAMES) {
      const place = make("button", { type: "button", textContent: `${NAMES[name]}, line ${line}` });
      place.addEventListener("click", () => go(name, line));
      head.append(place);
    }
    const text = make("p", { className: "message", lang: language, dir: "auto", textContent: `${message} ${fix}` });
    const foot = make("p", { className: "foot" },
      make("a", { href: `../errors.html#${encodeURIComponent(code)}`, textContent: code }));
    if (path) foot.append(" at ", make("code", { dir: "ltr", textContent: visible(path) }));
    return make("li", { dataset: { severity } }, head, text, foot);
  });
}

/** Return the worst severity of each line of a document that has findings. */
export function linesOf(findings, name) {
  const lines = new Map();
  for (const { document: each, line, severity } of findings) {
    if (each === name && lines.get(line) !== "error") lines.set(line, severity);
  }
  return lines;
}

/** Return how much was found, and whether the registration is accepted, in a sentence or two. */
export function summaryOf({ findings, omitted, state }) {
  const errors = findings.filter(({ severity }) => severity === "error").length;
  const several = (count, word) => (count ? [`${count} ${word}${count === 1 ? "" : "s"}`] : []);
  const parts = [...several(errors, "error"), ...several(findings.length - errors, "warning")];
  if (omitted) parts.push(`${omitted} more that are not listed`);
  const found = parts.length ? parts.join(", ") : "Nothing is wrong";
  return state ? `${found}. The registration is accepted: ${state}.` : `${found}.`;
}
