// Hand-written SQL, in the variants that could be the fastest; the fastest is the unit of the table.
//   join        one statement with arrays for rows, objects made by hand
//   levels      a flat statement for each level, merged by hand
//   json        one statement that gives the whole result as one JSON text
//   json-levels a JSON text of arrays for each level, merged by hand: one value crosses per level
import { columns, named } from "./raw-rows.mjs";
import * as writes from "./raw-writes.mjs";
import * as northwind from "./raw-northwind.mjs";

/** The raw side of an engine: `adapt` gives its statements. */
export function rawSide(title, open, adapt) {
  const bind = (make) => (host) => make(adapt(host.client), host);
  const variants = (all) => Object.fromEntries(Object.entries(all).map(([k, v]) => [k, bind(v)]));
  const sets = { ...reads, ...writes.workloads, ...northwind.workloads };
  return {
    title,
    open,
    workloads: Object.fromEntries(Object.entries(sets).map(([k, v]) => [k, variants(v)])),
  };
}

const userAccount = `u.id, u.name, u.email, a.id, a.user_id, a.provider, a.token
  from users u left join accounts a on a.user_id = u.id`;

const accountJson = `case when a.id is null then null else json_object('id', a.id, 'userId', a.user_id,
  'provider', a.provider, 'token', a.token) end`;

const userJson = `json_object('id', u.id, 'name', u.name, 'email', u.email, 'account', ${accountJson})`;

function userOf([id, name, email, account, userId, provider, token]) {
  return {
    id,
    name,
    email,
    account: account === null ? null : { id: account, userId, provider, token },
  };
}

const firstUser = {
  join: (db) => {
    const get = db.array(`select ${userAccount} where u.id = ?`);
    return { op: (i) => userOf(get(1 + ((i * 7919) % 10000))) };
  },
  levels: (db) => {
    const user = db.object("select id, name, email from users where id = ?");
    const account = db.object(
      `select id, user_id as "userId", provider, token from accounts where user_id = ?`,
    );
    return {
      op: (i) => {
        const found = user(1 + ((i * 7919) % 10000));
        if (found) found.account = account(found.id) ?? null;
        return found;
      },
    };
  },
  json: (db) => {
    const get = db.value(
      `select ${userJson} from users u left join accounts a on a.user_id = u.id where u.id = ?`,
    );
    return { op: (i) => JSON.parse(get(1 + ((i * 7919) % 10000))) };
  },
};

/** Users with accounts; `limit` is a clause of the users. */
const usersWithAccounts = (limit) => ({
  join: (db) => {
    const order = limit.replace("id", "u.id");
    const all = db.arrays(`select ${userAccount} ${order}`);
    return { op: () => all().map(userOf) };
  },
  levels: (db) => {
    const users = db.objects(`select id, name, email from users ${limit}`);
    const accounts = db.objects(`select id, user_id as "userId", provider, token from accounts
      ${limit && `where user_id in (select id from users ${limit})`}`);
    return {
      op: () => {
        const byUser = new Map(accounts().map((account) => [account.userId, account]));
        const found = users();
        for (const user of found) user.account = byUser.get(user.id) ?? null;
        return found;
      },
    };
  },
  json: (db) => {
    const get = db.value(`select json_group_array(${userJson})
      from (select * from users ${limit}) u left join accounts a on a.user_id = u.id`);
    return { op: () => JSON.parse(get()) };
  },
  "json-levels": (db) => {
    const get = db.value(`select json_group_array(json_array(u.id, u.name, u.email, a.id, a.user_id,
      a.provider, a.token)) from (select * from users ${limit}) u
      left join accounts a on a.user_id = u.id`);
    return { op: () => JSON.parse(get()).map(userOf) };
  },
});

/** Puts children into the lists of their parents; `key` is the position of the parent's id in rows. */
function attach(parents, name, rows, key, make) {
  const lists = new Map();
  for (const parent of parents) lists.set(parent.id, (parent[name] = []));
  const made = new Array(rows.length);
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index];
    lists.get(row[key]).push((made[index] = make(row)));
  }
  return made;
}

const writerOf = ([id, name]) => ({ id, name, posts: undefined });
const postOf = ([id, writerId, title, views]) => ({
  id,
  writerId,
  title,
  views,
  comments: undefined,
});
const commentOf = ([id, postId, body]) => ({ id, postId, body });

