// What the writes write, the same on every side.

export const newUser = (i) => ({ name: `New user ${i}`, email: `new${i}@example.com` });

export const accountOf = (userId) => ({ userId, provider: "github", token: `token-${userId}` });

/** Ten batches of 100 new users. */
export const batchesOf = (call) =>
  Array.from({ length: 10 }, (_, batch) =>
    Array.from({ length: 100 }, (_, index) => newUser(call * 1000 + batch * 100 + index)),
  );

/** 200 new names for users all over the table. */
export const updatesOf = (call) =>
  Array.from({ length: 200 }, (_, index) => ({
    id: 1 + (((call * 200 + index) * 7919) % 10_000),
    name: `Name ${call} ${index}`,
  }));

/** Takes back what the inserts of a call did. */
export const removeNew = (host) => () =>
  host.exec("delete from accounts where id > 10000; delete from users where id > 10000;");
