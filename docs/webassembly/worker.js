// A module worker that runs Python: "Run" beside the blocks of the docs and the playground talk to it. It reads the files
// beside it, which fetch.py made, and nothing else of the network.
//
// A message is {id, kind, ...}; its answers have the same id, and the last one has `result` or `error` (a text):
//   load   {wheels: ["core", "docs"]}                  progress {done, total} in bytes; result {python}
//   write  {path, data}                                writes a text or bytes to a file of the working folder
//   run    {code, line, name}                          output {stream: "stdout" | "stderr", text};
//                                                      result {error: traceback or null, files: [{path, data}]} written
//   call   {function: "module:function", arguments}    result what a Python function returns, both by JSON
// Messages are worked off one after another, each in the order in which it came. `load` comes first; what it has loaded
// is not loaded again. All code that runs shares its names, and a module that was written can be imported.
//
// Node imports the function `start`, so that what the gates run is what readers run.

const PRELUDE = `
import contextlib, io, json, importlib, linecache, os, sys, traceback

class _Page:
    """What is run shares these names, as at a prompt."""

    def __init__(self):
        self.names = {"__name__": "__main__"}
        os.makedirs("/home/page", exist_ok=True)
        os.chdir("/home/page")
        sys.path.insert(0, "/home/page")
        self.seen = self.files()

    def files(self):
        return {
            os.path.relpath(path): (os.stat(path).st_mtime_ns, os.stat(path).st_size)
            for folder, _, names in os.walk(".") for path in (os.path.join(folder, each) for each in names)
            if "__pycache__" not in path
        }

    def run(self, code, line, name):
        """Run code, and return its traceback, or None, and the files that it wrote."""
        text = "\\n" * line + code
        linecache.cache[name] = (len(text), None, text.splitlines(True), name)
        failure = None
        try:
            exec(compile(text, name, "exec", dont_inherit=True), self.names)
        except BaseException as error:
            below = error.__traceback__.tb_next
            failure = "".join(traceback.format_exception(type(error), error, below))
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
        now = self.files()
        written = [path for path, state in now.items() if self.seen.get(path) != state]
        self.seen = now
        return json.dumps([failure, sorted(written)])

    def written(self):
        self.seen = self.files()
        importlib.invalidate_caches()

    @staticmethod
    def call(function, arguments):
        """Call a function with JSON, and return JSON."""
        module, _, name = function.partition(":")
        found = importlib.import_module(module)
        return json.dumps(getattr(found, name)(*json.loads(arguments)), ensure_ascii=False)

_Page()
`;

/** Start Python with the files at `base`, a URL; `read` reads one as an ArrayBuffer. */
export async function start(base, read, progress = () => {}) {
  const text = (buffer) => new TextDecoder().decode(buffer);
  const manifest = JSON.parse(text(await read(new URL("manifest.json", base))));
  const { loadPyodide } = await import(new URL(`${manifest.pyodide}/pyodide.mjs`, base));
  const folder = new URL(`${manifest.pyodide}/`, base);
  const python = await loadPyodide({
    indexURL: folder.protocol === "file:" ? decodeURIComponent(folder.pathname) : folder.href,
    // Its own list of packages is of those on a server that this page does not ask.
    lockFileContents: { info: manifest.info, packages: {} },
    packageBaseUrl: folder.href,
    env: { HOME: "/home/page" },
  });
  const size = (path) => manifest.bytes[path] ?? 0;
  const ofPyodide = Object.keys(manifest.bytes).filter((path) => path.startsWith(`${manifest.pyodide}/`));
  const loaded = new Set();
  const packages = python.runPython("import site; site.getsitepackages()[0]");
  let page;
  let output = () => {};
  for (const [stream, set] of [["stdout", "setStdout"], ["stderr", "setStderr"]]) {
    const decoder = new TextDecoder();
    python[set]({
      write(bytes) {
        output({ stream, text: decoder.decode(bytes, { stream: true }) });
        return bytes.length;
      },
    });
  }

  return {
    python,
    /** Unpack the wheels of some parts of the manifest. */
    async load(parts, report = progress) {
      const wheels = parts.flatMap((part) => manifest[part]).filter((name) => !loaded.has(name));
      const paths = wheels.map((name) => `wheels/${name}`);
      const total = [...ofPyodide, ...paths].reduce((sum, path) => sum + size(path), 0);
      let done = ofPyodide.reduce((sum, path) => sum + size(path), 0);
      report({ done, total });
      await Promise.all(
        paths.map(async (path, index) => {
          const data = await read(new URL(path, base));
          python.unpackArchive(data, "wheel", { extractDir: packages });
          loaded.add(wheels[index]);
          done += size(path);
          report({ done, total });
        })
      );
      page ??= python.runPython(PRELUDE);
      return { python: python.runPython("import platform; platform.python_version()") };
    },
    write(path, data) {
      const parts = path.split("/");
      if (parts.length > 1) python.FS.mkdirTree(`/home/page/${parts.slice(0, -1).join("/")}`);
      python.FS.writeFile(`/home/page/${path}`, typeof data === "string" ? data : new Uint8Array(data));
      page.written();
      return null;
    },
    run(code, line, name, write) {
      output = write;
      try {
        const [error, files] = JSON.parse(page.run(code, line, name));
        return { error, files: files.map((path) => ({ path, data: python.FS.readFile(`/home/page/${path}`) })) };
      } finally {
        output = () => {};
      }
    },
    call(name, values) {
      return JSON.parse(page.call(name, JSON.stringify(values)));
    },
  };
}

async function fetched(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url.pathname} answers ${answer.status}`);
  return answer.arrayBuffer();
}

if (typeof WorkerGlobalScope !== "undefined") {
  let session;
  let last = Promise.resolve();
  const answers = {
    async load({ wheels = ["core"] }, answer) {
      const report = (progress) => answer({ progress });
      session ??= start(new URL(".", import.meta.url), fetched);
      return (await session).load(wheels, report);
    },
    async write({ path, data }) {
      return (await session).write(path, data);
    },
    async run({ code, line = 0, name = "page" }, answer) {
      return (await session).run(code, line, name, (output) => answer({ output }));
    },
    async call({ function: name, arguments: values = [] }) {
      return (await session).call(name, values);
    },
  };
  self.onmessage = ({ data }) => {
    const answer = (message) => self.postMessage({ id: data.id, ...message });
    last = last
      .then(() => answers[data.kind](data, answer))
      .then((result) => answer({ result }), (error) => answer({ error: String(error.message ?? error) }));
  };
}
