// TypeScript's language service, as an editor runs it, over the files of this folder.
import { fileURLToPath } from "node:url";
import ts from "typescript";

/** The path of a file of this folder. */
export const pathOf = (name) => fileURLToPath(new URL(name, import.meta.url));

const { config } = ts.readConfigFile(pathOf("tsconfig.json"), ts.sys.readFile);
const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, ".");

/** @param texts the files to look into, by path: as they are, or as they would be */
export function languageService(texts) {
  const read = (path) => texts[path] ?? ts.sys.readFile(path);
  return ts.createLanguageService({
    getScriptFileNames: () => Object.keys(texts),
    getScriptVersion: () => "1",
    getScriptSnapshot: (path) => {
      const text = read(path);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => process.cwd(),
    getCompilationSettings: () => ({ ...options, noErrorTruncation: true }),
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (path) => path in texts || ts.sys.fileExists(path),
    readFile: read,
  });
}

/** The whole text of a message with its parts. */
export const messageOf = (diagnostic) =>
  ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n");
