// What is measured. `bar` is the most that ours may take, with the best hand-written variant on
// better-sqlite3 as 1. One call of an operation does `per` of what is measured: then the figures are
// for one of them. `writes` are read and compared after one call.

const nw = (name, title) => ({
  name: `nw-${name}`,
  title: `Northwind: ${title}`,
  data: "northwind",
});

const users = { data: "users", writes: ["select * from users", "select * from accounts"] };

export const workloads = [
  {
    name: "first-prepared",
    title: "findFirst user by id with account, prepared",
    data: "users",
    bar: 2,
  },
  { name: "first-anew", title: "the same, built anew each time", data: "users", bar: 5 },
  { name: "users-100", title: "findMany 100 users with account", data: "users", bar: 0.8 },
  { name: "users-10000", title: "findMany 10,000 users with account", data: "users", bar: 0.65 },
  { name: "blog-100", title: "100 users > posts > comments (6,100 rows)", data: "blog", bar: 0.65 },
  { name: "blog-all", title: "whole blog, 3 levels (61,000 rows)", data: "blog", bar: 0.35 },
  { name: "tags-100", title: "100 posts with tags, many-to-many", data: "blog", bar: 0.45 },
  {
    name: "select-8",
    title: "select 10,000 rows × 8 columns to objects",
    data: "people",
    bar: 0.5,
  },
  { name: "join-6", title: "inner join, flat, 10,000 rows × 6", data: "users", bar: 0.75 },
  {
    name: "insert-prepared",
    title: "insert … returning, one by one in a transaction, prepared",
    ...users,
    per: 200,
    bar: 1.6,
  },
  { name: "insert-anew", title: "the same, built anew", ...users, per: 200, bar: 3 },
  {
    name: "insert-100",
    title: "insert in batches of 100, built anew",
    ...users,
    per: 1000,
    bar: 1.8,
  },
  {
    name: "update-prepared",
    title: "update by id in a transaction, prepared",
    ...users,
    per: 200,
    bar: 1.6,
  },
  { name: "update-anew", title: "the same, built anew", ...users, per: 200, bar: 5 },
  {
    name: "pair-prepared",
    title: "transaction of two inserts (user with account), prepared",
    ...users,
    per: 100,
    bar: 2.2,
  },
  { name: "pair-anew", title: "the same, built anew", ...users, per: 100, bar: 4 },
  nw("customers", "customers, pages of 50"),
  nw("customer", "customer by id"),
  nw("employee", "employee with recipient"),
  nw("supplier", "supplier by id"),
  nw("product", "product with supplier"),
  nw("search", "product search"),
  nw("orders", "orders with sums, pages of 50"),
  nw("order", "order with details and products"),
];
