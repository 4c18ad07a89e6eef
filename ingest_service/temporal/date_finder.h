// Finds the date expressions of a document and resolves them.
//
// Pure: the result depends on the document and the publish day alone, never on a clock. Time is linear in the
// number of tokens.
//
//   "Signed in July 2001, it was revoked two years later, the minister said on Friday."   (published
//   2003-11-08)
//   -> "July 2001" = 2001-07, "two years later" = 2003 (kPrevious), "Friday" = 2003-11-07 (kPublication)
#ifndef TREATYWIRE_INGEST_SERVICE_TEMPORAL_DATE_FINDER_H_
#define TREATYWIRE_INGEST_SERVICE_TEMPORAL_DATE_FINDER_H_

#include <optional>
#include <vector>

#include "absl/types/span.h"
#include "ingest_service/document/document.h"
#include "ingest_service/temporal/date_expression.h"
#include "ingest_service/temporal/time_word.h"
#include "ingest_service/temporal/uncertain_date.h"

namespace treatywire::ingest {

// What a date expression is relative to.
enum class DateAnchor {
  kNone,         // "4 February 1994", "the 1990s", a length: complete in itself
  kPublication,  // "on Friday", "in July", "last week", "Oct. 29" without a year, "two years ago"
  kPrevious,     // "a month earlier", "the same year", "two years later", "the following day", "June 1" after
                 // "May 27, 1999"
};

// What role words right before the expression give it.
enum class DateRole {
  kAt,     // on, in, at, or nothing
  kSince,  // since, from, as of, after: the start of something. With "since" the date is open-ended ("since
           // February 2022" is 2022-02/..: IntervalStart() gives the month); with the other words it is the
           // start alone.
  kUntil,  // until, till, by, before, to: an end or a deadline ("valid until 2030" is 2030)
  kDuration,  // "for ten years", "90 days", "within six months": a length, `date` is empty; not when
  kModifier,  // adjective of a noun: "the 1994 treaty", "its 2003 agreement", "1982's treaty", "Monday's
              // decree"
};

struct DateMention {
  TokenSpan tokens;  // the date words, without the preposition and a leading "the"
  // These words as they are written. FindDates leaves it empty: whoever lays the dates out has what it views
  // (extraction/annotation.h).
  absl::string_view surface;
  DateAnchor anchor = DateAnchor::kNone;
  DateRole role = DateRole::kAt;
  // Resolved with the past preferred ("in July" is the last July not after the publication). Empty where it
  // can't be: no publish day, nothing before it, a duration, no number ("several years later").
  UncertainDate date;
  // The same expression in a clause about the future ("will take effect in January"): the next one not before
  // the publication. Equal to `date` where the direction does not matter. For a duration after "in" ("in 60
  // days") the day on which it is over; "a year later" as a term that runs is as precise as the month.
  UncertainDate future_date;
  // kDuration: its length, and what "two years later" adds (negative for "earlier", "ago"). 0 = none.
  int years = 0;
  int months = 0;
  int days = 0;
  // "two months before it entered into force", "a day after the vote": the words count from what follows
  // them. `date` is that of the event that follows them: behind another date and a comma ("accepted in
  // September, two months before it entered into force": November), in front of one ("Two weeks after it was
  // signed, he froze it on Monday"), after "comes" ("The move comes a day after the vote"). Elsewhere it is
  // empty.
  bool of_event = false;
  // What the words say, for ResolveAgainst().
  DateExpression expression;
};

// Returns the mentions of `document` in order, none overlapping. `publish_day` is nullopt where it is not
// known: then what is relative to it has an empty date ("on Friday" stays an unresolved weekday), unless a
// dateline
// ("MOSCOW, Oct. 28, 2025 (Wire) -", "Oslo, 7 July 2011") or a line with the date gives the day. A dateline
// that is not after the publish day takes its place: the "today" of a report is the day it was written.
//
// A day or month without a year is relative to publication, except where its sentence (or the list item, or a
// sentence before it that begins with a date) tells of another year and goes on: "concurs on May 27, 1999,
// and it takes effect on June 1".
std::vector<DateMention> FindDates(const Document& document, std::optional<absl::CivilDay> publish_day);
// The same for whoever has classified the tokens: `words` as Classify tells of each (time_word.h).
std::vector<DateMention> FindDates(const Document& document, absl::Span<const TimeWord> words,
                                   std::optional<absl::CivilDay> publish_day);

// `mention` (kPrevious) resolved against `anchor` instead of the date before it: the extraction knows which
// event "two years later" follows. Returns an empty date where mention is not of that kind, or `anchor` is
// too imprecise.
UncertainDate ResolveAgainst(const DateMention& mention, const UncertainDate& anchor);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_TEMPORAL_DATE_FINDER_H_
