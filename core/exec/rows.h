#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/buffer.h"
#include "base/error.h"
#include "base/value.h"
#include "exec/read_value.h"
#include "plan/shape.h"

namespace virga::exec {

class Row;

/// The result of a query as nested rows; owns the frame. Values are as SQLite stores them: codecs
/// are the host language's business.
class Rows {
 public:
  /// @param bytes a frame as exec::run makes it
  /// @param shape the shape of the query that made it
  static Result<Rows> make(Buffer<std::byte> bytes, const plan::Shape& shape);

  std::size_t size() const;
  bool empty() const { return size() == 0; }
  Row operator[](std::size_t index) const;

  /// `for (const Row& row : rows)`
  class Iterator;
  Iterator begin() const;
  Iterator end() const;

  std::int64_t changes() const;            ///< rows a write inserted, updated or deleted
  std::int64_t last_insert_rowid() const;  ///< of a write, as sqlite3_last_insert_rowid

 private:
  friend class Row;
  struct Data;
  explicit Rows(std::shared_ptr<const Data> data) : data_(std::move(data)) {}
  std::shared_ptr<const Data> data_;
};

/// One object of a result; shares the frame with its Rows, so it may outlive them.
class Row {
 public:
  /// The field with this name as a C++ type: std::int64_t, int, double, bool, std::string, Blob,
  /// Time (of a timestamp), Value, or std::optional of one of them where it can be NULL.
  /// Errors: unknown_column, invalid_value (exec/read_value.h).
  template <class T>
  Result<T> get(std::string_view name) const {
    VIRGA_ASSIGN(const Cell found, named(name));
    T value{};
    VIRGA_TRY(read(found, value));
    return value;
  }

  /// The field with this name; null for a name the row does not have.
  Value operator[](std::string_view field) const;

  /// The row of a `one` relation, or a nested object of a select; nothing when there is none.
  std::optional<Row> one(std::string_view relation) const;

  /// The rows of a `many` relation.
  std::vector<Row> many(std::string_view relation) const;

  /// The row with everything below it as JSON, values as to_json(Value) writes them.
  std::string to_json() const;

 private:
  friend class Rows;
  Row(std::shared_ptr<const Rows::Data> data, const plan::ShapeNode& node,
      const std::vector<plan::ShapeField>& fields, std::uint32_t index)
      : data_(std::move(data)), node_(&node), fields_(&fields), index_(index) {}
  Result<Cell> named(std::string_view name) const;
  const plan::ShapeField* field(std::string_view name) const;
  Value cell(std::size_t slot) const;
  std::optional<Row> nested(const plan::ShapeField& field) const;
  const plan::ShapeNode* child(std::string_view relation) const;
  std::vector<Row> children(const plan::ShapeNode& node) const;
  std::shared_ptr<const Rows::Data> data_;
  const plan::ShapeNode* node_;
  const std::vector<plan::ShapeField>* fields_;  ///< the node's own, or those of a nested object
  std::uint32_t index_;
};

class Rows::Iterator {
 public:
  Row operator*() const { return (*rows_)[index_]; }
  Iterator& operator++() {
    ++index_;
    return *this;
  }
  bool operator!=(const Iterator& other) const { return index_ != other.index_; }

 private:
  friend class Rows;
  Iterator(const Rows* rows, std::size_t index) : rows_(rows), index_(index) {}
  const Rows* rows_;
  std::size_t index_;
};

inline Rows::Iterator Rows::begin() const { return {this, 0}; }
inline Rows::Iterator Rows::end() const { return {this, size()}; }

}  // namespace virga::exec
