// A story for tests: three newspapers on how Russia ended agreements with Canada, France and Portugal in
// December 2025, and with Germany in the summer before. Two of them know when those were signed, the third
// has it wrong.
#ifndef TREATYWIRE_TESTS_QUERY_SERVICE_INDEX_CANCELLED_AGREEMENTS_H_
#define TREATYWIRE_TESTS_QUERY_SERVICE_INDEX_CANCELLED_AGREEMENTS_H_

#include <vector>

#include "treatywire/v1/event.pb.h"

namespace treatywire::query {

// Quotes the decree with the full titles; published on 2025-12-06, as are all three.
treatywire::v1::ExtractedArticle DecreeReport();
// Short names, a table, and the German agreement's date as "early 2000s".
treatywire::v1::ExtractedArticle TableReport();
// Dates the three agreements "back to" 1997, 1994 and 1992.
treatywire::v1::ExtractedArticle VagueReport();

std::vector<treatywire::v1::ExtractedArticle> CancelledAgreements();

}  // namespace treatywire::query

#endif  // TREATYWIRE_TESTS_QUERY_SERVICE_INDEX_CANCELLED_AGREEMENTS_H_
