// Prints what is wrong in style sheets, a line each: node css.mjs <folder of node_modules> <file>...
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [place, ...files] = process.argv.slice(2);
const { fork, generate, parse, walk } = createRequire(`${place}/`)("css-tree");

// Newer than css-tree's own list; an entry goes when the list has it.
const { lexer } = fork({
  properties: {
    "text-autospace": "normal | auto | no-autospace | [ ideograph-alpha || ideograph-numeric || punctuation ]",
    "text-spacing-trim": "space-all | normal | space-first | trim-start | trim-both | trim-all | auto",
    "word-break": "normal | break-all | keep-all | manual | auto-phrase | break-word",
  },
});

// A value with var() cannot be matched: each variable's first value (or the fallback) is put in its place.
function filled(text, variables, depth = 0) {
  const known = text.replaceAll(/var\(\s*(--[\w-]+)\s*(?:,((?:[^()]|\([^()]*\))*))?\)/g, (whole, name, fallback) => {
    const value = variables.get(name) ?? fallback;
    if (value === undefined) throw new Error(`there is no ${name}`);
    return value;
  });
  return known.includes("var(") && depth < 9 ? filled(known, variables, depth + 1) : known;
}

function wrong(node, variables) {
  try {
    const value = filled(generate(node.value), variables);
    return lexer.matchProperty(node.property, parse(value, { context: "value" })).error?.message.split("\n")[0];
  } catch (error) {
    return error.message;
  }
}

const trees = new Map();
const variables = new Map();
const tell = (file, where, what) => console.log(`${file}:${where?.line ?? 1}:${where?.column ?? 1}: ${what}`);

for (const file of files) {
  const onParseError = error => tell(file, error, error.message);
  trees.set(file, parse(readFileSync(file, "utf8"), { positions: true, onParseError }));
  walk(trees.get(file), node => {
    if (node.type !== "Declaration" || !node.property.startsWith("--") || variables.has(node.property)) return;
    variables.set(node.property, generate(node.value));
  });
}
for (const [file, tree] of trees) {
  walk(tree, function (node) {
    if (node.type === "Declaration" && !node.property.startsWith("--") && !this.atrule?.name.endsWith("font-face")) {
      const problem = wrong(node, variables);
      if (problem) tell(file, node.loc.start, `${node.property}: ${generate(node.value)}: ${problem}`);
    }
    if (node.type === "Atrule") {
      const { error } = lexer.matchAtrulePrelude(node.name, node.prelude);
      if (error) tell(file, node.loc.start, `@${node.name}: ${error.message.split("\n")[0]}`);
    }
  });
}
