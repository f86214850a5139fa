// What the package makes of an event and a registration: pages in frames, and calendar files to download.
import { itemsOf } from "./findings.js";
import { make } from "./elements.js";

const NO_EVENT = "This is made of an event without errors. The findings say what is wrong.";
const NO_GUEST = "This is made for a registration that is accepted. The findings say what is wrong.";

/** Return what stands in the place of a document that there is not: the findings that say why, or a sentence. */
export function missing(document, go, sentence = NO_EVENT) {
  if (document.findings) return make("ol", { className: "findings" }, ...itemsOf(document.findings, go));
  return make("p", { className: "hint", textContent: sentence });
}

/** Return what shows a page in the frame of an element. */
export function framed(host, go) {
  const frame = host.querySelector("iframe");
  let shown = null;
  return (document) => {
    frame.hidden = document.text === undefined;
    host.querySelector(":scope > :not(iframe)")?.remove();
    if (frame.hidden) host.append(missing(document, go));
    else if (document.text !== shown) fill(frame, document.text);
    shown = document.text ?? null;
  };
}

/** Put a page into a frame in which no script runs, by its sandbox and by its own policy. */
async function fill(frame, html) {
  while (!frame.contentDocument?.querySelector("meta, style")) {
    await new Promise((loaded) => frame.addEventListener("load", loaded, { once: true }));
  }
  // By the policy of the frame, which allows styles.
  const page = new frame.contentWindow.DOMParser().parseFromString(html, "text/html");
  for (const link of page.querySelectorAll("a[href]:not([href^='#'])")) {
    Object.assign(link, { target: "_blank", rel: "noopener noreferrer" });
  }
  const inside = frame.contentDocument;
  const { scrollX, scrollY } = frame.contentWindow;
  inside.replaceChild(inside.adoptNode(page.documentElement), inside.documentElement);
  frame.contentWindow.scrollTo(scrollX, scrollY);
}

/** Return what shows a calendar file in an element, with a button to download it. */
export function calendarIn(host, file, go) {
  return (document) => {
    if (document.text === undefined) {
      host.replaceChildren(missing(document, go, file === "invitation.ics" ? NO_GUEST : NO_EVENT));
      return;
    }
    const download = make("button", { type: "button", className: "main", textContent: `Download ${file}` });
    download.addEventListener("click", () => save(document.text, file));
    const lines = make("pre", { tabIndex: 0, role: "region", ariaLabel: file, textContent: document.text.replaceAll("\r\n", "\n") });
    host.replaceChildren(download, lines);
  };
}

function save(text, name) {
  const address = URL.createObjectURL(new Blob([text], { type: "text/calendar" }));
  make("a", { href: address, download: name }).click();
  // The browser may still be reading it.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
