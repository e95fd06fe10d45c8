// However a relational query is planned, its result is the one that a naive program gives: read the
// rows of a level, then for each row the rows of each relation by its key.

#include "exec/run.h"

#include <doctest/doctest.h>

#include <random>

#include "virga.h"

namespace {

using namespace virga;

/// Nodes hang on nodes (parent, any) and on groups (by a text code); one key is indexed, one is
/// not.
const std::string document = R"json({"tables":[
  {"key":"groups","columns":[{"key":"id","type":"integer","codec":"integer","primaryKey":true},
    {"key":"code","type":"text","codec":"text"},{"key":"weight","type":"real","codec":"real"}]},
  {"key":"nodes","columns":[{"key":"id","type":"integer","codec":"integer","primaryKey":true},
    {"key":"parent","type":"integer","codec":"integer"},{"key":"code","type":"text","codec":"text"},
    {"key":"weight","type":"integer","codec":"integer"}],
    "indexes":[{"name":"nodes_parent","columns":["parent"]}]}],
 "relations":[
  {"table":"groups","name":"nodes","kind":"many","target":"nodes","fields":["code"],"references":["code"]},
  {"table":"groups","name":"heavy","kind":"many","target":"nodes","fields":["weight"],"references":["weight"]},
  {"table":"nodes","name":"group","kind":"one","target":"groups","fields":["code"],"references":["code"]},
  {"table":"nodes","name":"up","kind":"one","target":"nodes","fields":["parent"],"references":["id"]},
  {"table":"nodes","name":"down","kind":"many","target":"nodes","fields":["id"],"references":["parent"]},
  {"table":"nodes","name":"alike","kind":"many","target":"nodes","fields":["code","weight"],"references":["code","weight"]}]})json";

constexpr std::size_t literals = 3;  ///< parameters 0..2 are literals, key values follow

class Peer {
 public:
  explicit Peer(unsigned seed) : random_(seed) {
    schema_ = *share(document);
    REQUIRE(database_.push(*schema_));
    for (int id = 1; id <= 12; ++id)
      insert("groups", {"id", "code", "weight"}, {std::int64_t{id}, code(), weight_real()});
    for (int id = 1; id <= 60; id += below(5) == 0 ? 2 : 1)
      insert("nodes", {"id", "parent", "code", "weight"},
             {std::int64_t{id}, parent(), code(), std::int64_t{below(6)}});
  }

  void compare_one() {
    ast::Find find{.table = below(2) ? "groups" : "nodes", .first = below(4) == 0};
    find.level = level(find.table, 0);
    if (find.first) find.level.limit.reset();
    const std::vector<Value> values{std::int64_t{below(6)}, std::int64_t{below(5)},
                                    std::int64_t{below(40)}};
    const std::string asked = ast::to_json(find);
    CAPTURE(asked);
    const auto query = Query::prepare(find, schema_);
    REQUIRE(query);
    const auto rows = database_.run(*query, values);
    REQUIRE(rows);
    std::string got;
    for (std::size_t i = 0; i < rows->size(); ++i) got += (*rows)[i].to_json() + ",";
    CHECK(got == naive(find.table, find.level, find.first, {}, values));
    CHECK(in_chunks(*query, values) == got);
  }

 private:
  /// The same rows as a cursor gives them.
  std::string in_chunks(const Query& query, const std::vector<Value>& values) {
    const auto cursor = database_.open_cursor(query, values);
    REQUIRE(cursor);
    std::string got;
    while (true) {
      const auto chunk = database_.next(*cursor);
      REQUIRE(chunk);
      if (!*chunk) return got;
      for (const Row& row : **chunk) got += row.to_json() + ",";
    }
  }

  int below(int bound) { return static_cast<int>(random_() % static_cast<unsigned>(bound)); }
  Value code() {
    return below(5) == 0 ? Value() : Value(std::string(1, static_cast<char>('a' + below(4))));
  }
  Value weight_real() { return below(4) == 0 ? Value(0.5) : Value(static_cast<double>(below(6))); }
  Value parent() { return below(4) == 0 ? Value() : Value(std::int64_t{1 + below(60)}); }

  void insert(const std::string& table, std::vector<std::string> columns,
              const std::vector<Value>& row) {
    std::vector<ast::Expr> cells;
    for (std::size_t i = 0; i < row.size(); ++i) cells.push_back(build::param(i));
    const auto query = Query::prepare(
        ast::Insert{.table = table, .columns = std::move(columns), .rows = {std::move(cells)}},
        schema_);
    REQUIRE(query);
    REQUIRE(database_.run(*query, row));
  }

