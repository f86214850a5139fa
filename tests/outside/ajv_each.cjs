// Reads a list of {schema, documents} as JSON and prints a line for each: 1 for a document that ajv accepts, else 0.
const Ajv = require("ajv/dist/2020");
const addFormats = require("ajv-formats");

for (const { schema, documents } of JSON.parse(require("node:fs").readFileSync(0, "utf8"))) {
  // In strict mode ajv refuses a schema with a word or a format that it does not know. Without ownProperties, an answer
  // to a question `constructor` is there before anybody gives one: every object inherits that name.
  const accepts = addFormats(new Ajv({ strict: true, strictRequired: false, ownProperties: true })).compile(schema);
  console.log(documents.map((each) => (accepts(each) ? "1" : "0")).join(""));
}
