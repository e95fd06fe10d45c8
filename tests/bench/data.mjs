// The data sets, as SQL scripts: each side runs the same script on its own empty database.
import { inserts, range } from "./inserts.mjs";
import { northwind } from "./northwind.mjs";
import { Draw } from "./random.mjs";

/** Users, each with one account: 3 and 4 columns. */
export function users(count = 10_000) {
  const draw = new Draw(1);
  const people = range(count, (id) => [id, draw.text(2), `user${id}@example.com`]);
  const accounts = range(count, (id) => [
    id,
    id,
    draw.of(["google", "github", "gitlab"]),
    `token-${draw.below(1e9).toString(36)}-${id}`,
  ]);
  return `create table users (id integer primary key, name text not null, email text not null unique);
create table accounts (id integer primary key, user_id integer not null unique references users (id),
  provider text not null, token text not null);
${inserts("users", people)}
${inserts("accounts", accounts)}`;
}

/** Writers × 10 posts × 5 comments, and three tags a post of 200 tags. */
export function blog(count = 1_000) {
  const draw = new Draw(2);
  const writers = range(count, (id) => [id, draw.text(2)]);
  const posts = range(count * 10, (id) => [
    id,
    1 + Math.floor((id - 1) / 10),
    draw.text(4),
    draw.below(1000),
  ]);
  const comments = range(count * 50, (id) => [id, 1 + Math.floor((id - 1) / 5), draw.text(6)]);
  const tags = range(200, (id) => [id, `${draw.word()}${id}`]);
  const tagged = posts.flatMap(([id]) => {
    const first = draw.below(200);
    return [0, 41, 97].map((step) => [id, 1 + ((first + step) % 200)]);
  });
  return `create table writers (id integer primary key, name text not null);
create table posts (id integer primary key, writer_id integer not null references writers (id),
  title text not null, views integer not null);
create index posts_writer on posts (writer_id);
create table comments (id integer primary key, post_id integer not null references posts (id),
  body text not null);
create index comments_post on comments (post_id);
create table tags (id integer primary key, name text not null);
create table posts_tags (post_id integer not null references posts (id),
  tag_id integer not null references tags (id), primary key (post_id, tag_id));
${inserts("writers", writers)}
${inserts("posts", posts)}
${inserts("comments", comments)}
${inserts("tags", tags)}
${inserts("posts_tags", tagged)}`;
}

/** A table of 8 columns: 3 integers, a real, 4 texts of which one is often null. */
export function people(count = 10_000) {
  const draw = new Draw(3);
  const rows = range(count, (id) => [
    id,
    draw.text(2),
    `person${id}@example.com`,
    18 + draw.below(70),
    draw.price(1000),
    draw.word(),
    draw.below(3) === 0 ? draw.text(5) : null,
    1_600_000_000 + draw.below(1e8),
  ]);
  return `create table people (id integer primary key, name text not null, email text not null,
  age integer not null, score real not null, city text not null, note text, seen integer not null);
${inserts("people", rows)}`;
}

/** By the name that a workload gives. */
export const datasets = { users, blog, people, northwind };
