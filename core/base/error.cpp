#include "base/error.h"

namespace virga {

std::string_view code_name(Code code) {
  switch (code) {
    case Code::malformed_document: return "malformed_document";
    case Code::invalid_schema: return "invalid_schema";
    case Code::unknown_table: return "unknown_table";
    case Code::unknown_column: return "unknown_column";
    case Code::unknown_relation: return "unknown_relation";
    case Code::invalid_value: return "invalid_value";
    case Code::invalid_query: return "invalid_query";
    case Code::missing_parameter: return "missing_parameter";
    case Code::malformed_parameters: return "malformed_parameters";
    case Code::malformed_frame: return "malformed_frame";
    case Code::result_too_large: return "result_too_large";
    case Code::constraint_unique: return "constraint_unique";
    case Code::constraint_primary_key: return "constraint_primary_key";
    case Code::constraint_not_null: return "constraint_not_null";
    case Code::constraint_check: return "constraint_check";
    case Code::constraint_foreign_key: return "constraint_foreign_key";
    case Code::constraint: return "constraint";
    case Code::ambiguous_rename: return "ambiguous_rename";
    case Code::data_at_risk: return "data_at_risk";
    case Code::transaction: return "transaction";
    case Code::closed: return "closed";
    case Code::sqlite: return "sqlite";
    case Code::out_of_memory: return "out_of_memory";
    case Code::internal: return "internal";
  }
  return "internal";
}

ErrorBox::ErrorBox(Error error) : error_(std::make_unique<Error>(std::move(error))) {}

ErrorBox::ErrorBox(const ErrorBox& other) : ErrorBox(*other) {}

ErrorBox& ErrorBox::operator=(ErrorBox other) noexcept {
  error_.swap(other.error_);
  return *this;
}

Failure fail(Code code, std::string_view message, std::string_view path, std::string_view hint) {
  return Failure(
      Error{code, std::string(message), std::string(path), std::string(hint), 0, {}, {}});
}

}  // namespace virga
