#pragma once

#include <optional>

#include "bind/bound.h"
#include "plan/plan.h"

namespace virga::plan {

/// A page of groups, such as orders with the sums of their details, 50 of them from the 2000th on:
/// one table, others joined to it by left joins, grouped and ordered by columns of that table
/// alone, its rowid among them. A group is then a row of the table, so the page can be chosen
/// before anything is joined and summed, where SQLite would make all the groups before it, too:
/// `where id in (select id from orders order by … limit … offset …)`.
///
/// Nothing when the select says anything that makes groups more or less than rows, when a window
/// function may look at other groups, or when SQLite stops at the page's end by itself: the first
/// page, in the order of the rowid.
std::optional<bound::Select> page(const bound::Select& select, const schema::Schema& schema,
                                  const Setting& setting);

}  // namespace virga::plan
