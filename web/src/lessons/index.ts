import { queryPath, schemaPath } from "../program/compile.js";
import type { Document } from "../program/files.js";

/** A program to look at, and what to look at in it. */
export interface Lesson {
  /** Names it in addresses (`?lesson=upserts`), and its folder here. */
  readonly id: string;
  readonly title: string;
  /** What to look at, in a sentence or two. */
  readonly look: string;
  /** The key of the pane in which that is seen. */
  readonly pane: string;
}

/** Lessons about one thing, in the order in which they build on each other. */
export interface LessonGroup {
  readonly title: string;
  readonly lessons: readonly Lesson[];
}

/** All lessons. The first one is what the page opens with: the tutorial's complete example, as it is written. */
export const lessonGroups: readonly LessonGroup[] = [
  {
    title: "One to one",
    lessons: [
      {
        id: "one-to-one",
        title: "One user, one account",
        look: "A user comes with the account in it, as one object: the tutorial's complete example, as it is written.",
        pane: "result",
      },
      {
        id: "tables-and-keys",
        title: "Tables and keys",
        look: "The diagram has no line between the tables: user 999 is accepted. The editor marks userId, and can mend it.",
        pane: "schema",
      },
      {
        id: "the-relation",
        title: "A relation, both ways",
        look: "A foreign key in the table, and relations() for the queries: with turns both into nested objects.",
        pane: "result",
      },
      {
        id: "foreign-keys",
        title: "What a foreign key does",
        look: "One DELETE changes three tables: step to it, and see what cascade and set null did.",
        pane: "transactions",
      },
      {
        id: "one-or-many",
        title: "One, or many",
        look: "unique() is the whole difference: a second account is refused, a second post is not.",
        pane: "result",
      },
      {
        id: "update-and-delete",
        title: "Update and delete",
        look: "A child is deleted before its parent; the other order is refused, and the error says by what.",
        pane: "result",
      },
      {
        id: "filters-and-counts",
        title: "Filter and count",
        look: "A user without an account has account: null. Point at a value: its statement is underneath.",
        pane: "result",
      },
      {
        id: "type-safety",
        title: "Types know the rows",
        look: "user?.invalid and age are underlined in the editor, once TypeScript is loaded. Hover over user.",
        pane: "result",
      },
      {
        id: "all-or-nothing",
        title: "All or nothing",
        look: "The second transaction fails at the user: step to its rollback, after which nothing is left of it.",
        pane: "transactions",
      },
    ],
  },
  {
    title: "More relations",
    lessons: [
      {
        id: "one-to-many",
        title: "Posts and comments, nested",
        look: "Users, posts and comments, three levels deep: one flat statement for each level, however many rows.",
        pane: "result",
      },
      {
        id: "many-to-many",
        title: "Many to many",
        look: "The table of memberships is in the diagram, and not in the result: through() goes across it.",
        pane: "result",
      },
      {
        id: "self-relation",
        title: "Managers and their reports",
        look: "A table that refers to itself: relations go three levels down, and a recursive query all the way.",
        pane: "result",
      },
      {
        id: "filter-by-relations",
        title: "Filter by what is related",
        look: "Filters go through relations, and become EXISTS in the statement, not joins that repeat rows.",
        pane: "sql",
      },
    ],
  },
  {
    title: "Rows and values",
    lessons: [
      {
        id: "joins-and-groups",
        title: "Joins, groups, subqueries",
        look: "A left join keeps the town without readings, with null in place of one; WITH names a query for the next.",
        pane: "result",
      },
      {
        id: "upserts",
        title: "Insert, or update",
        look: "Three ways to meet a row that is there already: count it, replace it where it differs, leave it.",
        pane: "result",
      },
      {
        id: "values",
        title: "Dates, JSON, blobs, big integers",
        look: "The first result is what a program gets, the second what SQLite stores: compare them field by field.",
        pane: "result",
      },
    ],
  },
  {
    title: "When it gets serious",
    lessons: [
      {
        id: "transactions",
        title: "Rollbacks and savepoints",
        look: "A check fails, and its transaction is undone; a savepoint is given up, and the one around it is kept.",
        pane: "transactions",
      },
      {
        id: "errors",
        title: "Errors that explain themselves",
        look: "What is wrong, where, and what was probably meant: a constraint by its name, a wrong name with the nearest.",
        pane: "result",
      },
      {
        id: "indexes",
        title: "An index that helps",
        look: "The plan scans the table. An index is advised underneath: try it, and compare the times.",
        pane: "trace",
      },
      {
        id: "migrations",
        title: "A schema that changes",
        look: "Take the data of the run, rename a column, and see the steps of the migration and the rows they keep.",
        pane: "data",
      },
    ],
  },
];

/** All lessons, in their order. */
export const lessons: readonly Lesson[] = lessonGroups.flatMap((group) => group.lessons);

const texts = import.meta.glob<string>("./*/*.txt", {
  query: "?raw",
  import: "default",
  eager: true,
});

/** What the tabs of the schema and the query hold in a lesson. */
export function documentsOf({ id }: Lesson): readonly Document[] {
  const text = (name: string): string => texts[`./${id}/${name}.txt`] ?? "";
  return [
    { path: schemaPath, text: text("schema") },
    { path: queryPath, text: text("query") },
  ];
}
