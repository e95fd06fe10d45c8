// Makes the documents that are shipped with the page, in build/page/docs: the guides, the reference of the
// package (TypeDoc) and that of the C++ headers. What is missing in them is told here and fails a test,
// tests/docs/site.test.mjs, but not the build: a page without one comment is still a page.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { Application, ConsoleLogger, LogLevel } from "typedoc";
import { cppReference } from "./cpp-reference.mjs";

const root = new URL("../../", import.meta.url);
const generated = new URL("build/docs/", root);
const site = new URL("build/page/docs/", root);

/** Writes the style sheet, with the page's tokens in front; gives the fonts that it names. */
function writeStyle() {
  const read = (path) => readFileSync(new URL(path, root), "utf8");
  const fonts = [];
  const tokens = read("web/src/styles/tokens.css").replace(/url\("(@[^"]+)"\)/g, (_, path) => {
    fonts.push(path);
    return `url("./${basename(path)}")`;
  });
  writeFileSync(new URL("style.css", generated), tokens + read("web/docs/style.css"));
  return fonts;
}

/** The colours of the highlighter's two themes, as those of the page. */
const colours = {
  keyword: ["#D73A49", "#F97583"],
  string: ["#032F62", "#9ECBFF", "#DBEDFF"],
  number: ["#005CC5", "#79B8FF"],
  type: ["#E36209", "#FFAB70", "#22863A", "#85E89D"],
  call: ["#6F42C1", "#B392F0"],
  ink: ["#24292E", "#E1E4E8"],
  "ink-soft": ["#6A737D", "#6A737D"],
};

/** TypeDoc writes the colours of code into a style sheet of their own. */
function recolour(warn) {
  const file = new URL("assets/highlight.css", site);
  let text = readFileSync(file, "utf8");
  for (const [token, hexes] of Object.entries(colours))
    for (const hex of hexes) text = text.replaceAll(hex, `var(--${token})`);
  const [unknown] = /-hl-\d+: #\w+/.exec(text) ?? [];
  if (unknown) warn(`web/docs/build.mjs has no colour for ${unknown}`);
  writeFileSync(file, text);
}

function writeCppReference(warn) {
  const pages = cppReference(new URL("core/", root), warn).map(({ title, markdown }) => {
    const name = `${title.toLowerCase().replaceAll(" ", "-")}.md`;
    writeFileSync(new URL(name, generated), `# ${title}\n\n${markdown}`);
    return { title, name };
  });
  const children = pages.map(({ name }) => `  - ./${name}`).join("\n");
  const list = pages.map(({ title, name }) => `- [${title}](./${name})`).join("\n");
  const text = `The public headers of \`core/\`, without what is inside of them.\n\n${list}\n`;
  writeFileSync(
    new URL("cpp.md", generated),
    `---\nchildren:\n${children}\n---\n\n# C++ reference\n\n${text}`,
  );
}

/** Keeps what it warns of. */
class Notes extends ConsoleLogger {
  warnings = [];

  log(message, level) {
    // Parts of types without a name belong to a declaration, which has its comment.
    if (/(\.__type\b|\(TypeParameter\)).* does not have any documentation/.test(message)) return;
    if (level >= LogLevel.Warn) this.warnings.push(message);
    super.log(message, level);
  }
}

mkdirSync(generated, { recursive: true });
const options = fileURLToPath(new URL("typedoc.json", import.meta.url));
const app = await Application.bootstrapWithPlugins({ options });
app.logger = new Notes();
app.logger.level = LogLevel.Warn;
const warn = (message) => app.logger.warn(message);
writeCppReference(warn);
const fonts = writeStyle();
const project = await app.convert();
if (!project) throw new Error("TypeDoc could not read the sources");
app.validate(project);
await app.generateOutputs(project);
recolour(warn);
for (const font of fonts)
  cpSync(new URL(`node_modules/${font}`, root), new URL(`assets/${basename(font)}`, site));
writeFileSync(new URL("warnings.txt", generated), app.logger.warnings.join("\n"));
if (app.logger.hasErrors()) process.exitCode = 1;
