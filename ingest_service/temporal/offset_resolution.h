// The date at a distance from another: "two years later", "in 60 days".
//
// Pure. As precise as the smaller of the unit of the distance and the date it counts from.
#ifndef TREATYWIRE_INGEST_SERVICE_TEMPORAL_OFFSET_RESOLUTION_H_
#define TREATYWIRE_INGEST_SERVICE_TEMPORAL_OFFSET_RESOLUTION_H_

#include "ingest_service/temporal/date_resolution.h"

namespace treatywire::ingest {

// Of DateExpression::Kind::kOffset. Empty where no number is said or what it counts from is missing.
UncertainDate ResolveOffset(const DateExpression& expression, const DateAnchors& anchors,
                            Direction direction);
// Of DateExpression::Kind::kLength: the end of one that lies ahead, for the future only; else empty.
UncertainDate ResolveLength(const DateExpression& expression, const DateAnchors& anchors,
                            Direction direction);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_TEMPORAL_OFFSET_RESOLUTION_H_
