import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

/** The editor takes every colour from the page's tokens, so it follows the theme without a rebuild. */
const frame = EditorView.theme({
  "&": {
    height: "100%",
    color: "var(--ink)",
    backgroundColor: "transparent",
    fontSize: "var(--code-size)",
  },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.6", overscrollBehavior: "auto" },
  ".cm-content": { padding: "10px 0 24px", caretColor: "var(--glow)" },
  ".cm-line": { padding: "0 16px 0 6px" },
  ".cm-gutters": {
    backgroundColor: "var(--panel-solid)",
    color: "var(--ink-faint)",
    border: "none",
  },
  ".cm-lineNumbers .cm-gutterElement": { minWidth: "3ch", padding: "0 6px 0 10px" },
  ".cm-gutter-lint": { width: "14px" },
  ".cm-gutter-lint .cm-gutterElement": { padding: "0 0 0 4px" },
  ".cm-lint-marker": { width: "8px", height: "100%", display: "flex", alignItems: "center" },
  ".cm-lint-marker-error": {
    content: "''",
    width: "8px",
    height: "8px",
    margin: "0.55em 0",
    borderRadius: "50%",
    background: "var(--fault)",
  },
  ".cm-lint-marker-warning, .cm-lint-marker-info": {
    content: "''",
    width: "8px",
    height: "8px",
    margin: "0.55em 0",
    borderRadius: "2px",
    background: "var(--number)",
  },
  ".cm-lint-marker-info": { background: "none", border: "1.5px solid var(--rain)" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "transparent" },
  "&.cm-focused .cm-activeLine": { backgroundColor: "var(--line-active)" },
  "&.cm-focused .cm-cursor": { borderLeftColor: "var(--glow)", borderLeftWidth: "2px" },
  ".cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground":
    {
      backgroundColor: "var(--selection)",
    },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--selection)", outline: "none" },
  ".cm-lintRange-error": {
    backgroundImage: "none",
    textDecoration: "underline wavy var(--fault) 1px",
    textUnderlineOffset: "4px",
  },
  ".cm-lintRange-warning, .cm-lintRange-info": {
    backgroundImage: "none",
    textDecoration: "underline wavy var(--number) 1px",
    textUnderlineOffset: "4px",
  },
  ".cm-lintRange-info": { textDecoration: "underline dotted var(--rain) 1.5px" },
  ".cm-tooltip": {
    border: "1px solid var(--edge)",
    borderRadius: "8px",
    backgroundColor: "var(--panel-solid)",
    color: "var(--ink)",
    overflow: "hidden",
  },
  ".cm-diagnostic": { fontFamily: "var(--sans)", padding: "8px 12px", maxWidth: "60ch" },
  ".cm-diagnostic-error": { borderLeft: "3px solid var(--fault)" },
  ".cm-diagnostic-warning": { borderLeft: "3px solid var(--number)" },
  ".cm-diagnostic-info": { borderLeft: "3px solid var(--rain)" },
  ".cm-diagnosticAction": {
    minHeight: "28px",
    margin: "0 0 0 8px",
    padding: "0 9px",
    borderRadius: "8px",
    border: "1px solid var(--edge)",
    backgroundColor: "var(--panel)",
    color: "var(--rain)",
    font: "600 12.5px/1 var(--sans)",
  },
  ".cm-panels": { backgroundColor: "var(--panel-solid)", color: "var(--ink)" },
  ".cm-panels-bottom": { borderTop: "1px solid var(--edge)" },
  ".cm-panel.cm-panel-lint ul [aria-selected]": { backgroundColor: "var(--selection)" },
  ".cm-panel.cm-panel-lint button[name=close]": { minHeight: "28px", color: "var(--ink)" },
  // What is said of a proposed name stands beside the list, not in it.
  ".cm-tooltip.cm-tooltip-autocomplete": { overflow: "visible" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": {
    background: "var(--rain)",
    color: "var(--on-rain)",
  },
});

const syntax = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.modifier], color: "var(--keyword)" },
  { tag: [tags.string, tags.special(tags.string), tags.regexp], color: "var(--string)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--number)" },
  { tag: [tags.typeName, tags.className, tags.namespace], color: "var(--type)" },
  {
    tag: [tags.function(tags.variableName), tags.function(tags.propertyName)],
    color: "var(--call)",
  },
  { tag: [tags.comment], color: "var(--ink-soft)", fontStyle: "italic" },
  { tag: [tags.punctuation, tags.operator], color: "var(--ink-soft)" },
]);

export const colours = [frame, syntaxHighlighting(syntax)];
