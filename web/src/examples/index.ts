import blogQuery from "./blog/query.txt?raw";
import blogSchema from "./blog/schema.txt?raw";
import errorsQuery from "./errors/query.txt?raw";
import errorsSchema from "./errors/schema.txt?raw";
import groupsQuery from "./groups/query.txt?raw";
import groupsSchema from "./groups/schema.txt?raw";
import reportQuery from "./report/query.txt?raw";
import reportSchema from "./report/schema.txt?raw";
import transactionQuery from "./transaction/query.txt?raw";
import transactionSchema from "./transaction/schema.txt?raw";
import tutorialQuery from "./tutorial/query.txt?raw";
import tutorialSchema from "./tutorial/schema.txt?raw";

/** What the schema's tab and the query's hold when an example is chosen. */
export interface Example {
  readonly title: string;
  readonly schema: string;
  readonly query: string;
}

/** The first one is what the page opens with: the tutorial's complete example, as it is written. */
export const examples: readonly Example[] = [
  { title: "One user, one account", schema: tutorialSchema, query: tutorialQuery },
  { title: "Posts and comments, nested", schema: blogSchema, query: blogQuery },
  { title: "Many to many, filtered", schema: groupsSchema, query: groupsQuery },
  { title: "Joins, groups, upserts", schema: reportSchema, query: reportQuery },
  { title: "A transaction that rolls back", schema: transactionSchema, query: transactionQuery },
  { title: "Errors that explain themselves", schema: errorsSchema, query: errorsQuery },
];
