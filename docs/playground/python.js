// Python in its worker: it is loaded once, and answers one question after another.

export class Python {
  #worker;
  #asked = new Map();
  #last = 0;

  /** Start the worker in a folder. */
  constructor(folder) {
    this.#worker = new Worker(new URL("worker.js", folder), { type: "module" });
    this.#worker.onmessage = ({ data }) => {
      const { resolve, reject, report } = this.#asked.get(data.id);
      if (data.progress) return report(data.progress);
      this.#asked.delete(data.id);
      if (data.error === undefined) resolve(data.result);
      else reject(new Error(data.error));
    };
    this.#worker.onerror = (event) => {
      event.preventDefault();
      const error = new Error(event.message ?? "its worker is missing");
      for (const { reject } of this.#asked.values()) reject(error);
    };
  }

  #ask(message, report = () => {}) {
    const id = (this.#last += 1);
    return new Promise((resolve, reject) => {
      this.#asked.set(id, { resolve, reject, report });
      this.#worker.postMessage({ id, ...message });
    });
  }

  /** Load Python, the package, and a module from the text of its file. */
  async load(name, text, report) {
    await this.#ask({ kind: "load" }, report);
    await this.#ask({ kind: "write", path: `${name}.py`, data: text });
  }

  /** Return what a function returns, by its module and name. */
  call(name, ...values) {
    return this.#ask({ kind: "call", function: name, arguments: values });
  }
}
