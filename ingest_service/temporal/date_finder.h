// Finds the date expressions of a document and resolves them.
//
// Pure: the result depends on the document and the publish day alone, never on a clock.
#ifndef TREATYWIRE_INGEST_SERVICE_TEMPORAL_DATE_FINDER_H_
#define TREATYWIRE_INGEST_SERVICE_TEMPORAL_DATE_FINDER_H_

#include <optional>
#include <vector>

#include "ingest_service/document/document.h"
#include "ingest_service/temporal/uncertain_date.h"

namespace treatywire::ingest {

// What a date expression is relative to.
enum class DateAnchor {
  kNone,         // "4 February 1994", "the 1990s": complete in itself
  kPublication,  // "on Friday", "in July", "last week", "Oct. 29" without a year, "two years ago"
  kPrevious,     // "a month earlier", "the same year", "two years later", "the following day", "June 1" after
                 // "May 27, 1999"
};

// What role words right before the expression give it.
enum class DateRole {
  kAt,        // on, in, at, or nothing
  kSince,     // since, from, as of: the start of something ("since February 2022" is 2022-02/..)
  kUntil,     // until, till, by, before: an end or a deadline ("valid until 2030")
  kDuration,  // "for ten years", "90 days", "within six months": a length, `date` is empty; not when
  kModifier,  // adjective of a noun: "the 1994 treaty", "its 2003 agreement", "1982's treaty"
};

struct DateMention {
  TokenSpan tokens;  // the date words, without the preposition
  DateAnchor anchor = DateAnchor::kNone;
  DateRole role = DateRole::kAt;
  // Resolved with the past preferred ("in July" is the last July not after the publication). Empty where it
  // can't be: no publish day, nothing before it, a duration.
  UncertainDate date;
  // The same expression in a clause about the future ("will take effect in January"): the next one not before
  // the publication. Equal to `date` where the direction does not matter.
  UncertainDate future_date;
  // kDuration: its length, and what "two years later" adds (negative for "earlier", "ago"). 0 = none.
  int years = 0;
  int months = 0;
  int days = 0;
};

// Longest expression in tokens.
inline constexpr uint32_t kMaxDateTokens = 12;

// Returns the mentions of `document` in order, none overlapping. `publish_day` is nullopt where it is not
// known: then what is relative to it has an empty date ("on Friday" stays an unresolved weekday), unless a
// dateline
// ("MOSCOW, Oct 28 (Wire) -", "Oslo, 7 July 2011") gives the day.
std::vector<DateMention> FindDates(const Document& document, std::optional<absl::CivilDay> publish_day);

// `mention` (kPrevious) resolved against `anchor` instead of the date before it: the extraction knows which
// event "two years later" follows. Returns an empty date where mention is not of that kind.
UncertainDate ResolveAgainst(const DateMention& mention, const UncertainDate& anchor);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_TEMPORAL_DATE_FINDER_H_
