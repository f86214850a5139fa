// Reads {schema, documents} as JSON, and prints the indices of the documents that ajv refuses by the schema, which is of
// draft 6 and has words of its own.
const Ajv = require("ajv");
const addFormats = require("ajv-formats");

const { schema, documents } = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
const ajv = addFormats(new Ajv({ strict: false }));
ajv.addMetaSchema(require("ajv/dist/refs/json-schema-draft-06.json"));
const accepts = ajv.compile(schema);
console.log(JSON.stringify(documents.flatMap((each, index) => (accepts(each) ? [] : [index]))));
