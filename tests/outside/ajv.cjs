// Reads {schema, document, places, values, documents} as JSON and prints a line of verdicts, 1 where ajv accepts and 0
// where it does not: on the document itself, for each place on the document with each value in that place, and on the
// other documents.
const Ajv = require("ajv/dist/2020");
const addFormats = require("ajv-formats");

const { schema, document, places, values, documents } = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
// In strict mode ajv refuses a schema with a word or a format that it does not know.
const accepts = addFormats(new Ajv({ strict: true, strictRequired: false })).compile(schema);
const verdict = (each) => (accepts(each) ? "1" : "0");

console.log(verdict(document));
for (const place of places) {
  let verdicts = "";
  for (const value of values) {
    const changed = structuredClone(document);
    let inner = changed;
    for (const step of place.slice(0, -1)) inner = inner[step];
    inner[place.at(-1)] = value;
    verdicts += verdict(changed);
  }
  console.log(verdicts);
}
console.log(documents.map(verdict).join(""));
