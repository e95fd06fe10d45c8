#pragma once

#include "base/error.h"
#include "schema/schema.h"

namespace virga::compile {

/// Turns the queries of views into SQL text. A view may read the views before it.
/// Errors: those of bind::bind, malformed_document; invalid_schema when a view has other columns
/// than its query.
Result<schema::Schema> complete_views(schema::Schema schema);

}  // namespace virga::compile
