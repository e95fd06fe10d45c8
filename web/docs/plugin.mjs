// What TypeDoc does not know of our sources.
import {
  Comment,
  CommentTag,
  Converter,
  KindRouter,
  PageEvent,
  ReflectionKind,
  TypeScript as ts,
} from "typedoc";

/** Members for the type system and the machinery: `_`, and those under symbols. */
const isInside = ({ name }) => name === "_" || name.startsWith("[");

/** What is behind names that lead to another one. */
const behind = (symbol, checker) =>
  symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;

/** The declaration whose comment is also about this one: `{ A }` of a pattern or an object. */
function namedBy(declaration, checker) {
  if (ts.isBindingElement(declaration)) return declaration;
  const symbol = ts.isShorthandPropertyAssignment(declaration)
    ? checker.getShorthandAssignmentValueSymbol(declaration)
    : ts.isPropertyAssignment(declaration) && checker.getSymbolAtLocation(declaration.initializer);
  return symbol ? behind(symbol, checker).valueDeclaration : undefined;
}

function borrowedComment(context, reflection) {
  const declaration = context.getSymbolFromReflection(reflection)?.declarations?.[0];
  const named = declaration && namedBy(declaration, context.checker);
  const statement = named && ts.findAncestor(named, ts.isStatement);
  const doc = statement && ts.getJSDocCommentsAndTags(statement)[0];
  return doc && new Comment([{ kind: "text", text: ts.getTextOfJSDocComment(doc.comment) }]);
}

/** What the exports of a module are about, by the folder or file that they come from. */
const topics = [
  [/base\/|query\/select-types/, "Errors"],
  [/validators\/|src\/(zod|valibot)\.ts$/, "Validation"],
  [/engine\/|drivers\/|wasm\/src\/[\w-]+\.ts$|query\/(drizzle|database|replicas)\.ts/, "Databases"],
  [/migrat/, "Migrations"],
  [/relation|query\/drizzle-types/, "Relations"],
  [/expr\/(operators|arrays|order|helpers)/, "Operators"],
  [/expr\/|ast\/(tree|value)|query\/parameters/, "Expressions"],
  [/ast\/trace|query\/(observe|logger)/, "Seeing what runs"],
  [/-kinds/, "Classes of columns"],
  [/view/, "Views"],
  [/constraints|pg-index|pg-policy/, "Indexes and constraints"],
  [/column|custom-type|schema\/pg-(builder|enum|dates|numbers|shapes|texts)/, "Columns"],
  [/schema\/|casing|pg-objects/, "Tables"],
  [/query\//, "Queries"],
];

/** Says of an export of a module which topic it belongs to. */
function addTopic(app, context, reflection) {
  const isModule = reflection.kindOf(ReflectionKind.Module);
  if (!isModule && !reflection.parent?.kindOf(ReflectionKind.Module)) return;
  const symbol = behind(context.getSymbolFromReflection(reflection), context.checker);
  const [file] = /wasm\/src\/.*/.exec(symbol?.declarations?.[0].getSourceFile().fileName) ?? [];
  const topic = isModule ? "Reference" : topics.find(([pattern]) => pattern.test(file))?.[1];
  if (topic === undefined) return app.logger.warn(`web/docs/plugin.mjs has no topic for ${file}`);
  reflection.comment ??= new Comment();
  reflection.comment.blockTags.push(new CommentTag("@category", [{ kind: "text", text: topic }]));
}

/** Documents that are not guides. */
const documentTopics = {
  "C++ reference": "Reference",
  "The core": "Inside",
  "Frames and parameter blocks": "Inside",
};

/** A router whose addresses have no plus signs, which some hosts read as spaces. */
class Router extends KindRouter {
  getIdealBaseName(reflection) {
    return super.getIdealBaseName(reflection).replaceAll("+", "p");
  }
}

export function load(app) {
  app.renderer.defineRouter("virga", Router);
  app.converter.on(Converter.EVENT_CREATE_DECLARATION, (context, reflection) => {
    reflection.comment ??= borrowedComment(context, reflection);
    addTopic(app, context, reflection);
  });
  app.converter.on(Converter.EVENT_CREATE_DOCUMENT, (_, document) => {
    const [, heading] = /^\s*# (.+)/.exec(document.content[0].text) ?? [];
    if (heading) document.name = heading;
    document.frontmatter.category = documentTopics[document.name] ?? "Guides";
  });
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const reflection of project.getReflectionsByKind(ReflectionKind.ClassOrInterface))
      for (const member of reflection.children?.filter(isInside) ?? [])
        project.removeReflection(member);
  });
  // Links that begin with `page:` lead to the playground, from however deep.
  app.renderer.on(PageEvent.END, (page) => {
    const up = "../".repeat(page.url.split("/").length);
    page.contents = page.contents?.replaceAll('href="page:', `href="${up}`);
  });
}
