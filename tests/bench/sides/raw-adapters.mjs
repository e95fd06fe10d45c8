// What hand-written code needs of an engine, so that the same code runs on better-sqlite3 and sql.js:
// statements prepared once, that give arrays, objects, or the first value.

/** @param client a database of better-sqlite3 */
export function nativeAdapter(client) {
  return {
    arrays: (sql) => {
      const statement = client.prepare(sql).raw();
      return (...values) => statement.all(...values);
    },
    array: (sql) => {
      const statement = client.prepare(sql).raw();
      return (...values) => statement.get(...values);
    },
    objects: (sql) => {
      const statement = client.prepare(sql);
      return (...values) => statement.all(...values);
    },
    object: (sql) => {
      const statement = client.prepare(sql);
      return (...values) => statement.get(...values);
    },
    value: (sql) => {
      const statement = client.prepare(sql).pluck();
      return (...values) => statement.get(...values);
    },
    run: (sql) => {
      const statement = client.prepare(sql);
      return (...values) => void statement.run(...values);
    },
    transaction: (work) => client.transaction(work),
  };
}

/** @param client a database of sql.js */
export function sqlJsAdapter(client) {
  const all = (sql, read) => {
    const statement = client.prepare(sql);
    return (...values) => {
      statement.bind(values);
      const rows = [];
      while (statement.step()) rows.push(read(statement));
      statement.reset();
      return rows;
    };
  };
  const first = (sql, read) => {
    const statement = client.prepare(sql);
    return (...values) => {
      statement.bind(values);
      const row = statement.step() ? read(statement) : undefined;
      // A write that returns rows is done when it has been stepped to its end.
      while (row !== undefined && statement.step());
      statement.reset();
      return row;
    };
  };
  const get = (statement) => statement.get();
  const getObject = (statement) => statement.getAsObject();
  const run = (sql) => {
    const statement = client.prepare(sql);
    return (...values) => void statement.run(values);
  };
  return {
    arrays: (sql) => all(sql, get),
    array: (sql) => first(sql, get),
    objects: (sql) => all(sql, getObject),
    object: (sql) => first(sql, getObject),
    value: (sql) => first(sql, (statement) => statement.get()[0]),
    run,
    transaction: (work) => {
      const [begin, commit, rollback] = ["begin", "commit", "rollback"].map(run);
      return (...values) => {
        begin();
        try {
          const result = work(...values);
          commit();
          return result;
        } catch (error) {
          rollback();
          throw error;
        }
      };
    },
  };
}
