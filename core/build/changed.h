#pragma once

namespace virga::build {

/// A copy of a builder that `change` was made to: to its `node()`.
template <class Self, class Change>
Self changed(const Self& self, Change change) {
  Self next = self;
  change(next.node());
  return next;
}

}  // namespace virga::build
