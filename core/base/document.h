#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/value.h"

namespace virga {

class Document;

/// One place in a JSON document, knowing its path. Reading is checked but never stops: the first
/// misfit is kept in the Document, later reads give empty values, and the caller asks once at the
/// end. A Node lives as long as its Document.
class Node {
 public:
  bool present() const { return json_ != nullptr; }
  bool is_object() const;
  bool is_array() const;
  bool is_string() const;
  bool is_true() const;  ///< present and the literal true; anything but a boolean is a misfit

  /// The member `key` of an object; a node that is not present when it is missing or null.
  Node get(std::string_view key) const;
  /// As get, but a missing member is a misfit.
  Node need(std::string_view key) const;
  /// The items of an array; none, and a misfit, for anything else.
  std::vector<Node> items() const;

  /// The names of the members of an object; none, and a misfit, for anything else.
  std::vector<std::string> keys() const;

  std::string text() const;                ///< a string
  std::size_t index() const;               ///< an integer from 0 to 2^32-1
  std::vector<std::string> texts() const;  ///< an array of strings
  /// A value: null, a number (an integer stays exact), a string, {"int":"…"}, {"real":x},
  /// {"blob":"hex"}.
  Value value() const;

  /// What stands here, as JSON text.
  std::string json() const;

  /// A misfit for every member that is not in `known`, naming the nearest known one.
  void only(std::initializer_list<std::string_view> known) const;
  /// The single member of an object such as {"find":{…}}: its key, and its node through get().
  std::string only_key() const;

  const std::string& path() const { return path_; }
  void misfit(std::string message, std::string hint = {}) const;

 private:
  friend class Document;
  Node(Document* document, const void* json, std::string path);
  Node child(std::string_view key) const;
  Document* document_;
  const void* json_;
  std::string path_;
};

/// A parsed JSON document and the first misfit found while reading it.
class Document {
 public:
  /// Parses `text`. Nothing is thrown: text that is not JSON is the document's first misfit.
  Document(std::string_view text, std::string_view what);
  ~Document();
  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;

  Node root();
  const std::optional<Error>& error() const { return error_; }

  /// True while reading may go deeper; documents nested too deep for the stack are misfits.
  static constexpr int depth_limit = 200;

 private:
  friend class Node;
  struct Json;
  std::unique_ptr<Json> json_;
  std::string what_;
  std::optional<Error> error_;
};

}  // namespace virga
