/** Makes the name of a column in SQL from its key in programs. */
export type Casing = (key: string) => string;

export type CasingName = "snake_case" | "camelCase";

/** A word ends before a capital, at the last capital of several, and between capital and digit. */
const boundary = /[^A-Za-z\d]+|(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]|\d)/;

function words(key: string): string[] {
  const found = key.replace(/['\u2019]/g, "").split(boundary);
  return found.filter((word) => word !== "").map((word) => word.toLowerCase());
}

const capitalized = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** The casings by the names that `drizzle` and `snakeCase` know them by. */
export const casings: Readonly<Record<CasingName, Casing>> = {
  snake_case: (key) => words(key).join("_"),
  camelCase: (key) => {
    const [first = "", ...rest] = words(key);
    return [first, ...rest.map(capitalized)].join("");
  },
};
