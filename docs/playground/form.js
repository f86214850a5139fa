// The form that the package draws. While somebody fills it in, only what has changed is drawn anew.

/** The form of the event in an element. */
export class Form {
  #host;
  #look = new CSSStyleSheet();

  /** `filled` is called with what a browser would send, at each change; `sent` when the form is sent. */
  constructor(host, filled, sent) {
    this.#host = host;
    document.adoptedStyleSheets.push(this.#look);
    host.addEventListener("input", () => filled(this.#values()));
    host.addEventListener("submit", (event) => {
      event.preventDefault();
      sent(this.#values());
    });
    // Links to fields, whose fragments are not for the address.
    host.addEventListener("click", (event) => {
      const link = event.target.closest("a[href^='#']");
      if (!link) return;
      event.preventDefault();
      this.#find(link.hash.slice(1))?.focus();
    });
  }

  #find(id) {
    return document.getElementById(decodeURIComponent(id));
  }

  #values() {
    const values = {};
    for (const [name, value] of new FormData(this.#host.querySelector("form"))) (values[name] ??= []).push(value);
    return values;
  }

  /** Show the HTML and the style sheet of a form in a language. */
  draw(html, style, language) {
    this.#look.replaceSync(style);
    this.#host.lang = language;
    const drawn = new DOMParser().parseFromString(html, "text/html").querySelector("form");
    // It takes the focus when it is sent, and not when it changes.
    drawn.querySelector("[autofocus]")?.removeAttribute("autofocus");
    const before = this.#host.querySelector(":scope > form");
    if (before) become(before, document.adoptNode(drawn));
    else this.#host.replaceChildren(document.adoptNode(drawn));
  }

  /** Show something else in its place. */
  replace(element) {
    this.#host.replaceChildren(element);
  }

  /** Move the focus to what is wrong, at the top of the form. */
  focusSummary() {
    this.#host.querySelector(".summary")?.focus();
  }
}

/** Make an element like another one, without a change to what has the focus. */
function become(element, other) {
  for (const { name } of [...element.attributes]) if (!other.hasAttribute(name)) element.removeAttribute(name);
  for (const { name, value } of other.attributes) {
    if (element.getAttribute(name) !== value) element.setAttribute(name, value);
  }
  if (element.localName !== "select" || !element.isEqualNode(other)) becomeInside(element, other);
  if (element === document.activeElement) return;
  if ("checked" in element && element.checked !== other.checked) element.checked = other.checked;
  if ("value" in element && element.value !== other.value) element.value = other.value;
}

function becomeInside(element, other) {
  let own = element.firstChild;
  for (const child of [...other.childNodes]) {
    let same = own;
    while (same && keyOf(same) !== keyOf(child)) same = same.nextSibling;
    if (!same) {
      element.insertBefore(child, own);
      continue;
    }
    // What stands before it is gone.
    for (; own !== same; own = remove(own));
    own = same.nextSibling;
    if (same.nodeType === Node.TEXT_NODE) same.data = child.data;
    else become(same, child);
  }
  while (own) own = remove(own);
}

function remove(node) {
  const next = node.nextSibling;
  node.remove();
  return next;
}

/** Return what tells a node from those beside it: its id, or that of the first field in it. */
function keyOf(node) {
  if (node.nodeType !== Node.ELEMENT_NODE) return node.nodeName;
  const { id, localName, value } = node;
  // A field has a hint or an error before its input, or not.
  const inside = () => node.querySelector("[id]")?.id.replace(/^(field-|error~|hint~)/, "");
  return `${localName} ${id || (localName === "option" ? value : inside() ?? "")}`;
}
