#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

namespace virga {

/// What kind of failure an Error reports. The text form (see code_name) is part of the public
/// surface: it is what JavaScript reads as `error.code` and what golden files record.
enum class Code {
  malformed_document,      ///< a schema or query document does not have the documented form
  invalid_schema,          ///< the schema contradicts itself (duplicate names, dangling keys)
  unknown_table,           ///< no table has this key
  unknown_column,          ///< the table has no column with this key
  unknown_relation,        ///< the table has no relation with this name
  invalid_value,           ///< a value does not fit the type it is read or written as
  invalid_query,           ///< the query is well-formed but asks for something impossible
  missing_parameter,       ///< a parameter slot has no value
  malformed_parameters,    ///< the parameter block is not what exec/FRAME.md says
  malformed_frame,         ///< the frame is not what exec/FRAME.md says
  result_too_large,        ///< a result does not fit the 32-bit offsets of a frame
  constraint_unique,       ///< SQLITE_CONSTRAINT_UNIQUE
  constraint_primary_key,  ///< SQLITE_CONSTRAINT_PRIMARYKEY or _ROWID
  constraint_not_null,     ///< SQLITE_CONSTRAINT_NOTNULL
  constraint_check,        ///< SQLITE_CONSTRAINT_CHECK
  constraint_foreign_key,  ///< SQLITE_CONSTRAINT_FOREIGNKEY
  constraint,              ///< any other SQLITE_CONSTRAINT_*
  ambiguous_rename,        ///< a migration has to know what new names were before
  data_at_risk,            ///< a migration would lose values, or has rows in its way
  transaction,             ///< a transaction call that does not fit the connection's state
  closed,                  ///< the database, schema or query handle has been closed
  sqlite,                  ///< any other error SQLite reports; see Error::sqlite_code
  out_of_memory,           ///< SQLITE_NOMEM
  internal,                ///< a defect in Virga itself, never the caller's doing
};

/// The text form of a code, for example "unknown_column".
std::string_view code_name(Code code);

/// A failure as a value. Errors are returned, never thrown.
struct Error {
  Code code = Code::internal;
  std::string message;     ///< states the rule that was broken, in one sentence
  std::string path;        ///< where in the document, for example "find.with[0].where.args[0]"
  std::string hint;        ///< the candidates or the way out; may be empty
  int sqlite_code = 0;     ///< SQLite's extended result code, 0 when SQLite was not involved
  std::string constraint;  ///< name of the violated constraint, or its columns "table.column"
  std::string sql;         ///< the statement that failed, when one was running
};

/// The error as one JSON object: code, message, path, hint, sqliteCode, constraint, sql.
std::string to_json(const Error& error);

/// An Error as a Result holds it: a pointer. All that returns or hands on a Result would otherwise
/// make room for a whole Error, and move it.
class ErrorBox {
 public:
  ErrorBox(Error error);
  ErrorBox(const ErrorBox& other);
  ErrorBox(ErrorBox&&) noexcept = default;
  ErrorBox& operator=(ErrorBox other) noexcept;
  Error& operator*() { return *error_; }
  const Error& operator*() const { return *error_; }

 private:
  std::unique_ptr<Error> error_;
};

/// What a function returns in place of a value that it cannot give.
using Failure = tl::unexpected<ErrorBox>;

/// A value, or why there is none. `*result` is the value, `result.error()` the reason.
template <class T>
class [[nodiscard]] Result : public tl::expected<T, ErrorBox> {
  using Expected = tl::expected<T, ErrorBox>;

 public:
  using Expected::Expected;

  Error& error() { return *Expected::error(); }
  const Error& error() const { return *Expected::error(); }
  /// The reason, to be returned in place of another value.
  Failure failure() && { return Failure(std::move(Expected::error())); }
};

/// Shorthand for returning an error: `return fail(Code::closed, "…");`
Failure fail(Code code, std::string_view message, std::string_view path = {},
             std::string_view hint = {});

}  // namespace virga

/// Evaluates `expression`, a Result; returns its error from the enclosing function if it has one.
#define VIRGA_TRY(expression)                                                                      \
  do {                                                                                             \
    if (auto virga_result = (expression); !virga_result) return std::move(virga_result).failure(); \
  } while (false)

#define VIRGA_CONCAT_INNER(a, b) a##b
#define VIRGA_CONCAT(a, b) VIRGA_CONCAT_INNER(a, b)

/// `VIRGA_ASSIGN(auto x, f());` declares x from a successful Result, or returns its error.
#define VIRGA_ASSIGN(target, expression) \
  VIRGA_ASSIGN_INNER(VIRGA_CONCAT(virga_result_, __LINE__), target, expression)
#define VIRGA_ASSIGN_INNER(temporary, target, expression) \
  auto temporary = (expression);                          \
  if (!temporary) return std::move(temporary).failure();  \
  target = std::move(*temporary)
