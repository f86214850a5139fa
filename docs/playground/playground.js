// The page: what is typed and chosen goes to Python in its worker, and what Python says is shown.
import { LONGEST, fragmentOf, stateOf } from "./address.js";
import { calendarIn, framed, missing } from "./documents.js";
import { Editor } from "./editor.js";
import { make } from "./elements.js";
import { itemsOf, linesOf, summaryOf } from "./findings.js";
import { Form } from "./form.js";
import { Python } from "./python.js";
import { documentsOf, samples } from "./samples.js";
import { tabsOf } from "./tabs.js";

const HERE = new URL(".", import.meta.url);
const WEBASSEMBLY = new URL("../webassembly/", HERE);
/** How the page begins. */
const FIRST = { sample: samples[0].id, language: "en", left: "payload-panel", right: "findings-panel" };
/** The documents that a panel shows. */
const DOCUMENTS = {
  "form-panel": ["form", "style"],
  "page-panel": ["page"],
  "timetable-panel": ["timetable"],
  "calendar-panel": ["calendar", "invitation"],
};
/** Milliseconds after a key, so that nobody hears of mistakes that are still being typed. */
const PAUSE = 250;

const at = (id) => document.getElementById(id);
const host = (name) => document.querySelector(`[data-document=${name}]`);

let working = 0;
let sample = samples[0];
const open = { left: FIRST.left, right: FIRST.right };
/** What is filled in in the form, until Python has made a payload of it. */
let filledIn = null;
/** True once the form was sent: from then on it says what is wrong. */
let isSent = false;

// What is typed and chosen

const typed = paused(changed);
const editors = {
  event: new Editor(at("event"), typed),
  payload: new Editor(at("payload"), () => {
    filledIn = null;
    typed();
  }),
};
const tabs = Object.fromEntries(
  [...document.querySelectorAll("[data-side]")].map((list) => [
    list.dataset.side,
    tabsOf(list, (panel) => {
      open[list.dataset.side] = panel;
      changed();
    }),
  ]),
);
const form = new Form(
  at("form"),
  (values) => {
    filledIn = values;
    typed();
  },
  (values) => {
    filledIn = values;
    isSent = true;
    ask().then(() => form.focusSummary());
  },
);

function changed() {
  keep();
  ask();
}

/** Return what does something once nobody has asked for it for a moment. */
function paused(act) {
  let timer = null;
  return () => {
    if (timer === null) work(1);
    clearTimeout(timer);
    timer = setTimeout(async () => {
      timer = null;
      try {
        await act();
      } finally {
        work(-1);
      }
    }, PAUSE);
  };
}

/** Count what is still to be done: until then, what is shown is not of what is typed. */
function work(change) {
  working += change;
  document.querySelector("main").setAttribute("aria-busy", String(working > 0));
}

function now() {
  const { value } = at("now");
  // A year may have more digits there, and a time seconds.
  return /^\d{4}-/.test(value) ? value.slice(0, sample.now.length) : sample.now;
}

function go(name, line) {
  tabs.left.show(`${name}-panel`);
  editors[name].select(line);
}

function say(text) {
  at("note").textContent = text;
}

// The address, which keeps what differs from how the page begins

let isKept = false;
let isTooLong = false;

const keep = paused(save);

async function save() {
  if (!isKept) return;
  const documents = await documentsOf(sample);
  const first = { ...FIRST, ...documents, now: sample.now };
  const state = {
    sample: sample.id,
    event: editors.event.text,
    payload: editors.payload.text,
    language: at("language").value,
    now: now(),
    ...open,
  };
  const differing = Object.entries(state).filter(([key, value]) => value !== first[key]);
  const fragment = differing.length ? await fragmentOf(Object.fromEntries(differing)) : "";
  if (fragment === null) {
    say(`This is longer than the ${LONGEST.toLocaleString("en")} characters that an address may have: a link does not keep it, nor does the page when you load it again.`);
  } else if (isTooLong) {
    say("");
  }
  isTooLong = fragment === null;
  history.replaceState(null, "", location.pathname + location.search + (fragment ?? ""));
}

async function restore() {
  try {
    await begin((await stateOf(location.hash)) ?? {});
  } catch {
    await begin({});
    say("This address has a state that cannot be read, so the page begins with its first sample.");
  }
}

async function begin(state) {
  isKept = false;
  const chosen = samples.find(({ id }) => id === state.sample) ?? samples[0];
  sample = chosen;
  const documents = await documentsOf(sample);
  // Somebody has chosen another one meanwhile.
  if (sample !== chosen) return;
  at("sample").value = sample.id;
  at("now").value = state.now ?? sample.now;
  at("now").value = now();
  choose(state.language ?? (at("language").value || FIRST.language));
  for (const name of ["event", "payload"]) editors[name].text = state[name] ?? documents[name];
  filledIn = null;
  isSent = false;
  say("");
  isKept = true;
  for (const side of ["left", "right"]) tabs[side].show(state[side] ?? open[side]);
}

