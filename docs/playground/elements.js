// Elements, made of texts: nothing that somebody wrote becomes HTML here.

/** Return an element with these properties and children; `dataset` and attributes of ARIA are among the properties. */
export function make(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key === "dataset") Object.assign(element.dataset, value);
    else element[key] = value;
  }
  element.append(...children);
  return element;
}

/** Return a text in which nothing is invisible, and nothing turns other letters around. */
export function visible(text) {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (each) => `\\u{${each.codePointAt(0).toString(16)}}`);
}
