// Runs the Python of pages in WebAssembly. Reads {site, pages: [{page, steps: [{path, text} | {code, line}]}]} as
// JSON; site is the folder that docs/webassembly/fetch.py made. Prints as JSON what each code of each page printed and the
// traceback that ended it, or null; and the modules, each with its wheel, that nothing imported.
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";

// The line of its code that Node would show has a megabyte.
process.on("uncaughtException", (error) => {
  console.error(error.message);
  process.exit(1);
});
const { site, pages } = JSON.parse(readFileSync(0, "utf8"));
const base = pathToFileURL(`${site}/`);
const { start } = await import(new URL("worker.js", base));
// A Buffer is a part of a larger one.
const alone = (buffer) => new Uint8Array(buffer).buffer;
const session = await start(base, async (url) => alone(await readFile(url)), (url) => alone(readFileSync(url)));
const fresh = session.python.runPython(`
import os, shutil, sys
path = [*sys.path]
def fresh(page):
    """Begin as a reader who opens another page."""
    for each in os.listdir():
        shutil.rmtree(each) if os.path.isdir(each) else os.unlink(each)
    for name, module in [*sys.modules.items()]:
        if (getattr(module, "__file__", None) or "").startswith(os.getcwd()):
            del sys.modules[name]
    sys.path[:] = path
    page.names.clear()
    page.names["__name__"] = "__main__"
fresh
`);

const shown = [];
for (const { page, steps } of pages) {
  const began = process.cpuUsage();
  fresh(session.page);
  await session.files("docs.zip");
  const results = [];
  for (const { path, text, code, line, exempt } of steps) {
    if (path) {
      session.write(path, text);
      continue;
    }
    // In a browser, what is exempt does not run: nothing may need the names that it defined before it failed.
    const names = exempt?.length ? session.page.names.copy() : undefined;
    let printed = "";
    const { error } = session.run(code, line, page, ({ stream, text }) => { if (stream === "stdout") printed += text; });
    if (names) session.page.names = names;
    results.push({ line, printed, error });
  }
  const { user, system } = process.cpuUsage(began);
  shown.push({ page, results, seconds: (user + system) / 1e6 });
}
console.log(JSON.stringify({ shown, unused: session.page.modules.toJs({ dict_converter: Object.fromEntries }) }));
