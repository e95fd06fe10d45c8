#include "db/foreign_key.h"

#include <algorithm>
#include <optional>

#include "base/text.h"

namespace virga::db {
namespace {

using Row = std::vector<Value>;
using text::quote_identifier;

/// A foreign key as the database has it, in SQL names.
struct ForeignKey {
  std::string child, parent;
  std::vector<std::string> from, to;
};

/// The rows of a child table that refer to nothing, by the values of one foreign key.
struct Orphans {
  ForeignKey key;
  std::vector<Row> values;
};

/// Enough to find the new one among violations that were there before.
constexpr int most_orphans = 1000;

Result<std::vector<Row>> query(Connection& connection, const std::string& sql, const Row& bound) {
  VIRGA_ASSIGN(auto statement, connection.prepare(sql));
  for (std::size_t i = 0; i < bound.size(); ++i)
    VIRGA_TRY(statement.bind(static_cast<int>(i + 1), bound[i]));
  std::vector<Row> rows;
  while (true) {
    VIRGA_ASSIGN(const bool more, statement.step());
    if (!more) return rows;
    Row& row = rows.emplace_back();
    for (int column = 0; column < statement.column_count(); ++column)
      row.push_back(statement.value(static_cast<std::size_t>(column)));
  }
}

std::string as_text(const Value& value) {
  const auto* text = std::get_if<std::string>(&value);
  return text ? *text : std::string();
}

/// `"a" = ?1 and "b" = ?2`
std::string equals_bound(const std::vector<std::string>& columns) {
  std::vector<std::string> parts;
  for (const std::string& column : columns)
    parts.push_back(quote_identifier(column) + " = ?" + std::to_string(parts.size() + 1));
  return text::join(parts, " and ");
}

Result<ForeignKey> read_key(Connection& connection, const Value& table, const Value& id) {
  VIRGA_ASSIGN(const auto rows,
               query(connection,
                     "select \"table\", \"from\", \"to\" from pragma_foreign_key_list(?1) "
                     "where id = ?2 order by seq",
                     {table, id}));
  ForeignKey key;
  key.child = as_text(table);
  for (const Row& row : rows) {
    key.parent = as_text(row[0]);
    key.from.push_back(as_text(row[1]));
    if (row[2] != Value()) key.to.push_back(as_text(row[2]));
  }
  if (!key.to.empty()) return key;
  // REFERENCES without columns means the parent's primary key.
  VIRGA_ASSIGN(const auto primary,
               query(connection, "select name from pragma_table_info(?1) where pk > 0 order by pk",
                     {key.parent}));
  for (const Row& row : primary) key.to.push_back(as_text(row[0]));
  return key;
}

Result<std::vector<Row>> orphans_of(Connection& connection, const ForeignKey& key) {
  std::vector<std::string> selected, conditions, matches;
  for (std::size_t i = 0; i < key.from.size() && i < key.to.size(); ++i) {
    const std::string column = "child." + quote_identifier(key.from[i]);
    selected.push_back(column);
    conditions.push_back(column + " is not null");
    matches.push_back("parent." + quote_identifier(key.to[i]) + " = " + column);
  }
  return query(connection,
               "select " + text::join(selected, ", ") + " from " + quote_identifier(key.child) +
                   " as child where " + text::join(conditions, " and ") +
                   " and not exists (select 1 from " + quote_identifier(key.parent) +
                   " as parent where " + text::join(matches, " and ") + ") limit " +
                   std::to_string(most_orphans),
               {});
}

Result<std::vector<Orphans>> all_orphans(Connection& connection) {
  VIRGA_ASSIGN(
      const auto violated,
      query(connection, "select distinct \"table\", fkid from pragma_foreign_key_check", {}));
  std::vector<Orphans> all;
  for (const Row& row : violated) {
    VIRGA_ASSIGN(auto key, read_key(connection, row[0], row[1]));
    VIRGA_ASSIGN(auto values, orphans_of(connection, key));
    all.push_back({std::move(key), std::move(values)});
  }
  return all;
}

/// What the statement would leave behind if nothing enforced foreign keys. The database is as
/// before when this returns.
Result<std::vector<Orphans>> orphans_after(Connection& connection,
                                           const std::function<Result<void>()>& again) {
  // Through the pragma's table: a prepared PRAGMA keeps the value of when it was compiled.
  VIRGA_ASSIGN(const auto deferred,
               query(connection, "select defer_foreign_keys from pragma_defer_foreign_keys", {}));
  const bool was_deferred = !deferred.empty() && deferred[0][0] == Value(std::int64_t{1});
  VIRGA_TRY(connection.begin());
  Result<std::vector<Orphans>> found;
  Result<void> ran = connection.exec("pragma defer_foreign_keys = on");
  if (ran) ran = again();
  if (ran) found = all_orphans(connection);
  VIRGA_TRY(connection.rollback());
  // The flag outlives a savepoint; the end of a transaction clears it.
  if (!was_deferred && !connection.autocommit())
    VIRGA_TRY(connection.exec("pragma defer_foreign_keys = off"));
  return found;
}

/// The first orphan in `after` that is not in `before`, counting equal ones.
std::optional<Row> first_new(std::vector<Row> before, const std::vector<Row>& after) {
  for (const Row& row : after) {
    const auto known = std::find(before.begin(), before.end(), row);
    if (known == before.end()) return row;
    before.erase(known);
  }
  return std::nullopt;
}

struct Finding {
  ForeignKey key;
  Row values;
  std::int64_t blocking = 0;  ///< child rows that refer to a parent which exists; 0: it is missing
};

Result<std::optional<Finding>> find(Connection& connection,
                                    const std::function<Result<void>()>& again) {
  if (!again) {
    VIRGA_ASSIGN(const auto open, all_orphans(connection));
    for (const Orphans& orphans : open)
      if (!orphans.values.empty()) return Finding{orphans.key, orphans.values.front(), 0};
    return std::nullopt;
  }
  VIRGA_ASSIGN(const auto after, orphans_after(connection, again));
  for (const Orphans& orphans : after) {
    const ForeignKey& key = orphans.key;
    VIRGA_ASSIGN(auto before, orphans_of(connection, key));
    auto values = first_new(std::move(before), orphans.values);
    if (!values) continue;
    VIRGA_ASSIGN(const auto parents, query(connection,
                                           "select 1 from " + quote_identifier(key.parent) +
                                               " where " + equals_bound(key.to),
                                           *values));
    if (parents.empty()) return Finding{key, std::move(*values), 0};
    VIRGA_ASSIGN(const auto children, query(connection,
                                            "select count(*) from " + quote_identifier(key.child) +
                                                " where " + equals_bound(key.from),
                                            *values));
    return Finding{key, std::move(*values), std::get<std::int64_t>(children[0][0])};
  }
  return std::nullopt;
}

const schema::Table* table_named(const schema::Schema& schema, const std::string& name) {
  for (const schema::Table& table : schema.tables)
    if (table.name == name) return &table;
  return nullptr;
}

/// How programs call these columns: by key where the schema knows them.
std::vector<std::string> keys_of(const schema::Table* table, std::vector<std::string> names) {
  if (!table) return names;
  for (std::string& name : names)
    for (const schema::Column& column : table->columns)
      if (column.name == name) {
        name = column.key;
        break;
      }
  return names;
}

const schema::ForeignKey* declared(const schema::Table* child, const schema::Table* parent,
                                   const std::vector<std::string>& from) {
  if (!child || !parent) return nullptr;
  for (const schema::ForeignKey& key : child->foreign_keys)
    if (key.table == parent->key && key.columns == from) return &key;
  return nullptr;
}

std::string printed(const Value& value) {
  constexpr std::size_t longest = 80;
  if (const auto* text = std::get_if<std::string>(&value); text && text->size() > longest)
    return "a text of " + std::to_string(text->size()) + " bytes";
  if (const auto* blob = std::get_if<Blob>(&value); blob && blob->bytes.size() > longest)
    return "a blob of " + std::to_string(blob->bytes.size()) + " bytes";
  return to_json(value);
}

/// `"a" = 1, "b" = "x"`
std::string assignments(const std::vector<std::string>& columns, const Row& values) {
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < columns.size() && i < values.size(); ++i)
    parts.push_back('"' + columns[i] + "\" = " + printed(values[i]));
  return text::join(parts, ", ");
}

void describe(Error& error, const Finding& finding, const schema::Schema& schema) {
  const ForeignKey& key = finding.key;
  const schema::Table* child = table_named(schema, key.child);
  const schema::Table* parent = table_named(schema, key.parent);
  const auto from = keys_of(child, key.from), to = keys_of(parent, key.to);
  const schema::ForeignKey* foreign_key = declared(child, parent, from);

  const std::string child_name = '"' + (child ? child->key : key.child) + '"';
  const std::string parent_name = '"' + (parent ? parent->key : key.parent) + '"';
  const std::string referring = assignments(from, finding.values);
  const std::string referred = assignments(to, finding.values);
  if (finding.blocking == 0) {
    error.message += ": a row of " + child_name + " has " + referring + ", but no row of " +
                     parent_name + " has " + referred + ".";
  } else {
    const bool single = finding.blocking == 1;
    error.message += ": " + std::to_string(finding.blocking) + (single ? " row" : " rows") +
                     " of " + child_name + " with " + referring + (single ? " refers" : " refer") +
                     " to the row of " + parent_name + " with " + referred + ".";
    if (foreign_key)
      error.hint = "onDelete is \"" + std::string(action_name(foreign_key->on_delete)) +
                   "\", onUpdate is \"" + std::string(action_name(foreign_key->on_update)) + "\".";
  }
  std::vector<std::string> columns;
  for (const std::string& column : key.from) columns.push_back(key.child + '.' + column);
  error.constraint =
      foreign_key && !foreign_key->name.empty() ? foreign_key->name : text::join(columns, ", ");
}

}  // namespace

void explain_foreign_key(Error& error, const schema::Schema& schema, Connection& connection,
                         const std::function<Result<void>()>& again) {
  const auto finding = find(connection, again);
  if (finding && *finding) describe(error, **finding, schema);
}

}  // namespace virga::db
