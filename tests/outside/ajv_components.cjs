// Reads {components, documents} as JSON, schemas and documents by name, and prints a line for each name of documents: 1
// for one that ajv accepts by the schema of that name, else 0.
const Ajv = require("ajv/dist/2020");
const addFormats = require("ajv-formats");

const { components, documents } = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
// In strict mode ajv refuses a schema with a word or a format that it does not know.
const ajv = addFormats(new Ajv({ strict: true, strictRequired: false }));
ajv.addVocabulary(["components"]);
ajv.addSchema({ $id: "service", components: { schemas: components } });
for (const [name, each] of Object.entries(documents)) {
  const accepts = ajv.getSchema(`service#/components/schemas/${name}`);
  console.log(each.map((document) => (accepts(document) ? "1" : "0")).join(""));
}
