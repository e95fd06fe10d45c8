#include "virga.h"

#include "ast/parameterize.h"
#include "compile/views.h"
#include "db/constraint.h"
#include "db/introspection.h"
#include "exec/advise.h"
#include "exec/frame.h"
#include "sql/sql.h"

namespace virga {

Result<SharedSchema> share(schema::Schema schema) {
  VIRGA_ASSIGN(auto completed, schema::complete(std::move(schema)));
  VIRGA_ASSIGN(auto compiled, compile::complete_views(std::move(completed)));
  return std::make_shared<const schema::Schema>(std::move(compiled));
}

Result<SharedSchema> share(std::string_view schema_document) {
  VIRGA_ASSIGN(auto schema, schema::from_json(schema_document));
  VIRGA_ASSIGN(auto compiled, compile::complete_views(std::move(schema)));
  return std::make_shared<const schema::Schema>(std::move(compiled));
}

std::vector<std::string> statements(const schema::Schema& schema) {
  return sql::create_schema(schema);
}

Result<Query> Query::prepare(const ast::Query& query, SharedSchema schema) {
  VIRGA_ASSIGN(auto compiled, compile::compile(query, *schema));
  return Query(query, std::move(compiled), std::move(schema));
}

Result<Query> Query::prepare(std::string_view document, SharedSchema schema) {
  VIRGA_ASSIGN(const auto query, ast::from_json(document));
  return prepare(query, std::move(schema));
}

std::vector<std::string> Query::sql() const {
  std::vector<std::string> statements;
  for (const compile::Statement& statement : compiled_.statements)
    if (!statement.ranges) statements.push_back(statement.sql);
  return statements;
}

Result<Database> Database::open(std::string_view location) {
  VIRGA_ASSIGN(auto connection, db::Connection::open(location));
  return Database(std::move(connection));
}

Result<void> Database::exec(std::string_view sql) {
  read_ahead();
  return connection_.exec(sql);
}

Result<std::vector<std::string>> Database::push(const schema::Schema& schema) {
  read_ahead();
  return transaction([&](Database&) -> Result<std::vector<std::string>> {
    std::vector<std::string> ran;
    for (const schema::Table* table : sql::creation_order(schema)) {
      VIRGA_ASSIGN(const bool exists, db::has_table(connection_, table->name));
      if (exists) continue;
      for (std::string& statement : sql::create_table(*table, schema)) {
        VIRGA_TRY(connection_.exec(statement));
        ran.push_back(std::move(statement));
      }
    }
    return ran;
  });
}

Result<schema::Stock> Database::introspect(std::span<const std::string> without) {
  return db::introspect(connection_, without);
}

Result<Migration> Database::plan(const schema::Schema& schema, const MigrateOptions& options) {
  return exec::plan_migration(connection_, schema, options);
}

Result<Migrated> Database::preview(const schema::Schema& schema, const MigrateOptions& options) {
  return exec::preview(connection_, schema, options);
}

Result<Migrated> Database::migrate(const schema::Schema& schema, const MigrateOptions& options) {
  read_ahead();
  return exec::migrate_to(connection_, schema, options);
}

Result<void> Database::rollback() {
  read_ahead();
  return connection_.rollback();
}

Result<void> Database::commit() {
  auto done = connection_.commit();
  if (done) return done;
  return Failure(db::explain_constraint(std::move(done.error()), {}, connection_, {}));
}

/// Whether the query could change what is read: SQL text says so only when it is prepared, and
/// statements without columns, such as a rollback, are no reads.
bool Database::may_change(const Query& query) {
  if (!query.writes() || query.shape().kind != plan::ShapeKind::raw) return query.writes();
  const auto statement = connection_.prepare(query.compiled_.statements.front().sql);
  return statement && (!statement->read_only() || statement->column_count() == 0);
}

void Database::read_ahead() {
  for (const auto& cursor : cursors_)
    if (const Cursor open = cursor.lock()) runner_.read_ahead(connection_, *open);
  cursors_.clear();
}

Result<Rows> Database::run(const Query& query, std::span<const Value> parameters) {
  if (!cursors_.empty() && may_change(query)) read_ahead();
  fit(query);
  parameters_.assign(parameters.begin(), parameters.end());
  Buffer<std::byte> frame;
  VIRGA_TRY(runner_.run(connection_, query.compiled_, *query.schema_, parameters_, frame));
  return Rows::make(std::move(frame), query.compiled_.shape);
}

Result<Rows> Database::run(const Query& query, std::initializer_list<Value> parameters) {
  return run(query, std::span<const Value>(parameters.begin(), parameters.size()));
}

Result<void> Database::run_frame(const Query& query, std::span<const std::byte> parameters,
                                 Buffer<std::byte>& frame, Cursor* rest) {
  if (!cursors_.empty() && may_change(query)) read_ahead();
  fit(query);
  VIRGA_TRY(exec::read_parameters(parameters, parameters_));
  const auto run = [&](const compile::Compiled& compiled) {
    return runner_.run(connection_, compiled, *query.schema_, parameters_, frame, nullptr, rest);
  };
  VIRGA_ASSIGN(const bool done, run(query.compiled_));
  if (!done) {
    VIRGA_ASSIGN(const auto chunks, compile_chunks(query));
    VIRGA_TRY(run(chunks));
  }
  if (rest && *rest) opened(*rest);
  return {};
}

schema::AccessIn Database::access() const {
  return [this](const schema::Table& table, const std::vector<std::size_t>& columns) {
    return connection_.access(table, columns);
  };
}

Result<Query> Database::prepare(std::string_view document, SharedSchema schema) {
  VIRGA_ASSIGN(const auto query, ast::from_json(document));
  VIRGA_ASSIGN(auto compiled, compile::compile(query, *schema, access()));
  Query prepared(query, std::move(compiled), std::move(schema));
  prepared.planned_ = connection_.schema_version();
  return prepared;
}

/// Plans a query of several levels anew, unless that was done for the indexes there are.
void Database::fit(const Query& query) {
  if (query.compiled_.steps.size() < 2) return;
  const db::SchemaVersion version = connection_.schema_version();
  if (query.planned_ == version) return;
  // The names are those that it was compiled with before: there can be no error.
  if (auto compiled = compile::compile(query.ast_, *query.schema_, access()))
    query.compiled_ = std::move(*compiled);
  query.planned_ = version;
}

Result<compile::Compiled> Database::compile_chunks(const Query& query) const {
  return compile::compile_chunks(query.ast_, *query.schema_, access(), query.compiled_);
}

Result<Cursor> Database::open_cursor(const Query& query, std::vector<Value> parameters) {
  if (may_change(query)) read_ahead();
  fit(query);
  VIRGA_ASSIGN(auto compiled, compile_chunks(query));
  VIRGA_ASSIGN(Cursor cursor, runner_.open(connection_, std::move(compiled), *query.schema_,
                                           std::move(parameters)));
  opened(cursor);
  return cursor;
}

void Database::opened(const Cursor& cursor) {
  std::erase_if(cursors_, [](const auto& other) { return other.expired(); });
  cursors_.push_back(cursor);
}

Result<Cursor> Database::open_cursor_frame(const Query& query,
                                           std::span<const std::byte> parameters) {
  VIRGA_ASSIGN(auto values, parameter_values(parameters));
  return open_cursor(query, std::move(values));
}

Result<std::optional<Rows>> Database::next(const Cursor& cursor) {
  Buffer<std::byte> frame;
  VIRGA_ASSIGN(const bool more, next_frame(cursor, frame));
  if (!more) return std::nullopt;
  VIRGA_ASSIGN(auto rows, Rows::make(std::move(frame), cursor->shape()));
  return std::optional<Rows>(std::move(rows));
}

Result<bool> Database::next_frame(const Cursor& cursor, Buffer<std::byte>& frame) {
  return runner_.next(connection_, *cursor, frame);
}

/// The values of a parameter block, with memory of their own.
Result<std::vector<Value>> Database::parameter_values(std::span<const std::byte> block) {
  VIRGA_TRY(exec::read_parameters(block, parameters_));
  std::vector<Value> values;
  for (const ValueView& parameter : parameters_) values.push_back(parameter.owned());
  return values;
}

Result<compile::Trace> Database::explain(const Query& query, std::span<const Value> parameters) {
  compile::Trace trace;
  const std::string document = ast::to_json(query.ast_);
  VIRGA_ASSIGN(const auto parsed,
               compile::Trace::timed(&trace, "parse", [&] { return ast::from_json(document); }));
  VIRGA_ASSIGN(const auto compiled, compile::compile(parsed, *query.schema_, access(), &trace));
  for (compile::StatementTrace& statement : trace.statements) {
    VIRGA_ASSIGN(statement.query_plan, connection_.query_plan(statement.sql));
    statement.parameters.assign(parameters.begin(), parameters.end());
  }
  VIRGA_TRY(exec::advise(connection_, trace));
  if (compiled.writes) return trace;
  trace.ran = true;
  parameters_.assign(parameters.begin(), parameters.end());
  Buffer<std::byte> frame;
  VIRGA_TRY(compile::Trace::timed(&trace, "run", [&] {
    return runner_.run(connection_, compiled, *query.schema_, parameters_, frame, &trace);
  }));
  return trace;
}

Result<compile::Trace> Database::explain_frame(const Query& query,
                                               std::span<const std::byte> parameters) {
  VIRGA_ASSIGN(const auto values, parameter_values(parameters));
  return explain(query, values);
}

struct Session::Prepared {
  const Query* query;  ///< in the cache
  std::vector<Value> values;
};

Result<Session::Prepared> Session::prepare(const ast::Query& query, std::vector<Value> parameters) {
  const std::size_t given = parameters.size();
  auto [tree, values, needed] = ast::parameterize(query, std::move(parameters));
  if (given < needed)
    return fail(Code::missing_parameter,
                "The query has " + std::to_string(needed) + " parameters, but " +
                    std::to_string(given) + " values were given.",
                "parameters[" + std::to_string(given) + "]");
  std::string document = ast::to_json(tree);
  auto found = cache_.find(document);
  if (found == cache_.end()) {
    VIRGA_ASSIGN(auto compiled, Query::prepare(tree, schema_));
    if (cache_.size() >= cache_limit) cache_.clear();
    found = cache_.emplace(std::move(document), std::move(compiled)).first;
  }
  return Prepared{&found->second, std::move(values)};
}

Result<Rows> Session::run(const ast::Query& query, std::vector<Value> parameters) {
  VIRGA_ASSIGN(const auto prepared, prepare(query, std::move(parameters)));
  return database_->run(*prepared.query, prepared.values);
}

Result<compile::Trace> Session::explain(const ast::Query& query, std::vector<Value> parameters) {
  VIRGA_ASSIGN(const auto prepared, prepare(query, std::move(parameters)));
  return database_->explain(*prepared.query, prepared.values);
}

}  // namespace virga
