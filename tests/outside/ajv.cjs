// Reads {schema, document, places, values} as JSON, puts each value in each place of the document, and prints one line
// for each place: 1 where ajv accepts the document and 0 where it does not.
const Ajv = require("ajv/dist/2020").default;

const { schema, document, places, values } = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
// Formats are annotations in JSON Schema 2020-12; what must hold everywhere is in types, lengths and patterns.
const accepts = new Ajv({ strict: true, strictRequired: false, validateFormats: false, discriminator: false }).compile(schema);

console.log(accepts(document) ? "1" : "0");
for (const place of places) {
  let verdicts = "";
  for (const value of values) {
    const changed = structuredClone(document);
    let inner = changed;
    for (const step of place.slice(0, -1)) inner = inner[step];
    inner[place.at(-1)] = value;
    verdicts += accepts(changed) ? "1" : "0";
  }
  console.log(verdicts);
}
