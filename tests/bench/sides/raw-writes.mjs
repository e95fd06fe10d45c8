// Hand-written writes. A call writes the rows that `rowsOf` of its number gives; `reset` removes them.
import { accountOf, batchesOf, newUser, removeNew, updatesOf } from "./written.mjs";

const userOf = ([id, name, email]) => ({ id, name, email });

const insertUser = "insert into users (name, email) values (?, ?)";
const insertAccount = "insert into accounts (user_id, provider, token) values (?, ?, ?)";

/** A function that inserts a row and gives it back as an array: in one statement, or in two. */
const rowOf = {
  returning: (db, table, insert, columns) => db.array(`${insert} returning ${columns}`),
  rowid: (db, table, insert, columns) => {
    const write = db.run(insert);
    const read = db.array(`select ${columns} from ${table} where id = last_insert_rowid()`);
    return (...values) => {
      write(...values);
      return read();
    };
  },
};

const userRow = (how, db) => rowOf[how](db, "users", insertUser, "id, name, email");
const accountRow = (how, db) =>
  rowOf[how](db, "accounts", insertAccount, "id, user_id, provider, token");

const insertsBy = (how) => (db, host) => {
  const insert = userRow(how, db);
  return each(db, host, (i) => {
    const { name, email } = newUser(i);
    return userOf(insert(name, email));
  });
};

const inserts = {
  object: (db, host) => {
    const insert = db.object(`${insertUser} returning id, name, email`);
    return each(db, host, (i) => {
      const { name, email } = newUser(i);
      return insert(name, email);
    });
  },
  array: insertsBy("returning"),
  rowid: insertsBy("rowid"),
};

/** An operation that calls `write` 200 times in a transaction. */
function each(db, host, write) {
  const all = db.transaction((start) => Array.from({ length: 200 }, (_, i) => write(start + i)));
  return { op: (i) => all(i * 200), reset: removeNew(host) };
}

const batches = {
  values: (db, host) => {
    const values = Array(100).fill("(?, ?)").join(", ");
    const insert = db.run(`insert into users (name, email) values ${values}`);
    const write = (rows) => insert(...rows.flatMap(({ name, email }) => [name, email]));
    return { op: (i) => batchesOf(i).forEach(write), reset: removeNew(host) };
  },
  loop: (db, host) => {
    const insert = db.run(insertUser);
    const write = db.transaction((rows) => {
      for (const { name, email } of rows) insert(name, email);
    });
    return { op: (i) => batchesOf(i).forEach((rows) => write(rows)), reset: removeNew(host) };
  },
  json: (db, host) => {
    const insert = db.run(
      "insert into users (name, email) select value ->> 'name', value ->> 'email' from json_each(?)",
    );
    const write = (rows) => insert(JSON.stringify(rows));
    return { op: (i) => batchesOf(i).forEach(write), reset: removeNew(host) };
  },
};

const updates = {
  "": (db) => {
    const update = db.run("update users set name = ? where id = ?");
    const all = db.transaction((changes) => {
      for (const { id, name } of changes) update(name, id);
    });
    return { op: (i) => all(updatesOf(i)) };
  },
};

const pairsBy = (how) => (db, host) => {
  const user = userRow(how, db);
  const account = accountRow(how, db);
  const write = db.transaction((i) => {
    const { name, email } = newUser(i);
    const created = userOf(user(name, email));
    const { userId, provider, token } = accountOf(created.id);
    const row = account(userId, provider, token);
    return {
      ...created,
      account: { id: row[0], userId: row[1], provider: row[2], token: row[3] },
    };
  });
  return {
    op: (i) => Array.from({ length: 100 }, (_, index) => write(i * 100 + index)),
    reset: removeNew(host),
  };
};

const pairs = { array: pairsBy("returning"), rowid: pairsBy("rowid") };

export const workloads = {
  "insert-prepared": inserts,
  "insert-anew": inserts,
  "insert-100": batches,
  "update-prepared": updates,
  "update-anew": updates,
  "pair-prepared": pairs,
  "pair-anew": pairs,
};
