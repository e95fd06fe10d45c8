#include <nlohmann/json.hpp>

#include "plan/shape.h"

namespace virga::plan {
namespace {

using Json = nlohmann::ordered_json;

void put(Json& json, const ShapeNode& node) {
  json["step"] = node.step;
  json["fields"] = Json::array();
  for (const ShapeField& field : node.fields) {
    Json item{{"name", field.name}, {"slot", field.slot}, {"codec", codec_name(field.codec)}};
    if (!field.column.empty()) item["column"] = {field.table, field.column};
    json["fields"].push_back(std::move(item));
  }
  json["children"] = Json::array();
  for (const ShapeNode& child : node.children) {
    Json item{{"name", child.name},
              {"kind", child.kind == schema::Cardinality::one ? "one" : "many"}};
    put(item, child);
    json["children"].push_back(std::move(item));
  }
}

}  // namespace

std::string to_json(const Shape& shape) {
  if (!shape.rows) return R"({"kind":"run"})";
  Json json{{"kind", "rows"}, {"first", shape.first}};
  put(json, shape.root);
  return json.dump();
}

}  // namespace virga::plan
