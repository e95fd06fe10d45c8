import ts from "typescript";
import { Host, type Declarations } from "./host.js";
import type {
  Completion,
  FromTypes,
  Hover,
  Part,
  Signature,
  Span,
  ToTypes,
  TypeMethods,
  TypeProblem,
} from "./protocol.js";

/** TypeScript's own severity numbers in the editor's words. */
const severities = {
  [ts.DiagnosticCategory.Error]: "error",
  [ts.DiagnosticCategory.Warning]: "warning",
  [ts.DiagnosticCategory.Suggestion]: "info",
  [ts.DiagnosticCategory.Message]: "info",
} as const;

/** How code is formatted: as the lessons of the page are. */
const style: ts.FormatCodeSettings = {
  ...ts.getDefaultFormatCodeSettings("\n"),
  indentSize: 2,
  tabSize: 2,
  semicolons: ts.SemicolonPreference.Ignore,
};

/** Members of what may be undefined are proposed, too, with `?.`. */
const proposed: ts.UserPreferences = { includeCompletionsWithInsertText: true };

const full = (path: string): string => `/${path}`;

const spanOf = (path: string, { start, length }: ts.TextSpan): Span => ({
  path: path.slice(1),
  from: start,
  to: start + length,
});

const hoverOf = (span: Span, info: ts.QuickInfo | ts.CompletionEntryDetails): Hover => ({
  ...span,
  parts: (info.displayParts ?? []).map(({ text, kind }): Part => ({ text, kind })),
  documentation: ts.displayPartsToString(info.documentation),
});

function problemOf(path: string, diagnostic: ts.Diagnostic): TypeProblem {
  const { start = 0, length = 0, messageText, category } = diagnostic;
  return {
    ...spanOf(path, { start, length }),
    message: ts.flattenDiagnosticMessageText(messageText, "\n"),
    severity: severities[category],
  };
}

const completionOf = ({
  name,
  kind,
  sortText,
  insertText,
  replacementSpan,
}: ts.CompletionEntry): Completion => ({
  label: name,
  kind,
  sortText,
  ...(insertText !== undefined && { insert: insertText }),
  ...(replacementSpan && { from: replacementSpan.start }),
});

function signatureOf(help: ts.SignatureHelpItems): Signature | undefined {
  const item = help.items[help.selectedItemIndex];
  if (!item) return undefined;
  const text = ts.displayPartsToString;
  const separator = text(item.separatorDisplayParts);
  return {
    before: text(item.prefixDisplayParts),
    parameters: item.parameters.map(
      ({ displayParts }, index) => (index > 0 ? separator : "") + text(displayParts),
    ),
    after: text(item.suffixDisplayParts),
    active: help.argumentIndex,
    documentation: text(item.documentation),
  };
}

/** Answers what the page asks, about the files it was given last. */
function methodsOf(host: Host): TypeMethods {
  const service = ts.createLanguageService(host);
  const isOwn = (name: string): boolean => host.paths.includes(name.slice(1));
  return {
    check: () =>
      host.paths.map(full).flatMap((name) => {
        const found = [service.getSyntacticDiagnostics(name), service.getSemanticDiagnostics(name)];
        return found.flat().map((diagnostic) => problemOf(name, diagnostic));
      }),
    hover: (path, offset) => {
      const info = service.getQuickInfoAtPosition(full(path), offset);
      return info && hoverOf(spanOf(full(path), info.textSpan), info);
    },
    complete: (path, offset) => {
      const found = service.getCompletionsAtPosition(full(path), offset, proposed);
      return found && { items: found.entries.map(completionOf) };
    },
    describe: (path, offset, name) => {
      const all = undefined;
      const details = service.getCompletionEntryDetails(
        full(path),
        offset,
        name,
        all,
        all,
        proposed,
        all,
      );
      return details && hoverOf({ path, from: offset, to: offset }, details);
    },
    signature: (path, offset) => {
      const help = service.getSignatureHelpItems(full(path), offset, undefined);
      return help && signatureOf(help);
    },
    define: (path, offset) => {
      const found = service.getDefinitionAtPosition(full(path), offset) ?? [];
      const own = found.find(({ fileName }) => isOwn(fileName));
      return own && spanOf(own.fileName, own.textSpan);
    },
    rename: (path, offset) => {
      if (!service.getRenameInfo(full(path), offset, {}).canRename) return [];
      const found = service.findRenameLocations(full(path), offset, false, false, {}) ?? [];
      const own = found.every(({ fileName }) => isOwn(fileName));
      return own ? found.map(({ fileName, textSpan }) => spanOf(fileName, textSpan)) : [];
    },
    format: (path) =>
      service
        .getFormattingEditsForDocument(full(path), style)
        .map(({ span, newText }) => ({ ...spanOf(full(path), span), text: newText })),
  };
}

let ready: Promise<{ readonly host: Host; readonly methods: TypeMethods }>;

async function start(url: string): Promise<Awaited<typeof ready>> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  const host = new Host((await response.json()) as Declarations);
  return { host, methods: methodsOf(host) };
}

type Ask = Extract<ToTypes, { readonly id: number }>;

const post = (message: FromTypes): void => self.postMessage(message);
let lastCheck = 0;

self.addEventListener("message", ({ data }: MessageEvent<ToTypes>) => {
  if ("declarations" in data) {
    ready = start(data.declarations);
    ready.catch((error: unknown) => post({ failed: String(error) }));
    return;
  }
  if ("files" in data) return void ready.then(({ host }) => host.update(data.files), ignore);
  if (data.method === "check") lastCheck = data.id;
  void ready.then(({ methods }) => answer(methods, data), ignore);
});

/** That the service cannot start was said once. */
const ignore = (): void => undefined;

/** What waits already goes before a check, which takes longest and gives way to a newer one. */
function answer(methods: TypeMethods, ask: Ask): void {
  if (ask.method !== "check") return post({ id: ask.id, value: valueOf(methods, ask) });
  setTimeout(() => {
    const value = ask.id === lastCheck ? valueOf(methods, ask) : undefined;
    post({ id: ask.id, value });
  });
}

/** What TypeScript fails on has no answer; the next question may have one. */
function valueOf(methods: TypeMethods, { method, args }: Ask): unknown {
  try {
    return (methods[method] as (...args: readonly unknown[]) => unknown)(...args);
  } catch (error) {
    console.warn(`TypeScript failed (${method}):`, error);
    return undefined;
  }
}
