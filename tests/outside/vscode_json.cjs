// Reads {address, text, schemas} as JSON: a document, and the settings json.schemas. Prints the line of each mistake that
// the language service of VS Code finds in the document, and its message, as JSON.
const { getLanguageService, TextDocument } = require("vscode-json-languageservice");
const { readFileSync } = require("node:fs");
const { fileURLToPath } = require("node:url");

const { address, text, schemas } = JSON.parse(readFileSync(0, "utf8"));
const service = getLanguageService({
  schemaRequestService: async (schema) => readFileSync(fileURLToPath(schema), "utf8"),
  workspaceContext: { resolveRelativePath: (path, from) => new URL(path, from).href },
});
service.configure({ validate: true, schemas });
const document = TextDocument.create(address, "json", 1, text);
service.doValidation(document, service.parseJSONDocument(document)).then((found) => {
  console.log(JSON.stringify(found.map(({ range, message }) => [range.start.line + 1, message])));
});