  ast::Level level(const std::string& table, int depth) {
    ast::Level level;
    const auto weight = build::col(table, "weight");
    if (below(3) == 0) level.where = weight > build::param(0);
    if (below(8) == 0) level.where = ast::Expr{ast::Sql{{"", " % 2 = 0"}, {weight}}};
    if (below(2)) level.order_by.push_back({weight, below(2) != 0});
    level.order_by.push_back({build::col(table, "id")});
    if (below(4) == 0) level.limit = build::param(1);
    if (below(8) == 0) level.offset = build::param(0);
    if (below(3) == 0) level.columns = {"weight"};
    if (depth == 3) return level;
    for (const std::string& name : schema_->relation_names(table))
      if (below(3) == 0)
        level.with.push_back(
            {name, this->level(schema_->find_relation(table, name)->target, depth + 1)});
    return level;
  }

  /// `,`-ended objects of the rows of `table` under `level` whose `columns` equal `key`.
  std::string naive(const std::string& table, const ast::Level& level, bool first,
                    const std::vector<std::pair<std::string, Value>>& key,
                    std::vector<Value> values) {
    ast::Select select{
        .from = table, .order_by = level.order_by, .limit = level.limit, .offset = level.offset};
    std::vector<build::Expression> terms;
    if (level.where) terms.emplace_back(*level.where);
    values.resize(literals);
    for (const auto& [column, value] : key) {
      terms.push_back(build::col(table, column) == build::param(values.size()));
      values.push_back(value);
    }
    if (!terms.empty()) select.where = build::all_of(terms);
    const auto query = Query::prepare(select, schema_);
    REQUIRE(query);
    const auto rows = database_.run(*query, values);
    REQUIRE(rows);
    std::string text;
    for (std::size_t i = 0; i < rows->size() && !(first && i > 0); ++i)
      text += object((*rows)[i], table, level, values) + ",";
    return text;
  }

  std::string object(const exec::Row& row, const std::string& table, const ast::Level& level,
                     const std::vector<Value>& values) {
    const schema::Table& columns = schema_->tables[*schema_->find_table(table)];
    std::string text = "{";
    for (const std::string& column : level.columns.value_or(columns.column_keys()))
      text += (text.size() > 1 ? "," : "") + ("\"" + column + "\":" + to_json(row[column]));
    for (const ast::With& with : level.with) {
      const schema::Relation& relation = *schema_->find_relation(table, with.relation);
      const bool one = relation.kind == schema::Cardinality::one;
      std::vector<std::pair<std::string, Value>> key;
      for (std::size_t i = 0; i < relation.fields.size(); ++i)
        key.emplace_back(relation.references[i], row[relation.fields[i]]);
      std::string below_text = naive(relation.target, with.level, one, key, values);
      if (!below_text.empty()) below_text.pop_back();
      text += (text.size() > 1 ? "," : "") + ("\"" + with.relation + "\":");
      text += one ? (below_text.empty() ? "null" : below_text) : "[" + below_text + "]";
    }
    return text + "}";
  }

  std::mt19937 random_;
  SharedSchema schema_;
  Database database_ = *Database::open();
};

void compare(unsigned seed, int queries) {
  CAPTURE(seed);
  Peer peer(seed);
  for (int i = 0; i < queries; ++i) peer.compare_one();
}

TEST_CASE("a plan gives the rows of the naive program") { compare(9, 5); }

TEST_CASE("every plan gives the rows of the naive program" * doctest::test_suite("exhaustive")) {
  for (unsigned seed = 1; seed <= 8; ++seed) compare(seed, 40);
}

TEST_CASE("fewer values than parameters are refused before anything runs") {
  const auto schema = *share(document);
  auto database = *Database::open();
  REQUIRE(database.push(*schema));
  const auto query = Query::prepare(ast::Insert{.table = "groups",
                                                .columns = {"id", "code"},
                                                .rows = {{build::param(0), build::param(1)}}},
                                    schema);
  REQUIRE(query);
  const auto rows = database.run(*query, {std::int64_t{1}});
  REQUIRE_FALSE(rows);
  CHECK(rows.error().code == Code::missing_parameter);
}

}  // namespace
