#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "base/document.h"
#include "base/text.h"

namespace virga {
namespace {

using Json = nlohmann::ordered_json;

const Json& as_json(const void* json) { return *static_cast<const Json*>(json); }

std::optional<std::int64_t> parse_int64(const std::string& digits) {
  std::int64_t value = 0;
  const char* end = digits.data() + digits.size();
  const auto [stop, failure] = std::from_chars(digits.data(), end, value);
  if (failure != std::errc() || stop != end) return std::nullopt;
  return value;
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::optional<Blob> parse_hex(const std::string& hex) {
  if (hex.size() % 2 != 0) return std::nullopt;
  Blob blob;
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    const int high = hex_digit(hex[i]);
    const int low = hex_digit(hex[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    blob.bytes.push_back(static_cast<std::byte>(high * 16 + low));
  }
  return blob;
}

std::optional<double> parse_real(const Json& json) {
  if (json.is_number()) return json.get<double>();
  if (!json.is_string()) return std::nullopt;
  const auto& word = json.get_ref<const std::string&>();
  if (word == "inf") return std::numeric_limits<double>::infinity();
  if (word == "-inf") return -std::numeric_limits<double>::infinity();
  return std::nullopt;
}

}  // namespace

struct Document::Json {
  nlohmann::ordered_json root;
};

Document::Document(std::string_view text, std::string_view what)
    : json_(std::make_unique<Json>()), what_(what) {
  json_->root = nlohmann::ordered_json::parse(text, nullptr, false);
  if (json_->root.is_discarded()) {
    json_->root = nullptr;
    error_ =
        Error{Code::malformed_document, "The " + what_ + " is not valid JSON.", {}, {}, 0, {}, {}};
  }
}

Document::~Document() = default;

Node Document::root() { return Node(this, &json_->root, {}); }

Node::Node(Document* document, const void* json, std::string path)
    : document_(document), json_(json), path_(std::move(path)) {}

void Node::misfit(std::string message, std::string hint) const {
  if (document_->error_) return;
  document_->error_ = Error{Code::malformed_document,
                            "Malformed " + document_->what_ + ": " + message,
                            path_,
                            std::move(hint),
                            0,
                            {},
                            {}};
}

bool Node::is_object() const { return json_ && as_json(json_).is_object(); }
bool Node::is_array() const { return json_ && as_json(json_).is_array(); }
bool Node::is_string() const { return json_ && as_json(json_).is_string(); }

bool Node::is_true() const {
  if (!json_) return false;
  if (!as_json(json_).is_boolean()) {
    misfit("expected true or false.");
    return false;
  }
  return as_json(json_).get<bool>();
}

Node Node::child(std::string_view key) const {
  const std::string path = path_.empty() ? std::string(key) : path_ + "." + std::string(key);
  if (!is_object()) {
    if (json_) misfit("expected an object.");
    return Node(document_, nullptr, path);
  }
  const auto found = as_json(json_).find(std::string(key));
  return Node(document_, found == as_json(json_).end() ? nullptr : &*found, path);
}

Node Node::get(std::string_view key) const {
  Node node = child(key);
  if (node.json_ && as_json(node.json_).is_null()) node.json_ = nullptr;
  return node;
}

Node Node::need(std::string_view key) const {
  Node node = child(key);
  if (!node.json_) misfit("\"" + std::string(key) + "\" is missing.");
  return node;
}

std::vector<Node> Node::items() const {
  std::vector<Node> nodes;
  if (!json_) return nodes;
  if (!is_array()) {
    misfit("expected an array.");
    return nodes;
  }
  const Json& array = as_json(json_);
  nodes.reserve(array.size());
  for (std::size_t i = 0; i < array.size(); ++i)
    nodes.push_back(Node(document_, &array[i], path_ + "[" + std::to_string(i) + "]"));
  return nodes;
}

std::vector<std::string> Node::keys() const {
  std::vector<std::string> names;
  if (!is_object())
    misfit("expected an object.");
  else
    for (const auto& member : as_json(json_).items()) names.push_back(member.key());
  return names;
}

std::string Node::text() const {
  if (is_string()) return as_json(json_).get<std::string>();
  if (json_) misfit("expected a string.");
  return {};
}

std::size_t Node::index() const {
  if (!json_) return 0;
  const Json& json = as_json(json_);
  if (json.is_number_unsigned() && json.get<std::uint64_t>() <= 0xFFFFFFFFu)
    return static_cast<std::size_t>(json.get<std::uint64_t>());
  misfit("expected an integer that is not negative.");
  return 0;
}

std::vector<std::string> Node::texts() const {
  std::vector<std::string> result;
  for (const Node& item : items()) result.push_back(item.text());
  return result;
}

Value Node::value() const {
  if (!json_) return {};
  const Json& json = as_json(json_);
  if (json.is_null()) return {};
  if (json.is_string()) return json.get<std::string>();
  if (json.is_number_integer() &&
      !(json.is_number_unsigned() &&
        json.get<std::uint64_t>() >
            static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())))
    return json.get<std::int64_t>();
  if (json.is_number()) return json.get<double>();
  if (json.is_object() && json.size() == 1) {
    const std::string key = json.begin().key();
    const Json& content = *json.begin();
    if (key == "real")
      if (const auto real = parse_real(content)) return *real;
    if (key == "int" && content.is_string())
      if (const auto integer = parse_int64(content.get<std::string>())) return *integer;
    if (key == "blob" && content.is_string())
      if (auto blob = parse_hex(content.get<std::string>())) return std::move(*blob);
  }
  misfit(
      "expected a value.",
      R"(A value is null, a number, a string, {"int":"digits"}, {"real":number} or {"blob":"hex"}.)");
  return {};
}

std::string Node::json() const {
  return json_ ? as_json(json_).dump(-1, ' ', false, Json::error_handler_t::replace) : "null";
}

void Node::only(std::initializer_list<std::string_view> known) const {
  if (!json_) return;
  if (!is_object()) return misfit("expected an object.");
  for (const auto& [key, unused] : as_json(json_).items()) {
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    const std::vector<std::string> candidates(known.begin(), known.end());
    return misfit("unknown member \"" + key + "\".", text::candidates_hint(key, candidates));
  }
}

std::string Node::only_key() const {
  if (is_object() && as_json(json_).size() == 1) return as_json(json_).begin().key();
  misfit("expected an object with exactly one member.");
  return {};
}

}  // namespace virga