function mergeBlog(writers, posts, comments) {
  const found = writers.map(writerOf);
  const foundPosts = attach(found, "posts", posts, 1, postOf);
  attach(foundPosts, "comments", comments, 1, commentOf);
  return found;
}

/** Writers with posts with comments; `limit` is a clause of the writers. */
function blogTree(limit) {
  const some = limit && `where writer_id in (select id from writers ${limit})`;
  const levels = [
    ["id, name", `writers ${limit}`],
    ["id, writer_id, title, views", `posts ${some}`],
    ["id, post_id, body", `comments ${some && `where post_id in (select id from posts ${some})`}`],
  ];
  return {
    levels: (db) => {
      const [writers, posts, comments] = levels.map(([list, from]) =>
        db.arrays(`select ${list} from ${from}`),
      );
      return { op: () => mergeBlog(writers(), posts(), comments()) };
    },
    json: (db) => {
      const comment = `(select json_group_array(json_object('id', c.id, 'postId', c.post_id,
        'body', c.body)) from comments c where c.post_id = p.id)`;
      const post = `(select json_group_array(json_object('id', p.id, 'writerId', p.writer_id,
        'title', p.title, 'views', p.views, 'comments', json(${comment}))) from posts p
        where p.writer_id = w.id)`;
      const get = db.value(`select json_group_array(json_object('id', w.id, 'name', w.name,
        'posts', json(${post}))) from (select * from writers ${limit}) w`);
      return { op: () => JSON.parse(get()) };
    },
    "json-levels": (db) => {
      const [writers, posts, comments] = levels.map(([list, from]) =>
        db.value(`select json_group_array(json_array(${list})) from (select * from ${from})`),
      );
      return {
        op: () => mergeBlog(JSON.parse(writers()), JSON.parse(posts()), JSON.parse(comments())),
      };
    },
  };
}

const taggedOf = ([id, writerId, title, views]) => ({
  id,
  writerId,
  title,
  views,
  tags: undefined,
});
const tagOf = ([, id, name]) => ({ id, name });
const tagLevels = [
  ["id, writer_id, title, views", "posts order by id limit 100"],
  [
    "post_id, id, name",
    `posts_tags join tags on id = tag_id where post_id in (select id from posts order by id limit 100)`,
  ],
];

function mergeTags(posts, tags) {
  const found = posts.map(taggedOf);
  attach(found, "tags", tags, 0, tagOf);
  return found;
}

const tags = {
  levels: (db) => {
    const [posts, tagged] = tagLevels.map(([list, from]) =>
      db.arrays(`select ${list} from ${from}`),
    );
    return { op: () => mergeTags(posts(), tagged()) };
  },
  json: (db) => {
    const tag = `(select json_group_array(json_object('id', t.id, 'name', t.name))
      from posts_tags pt join tags t on t.id = pt.tag_id where pt.post_id = p.id)`;
    const get = db.value(`select json_group_array(json_object('id', p.id, 'writerId', p.writer_id,
      'title', p.title, 'views', p.views, 'tags', json(${tag}))) from (select * from posts order by id limit 100) p`);
    return { op: () => JSON.parse(get()) };
  },
  "json-levels": (db) => {
    const [posts, tagged] = tagLevels.map(([list, from]) =>
      db.value(`select json_group_array(json_array(${list})) from (select ${list} from ${from})`),
    );
    return { op: () => mergeTags(JSON.parse(posts()), JSON.parse(tagged())) };
  },
};

const reads = {
  "first-prepared": firstUser,
  "first-anew": firstUser,
  "users-100": usersWithAccounts("order by id limit 100"),
  "users-10000": usersWithAccounts(""),
  "blog-100": blogTree("order by id limit 100"),
  "blog-all": blogTree(""),
  "tags-100": tags,
  "select-8": columns(named("id name email age score city note seen"), "from people"),
  "join-6": columns(
    {
      id: "u.id",
      name: "u.name",
      email: "u.email",
      accountId: "a.id",
      provider: "a.provider",
      token: "a.token",
    },
    "from users u join accounts a on a.user_id = u.id",
  ),
};