/** Choose a language, which is offered only once Python says so. */
function choose(tag) {
  const select = at("language");
  if (python === null && tag) select.replaceChildren(languageOf(tag));
  select.value = tag;
  if (!select.value) select.value = FIRST.language;
}

function languageOf(tag) {
  let name = tag;
  try {
    name = new Intl.DisplayNames(tag, { type: "language" }).of(tag);
  } catch {
    // Somebody wrote the address by hand.
  }
  return make("option", { value: tag, lang: tag, textContent: name });
}

// Python

let python = null;
let isStale = false;
let asking = null;

/** Ask Python about what there is now; what changes while it answers is asked about next. */
function ask() {
  isStale = true;
  if (python !== null && asking === null) {
    work(1);
    asking = askAll()
      .catch(({ message }) => say(`Python has stopped (${message}). Load the page again.`))
      .finally(() => {
        asking = null;
        work(-1);
      });
  }
  return asking ?? Promise.resolve();
}

async function askAll() {
  while (isStale) {
    isStale = false;
    const values = filledIn;
    const wanted = [open.left, open.right].flatMap((panel) => DOCUMENTS[panel] ?? []);
    const question = {
      event: editors.event.text,
      payload: editors.payload.text,
      form: values,
      isSent,
      language: at("language").value,
      now: `${now()}:00Z`,
      wanted,
    };
    const answer = await python.call("playground:answer", question);
    // What was typed meanwhile is newer.
    const isNewest = values === filledIn;
    if (values !== null && isNewest) {
      filledIn = null;
      if (answer.payload !== undefined) editors.payload.text = answer.payload;
      keep();
    }
    show(answer, isNewest);
  }
}

async function start() {
  at("sample").replaceChildren(...samples.map(({ id, title }) => make("option", { value: id, textContent: title })));
  await restore();
  if (typeof WebAssembly !== "object") {
    stop("This browser has no WebAssembly, or does not allow it, and the page runs Python by it. A current Firefox, Chrome, Edge or Safari has it.");
    return;
  }
  const loading = new Python(WEBASSEMBLY);
  try {
    at("progress").hidden = false;
    at("loading-text").textContent = "Loading Python …";
    const module = await (await fetch(new URL("playground.py", HERE))).text();
    await loading.load("playground", module, ({ done, total }) => {
      Object.assign(at("progress"), { max: total, value: done });
      const [ready, all] = [done, total].map((bytes) => (bytes / 1e6).toFixed(1));
      at("loading-text").textContent = `Loading Python: ${ready} of ${all} MB`;
    });
    python = loading;
    await ask();
    at("loading").hidden = true;
    // Afterwards, since the sentences of all languages are read for it.
    const tags = await python.call("playground:languages");
    const chosen = at("language").value;
    at("language").replaceChildren(...tags.map(languageOf));
    choose(chosen);
    if (at("language").value !== chosen) changed();
  } catch (error) {
    stop(`Python could not be loaded (${error.message}). These pages have it if they were built with the files of docs/webassembly.`);
  }
}

function stop(text) {
  at("loading").setAttribute("role", "alert");
  at("progress").hidden = true;
  at("loading-text").textContent = text;
}

// What is shown

const shows = {
  page: framed(host("page"), go),
  timetable: framed(host("timetable"), go),
  calendar: calendarIn(host("calendar"), "event.ics", go),
  invitation: calendarIn(host("invitation"), "invitation.ics", go),
};

function show(answer, isNewest) {
  const { findings } = answer;
  for (const [name, editor] of Object.entries(editors)) {
    editor.mark(linesOf(findings, name));
    count(at(`${name}-count`), findings.filter((found) => found.document === name));
  }
  count(at("findings-count"), findings);
  at("findings").replaceChildren(...itemsOf(findings, go));
  const summary = summaryOf(answer);
  // A screen reader says it again otherwise.
  if (at("summary").textContent !== summary) at("summary").textContent = summary;
  at("summary").dataset.state = answer.state === null ? "refused" : "accepted";
  if (answer.form?.text === undefined) {
    if (answer.form) form.replace(missing(answer.form, go));
  } else if (isNewest) {
    form.draw(answer.form.text, answer.style.text, at("language").value);
  }
  for (const [name, put] of Object.entries(shows)) if (answer[name]) put(answer[name]);
}

function count(badge, findings) {
  badge.textContent = findings.length || "";
  badge.dataset.severity = findings.some(({ severity }) => severity === "error") ? "error" : "warning";
}

at("sample").addEventListener("change", () => begin({ sample: at("sample").value }));
at("reset").addEventListener("click", () => begin({ sample: sample.id }));
at("language").addEventListener("change", changed);
at("now").addEventListener("change", changed);
at("share").addEventListener("click", async () => {
  await save();
  if (isTooLong) return;
  try {
    await navigator.clipboard.writeText(location.href);
    say("The link is copied.");
  } catch {
    say("The browser does not let the page copy: the link is the address of the page.");
  }
});
window.addEventListener("hashchange", restore);
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  at("findings-tab").focus();
});
await start();
