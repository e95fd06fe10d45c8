#pragma once

#include "bind/bound.h"

namespace virga::plan {

/// Whether an expression surely gives the same value again, and each of its names means one column
/// whatever stands around it: SQL text might not.
bool steady(const bound::Expr& expr);

}  // namespace virga::plan
