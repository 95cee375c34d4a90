import { HighlightStyle } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

// Colours are Streamlit's theme variables, so that light, dark and a live switch need no code.

export const colors = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.modifier], color: "var(--st-violet-text-color)" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--st-green-text-color)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--st-orange-text-color)" },
  { tag: [tags.comment, tags.docComment], color: "var(--muted)", fontStyle: "italic" },
  { tag: tags.function(tags.definition(tags.variableName)), color: "var(--st-blue-text-color)" },
  { tag: [tags.definition(tags.className), tags.typeName], color: "var(--st-blue-text-color)" },
  { tag: tags.function(tags.variableName), color: "var(--st-blue-text-color)" },
  { tag: tags.meta, color: "var(--st-orange-text-color)" },
]);

const tint = (share: number) => `color-mix(in srgb, var(--st-primary-color) ${share}%, transparent)`;

export const theme = EditorView.theme({
  "&": { color: "var(--st-text-color)", backgroundColor: "transparent", fontSize: "0.8667rem" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--st-code-font)", lineHeight: "1.3333rem" },
  ".cm-content": { caretColor: "var(--st-text-color)", padding: "0.5rem 0" },
  ".cm-cursor": { borderLeftColor: "var(--st-text-color)", borderLeftWidth: "2px" },
  ".cm-gutters": {
    backgroundColor: "var(--st-background-color)",
    color: "var(--muted)",
    border: "none",
  },
  ".cm-lineNumbers .cm-gutterElement": { padding: "0 0.35rem 0 0", minWidth: "1.4rem" },
  ".cm-gutter-lint": { width: "1.1rem" },
  ".cm-gutter-lint .cm-gutterElement": { padding: "0.37rem 0 0 0.2rem" },
  ".cm-lint-marker": { content: "normal", width: "0.6rem", height: "0.6rem" },
  ".cm-lint-marker-error": { background: "var(--st-red-color)", borderRadius: "50%" },
  ".cm-lint-marker-warning": {
    background: "var(--st-orange-color)",
    clipPath: "polygon(50% 0, 100% 100%, 0 100%)",
  },
  ".cm-lint-marker-info": { background: "var(--st-blue-color)" },
  ".cm-marks .cm-gutterElement": {
    padding: "0 0.3rem",
    textAlign: "right",
    fontFamily: "var(--st-font)",
    fontSize: "0.72rem",
    fontVariantNumeric: "tabular-nums",
    whiteSpace: "nowrap",
  },
  ".cm-marks .mark": { cursor: "pointer", color: "var(--st-text-color)" },
  ".cm-marks .mark.muted": { color: "var(--muted)" },
  ".cm-marks .mark:hover": { textDecoration: "underline" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: tint(6) },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    background: tint(28),
  },
  ".cm-selectionMatch": { backgroundColor: tint(16) },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: tint(24), outline: `1px solid ${tint(60)}` },
  "&.cm-focused .cm-nonmatchingBracket": { backgroundColor: "var(--st-red-background-color)" },
  ".cm-tooltip": {
    backgroundColor: "var(--st-background-color)",
    border: "1px solid var(--st-border-color)",
    borderRadius: "var(--st-base-radius)",
    boxShadow: "0 4px 16px rgb(0 0 0 / 0.16)",
    overflow: "hidden",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--st-code-font)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "0.15rem 0.6rem" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": {
    backgroundColor: tint(22),
    color: "var(--st-text-color)",
  },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "700" },
  ".cm-completionDetail": { color: "var(--muted)", fontStyle: "normal" },
  ".cm-diagnostic": {
    fontFamily: "var(--st-font)",
    padding: "0.3rem 0.6rem",
    maxWidth: "34rem",
    whiteSpace: "pre-wrap",
  },
  ".cm-diagnostic-error": { borderLeftColor: "var(--st-red-color)" },
  ".cm-diagnostic-warning": { borderLeftColor: "var(--st-orange-color)" },
  ".cm-diagnostic-info": { borderLeftColor: "var(--st-blue-color)" },
  ".cm-lintRange-error": squiggle("var(--st-red-color)"),
  ".cm-lintRange-warning": squiggle("var(--st-orange-color)"),
  ".cm-lintRange-info": squiggle("var(--st-blue-color)"),
  ".cm-panels": {
    backgroundColor: "var(--st-secondary-background-color)",
    color: "var(--st-text-color)",
    borderColor: "var(--st-border-color)",
  },
  ".cm-textfield": { backgroundColor: "var(--st-background-color)", borderColor: "var(--st-border-color)" },
  ".cm-button": {
    backgroundImage: "none",
    backgroundColor: "var(--st-background-color)",
    borderColor: "var(--st-border-color)",
  },
});

function squiggle(color: string): Record<string, string> {
  return {
    backgroundImage: "none",
    textDecoration: `underline wavy ${color}`,
    textDecorationSkipInk: "none",
    textUnderlineOffset: "3px",
  };
}
