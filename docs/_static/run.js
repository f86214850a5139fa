// "Run" below each block of Python: runs the blocks above it that have not run yet, then the block itself, in a worker of
// this page, and shows what each printed. docs/webassembly/run_blocks.py marks the blocks; without it nothing is here.

const place = new URL("../webassembly/", document.currentScript.src);
const steps = [...document.querySelectorAll("[data-file], [data-run]")].map((box, index) => ({
  box,
  index,
  file: box.dataset.file,
  code: box.querySelector("pre").textContent,
  done: false,
}));

let worker;
let last = 0;
const waiting = new Map();

function start() {
  worker = new Worker(new URL("worker.js", place), { type: "module" });
  worker.onmessage = ({ data }) => {
    const { resolve, reject, hear } = waiting.get(data.id);
    if ("result" in data || "error" in data) {
      waiting.delete(data.id);
      if ("error" in data) reject(new Error(data.error));
      else resolve(data.result);
    } else hear(data);
  };
  // The next attempt begins anew.
  worker.onerror = () => {
    for (const { reject } of waiting.values()) reject(new Error("Python cannot be started here."));
    waiting.clear();
    worker = undefined;
  };
}

function ask(message, hear = () => {}) {
  if (!worker) start();
  last += 1;
  return new Promise((resolve, reject) => {
    waiting.set(last, { resolve, reject, hear });
    worker.postMessage({ id: last, ...message });
  });
}

const element = (name, properties) => Object.assign(document.createElement(name), properties);

/** Write a file or run a block; returns whether it succeeded. */
async function perform(step) {
  if (step.file) {
    await ask({ kind: "write", path: step.file, data: step.code });
    step.done = true;
    return true;
  }
  step.shown.replaceChildren();
  step.files.replaceChildren();
  const show = (text, error) => {
    step.shown.hidden = false;
    step.shown.append(element("span", { textContent: text, className: error ? "run-error" : "" }));
  };
  const { error, files } = await ask({ kind: "run", code: step.code, name: step.name }, ({ output }) =>
    show(output.text, output.stream === "stderr")
  );
  if (error) show(error, true);
  for (const { path, data } of files) {
    const href = URL.createObjectURL(new Blob([data]));
    step.files.append(element("a", { href, download: path.split("/").pop(), textContent: `Save ${path}` }));
  }
  step.shown.hidden = !step.shown.hasChildNodes();
  step.done = !error;
  return step.done;
}

async function run(step) {
  const say = (text) => { step.status.textContent = text; };
  const megabytes = (bytes) => (bytes / 1e6).toFixed(1);
  try {
    say("Loading Python …");
    await ask({ kind: "load", files: "docs.zip" }, ({ progress: { done, total } }) =>
      say(`Loading Python: ${megabytes(done)} of ${megabytes(total)} MB`)
    );
    const above = steps.slice(0, step.index).filter((each) => !each.done);
    for (const each of [...above, step]) {
      say(each === step ? "Running …" : `Running ${each.name} …`);
      if (!(await perform(each))) {
        say(each === step ? "It ended with an error." : `${each.name} ended with an error.`);
        return;
      }
    }
    say(step.shown.hidden ? "It ran, and printed nothing." : "");
  } catch (error) {
    say(error.message);
  } finally {
    step.button.ariaDisabled = null;
  }
}

let before = Promise.resolve();
let number = 0;
for (const step of steps) {
  if (step.file) continue;
  number += 1;
  step.name = `Block ${number}`;
  step.button = element("button", { type: "button", textContent: "Run", ariaLabel: `Run block ${number}` });
  step.status = element("span", { role: "status" });
  step.shown = element("pre", { className: "run-output", hidden: true, tabIndex: 0, ariaLabel: `What block ${number} printed`, role: "region" });
  step.files = element("span", { className: "run-files" });
  step.button.onclick = () => {
    if (step.button.ariaDisabled) return;
    // One that is `disabled` would lose the focus.
    step.button.ariaDisabled = "true";
    before = before.then(() => run(step));
  };
  const bar = element("div", { className: "run-bar" });
  bar.append(step.button, step.status, step.files);
  step.box.append(bar, step.shown);
}
