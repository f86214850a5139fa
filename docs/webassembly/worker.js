// A module worker that runs Python: "Run" beside the blocks of the docs and the playground talk to it. It reads the files
// beside it, which fetch.py made, and nothing else of the network.
//
// A message is {id, kind, ...}; its answers have the same id, and the last one has `result` or `error` (a text):
//   load   {files: name of an archive, if any}         progress {done, total} in bytes; result {python: version}
//   write  {path, data}                                writes a text or bytes to a file of the working folder
//   run    {code, line, name}                          output {stream: "stdout" | "stderr", text};
//                                                      result {error: traceback or null, files: [{path, data}]} written
//   call   {function: "module:function", arguments}    result what a Python function returns, both by JSON
// Messages are worked off one after another, in the order in which they came; `load` comes first. Further wheels are
// fetched when their modules are imported. All code that runs shares its names, and a module that was written can be
// imported.
//
// Node imports the function `start`, so that what the gates run is what readers run.

/**
 * Start Python with the files at `base`, a URL. `read` promises one of them as an ArrayBuffer, `readNow` waits for it, and
 * `report` hears how many bytes of how many are there. The wheels of `core` are unpacked, the others when they are imported.
 */
export async function start(base, read, readNow, report = () => {}) {
  const text = async (name) => new TextDecoder().decode(await read(new URL(name, base)));
  const manifest = JSON.parse(await text("manifest.json"));
  const wheel = (name) => new URL(`wheels/${name}`, base);
  const runtime = Object.entries(manifest.bytes).filter(([path]) => path.startsWith(`${manifest.pyodide}/`));
  const total = [...runtime, ...manifest.core.map((name) => [name, manifest.bytes[`wheels/${name}`]])];
  let done = 0;
  const arrived = (bytes) => {
    done += bytes;
    report({ done, total: total.reduce((sum, [, size]) => sum + size, 0) });
  };
  arrived(0);
  const core = manifest.core.map(async (name) => {
    const data = await read(wheel(name));
    arrived(data.byteLength);
    return data;
  });
  const folder = new URL(`${manifest.pyodide}/`, base);
  const { loadPyodide } = await import(new URL("pyodide.mjs", folder));
  const python = await loadPyodide({
    indexURL: folder.protocol === "file:" ? decodeURIComponent(folder.pathname) : folder.href,
    // Its own list of packages is of those on a server that this page does not ask.
    lockFileContents: { info: manifest.info, packages: {} },
    packageBaseUrl: folder.href,
    // Where CI is set, Hypothesis draws the same examples each time, however slow a machine is.
    env: { HOME: "/page", CI: "true" },
  });
  arrived(runtime.reduce((sum, [, size]) => sum + size, 0));

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
  const packages = python.runPython("import site; site.getsitepackages()[0]");
  const unpack = (data) => python.unpackArchive(data, "wheel", { extractDir: packages });
  for (const data of await Promise.all(core)) unpack(data);
  for (const name of ["page", "one_thread"]) python.FS.writeFile(`${packages}/${name}.py`, await text(`${name}.py`));
  const page = python.pyimport("page").Page(python.toPy(manifest.modules), (name) => unpack(readNow(wheel(name))));

  return {
    /** Pyodide. */
    python,
    page,
    version: manifest.info.python,
    /** Unpack an archive at `base` into the folder of the page. */
    async files(name) {
      page.write_archive(python.toPy(new Uint8Array(await read(new URL(name, base)))));
    },
    write(path, data) {
      page.write(path, python.toPy(typeof data === "string" ? new TextEncoder().encode(data) : data));
      return null;
    },
    run(code, line, name, write) {
      output = write;
      try {
        const [error, files] = JSON.parse(page.run(code, line, name));
        return { error, files: files.map((path) => ({ path, data: python.FS.readFile(path) })) };
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

function fetchedNow(url) {
  const request = new XMLHttpRequest();
  request.open("GET", url, false);
  request.responseType = "arraybuffer";
  request.send();
  if (request.status !== 200) throw new Error(`${url.pathname} answers ${request.status}`);
  return request.response;
}

if (typeof WorkerGlobalScope !== "undefined") {
  let session;
  let last = Promise.resolve();
  const answers = {
    async load({ files }, answer) {
      session ??= start(new URL(".", import.meta.url), fetched, fetchedNow, (progress) => answer({ progress }));
      if (files) await (await session).files(files);
      return { python: (await session).version };
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
