#pragma once

/// All builders.

#include "build/column.h"
#include "build/expression.h"
#include "build/find.h"
#include "build/operators.h"
#include "build/select.h"
#include "build/source.h"
#include "build/table.h"
#include "build/write.h"
