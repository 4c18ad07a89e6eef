// What a token can be in a date expression: month, weekday, unit, number, preposition, ...
//
// One look per token, in constant time. Classify() is pure and thread-safe.
#ifndef TREATYWIRE_INGEST_SERVICE_TEMPORAL_TIME_WORD_H_
#define TREATYWIRE_INGEST_SERVICE_TEMPORAL_TIME_WORD_H_

#include <cstdint>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "ingest_service/document/document.h"

namespace treatywire::ingest {

enum class WordKind : uint8_t {
  kOther,  // anything else
  // Calendar words; `value` is the number.
  kMonth,         // 1 to 12; written out
  kMonthShort,    // 1 to 12; "feb", "sept"
  kWeekday,       // 0 (Monday) to 6; written out
  kWeekdayShort,  // 0 to 6; "fri"
  kSeason,        // 1 (spring) to 4 (winter)
  kUnit,          // a Unit: "month"
  kUnits,         // a Unit in the plural: "months"
  kRelativeDay,   // days from today + 10: "yesterday" is 9
  kDayPart,       // "morning", "evening"
  kNight,         // "night"
  kDecadeName,    // "nineties" is 90
  kChristmas,
  kNew,
  kEve,
  kNamedDay,  // black, easter: what stands after it is no weekday
  // Numbers; `value` is the number.
  kNumber,       // digits, up to 999
  kYear,         // four digits, 1000 to 2999
  kOrdinal,      // "4th", 1 to 31
  kNumberWord,   // "twenty", up to 100
  kOrdinalWord,  // "first", 1 to 31
  kDecade,       // "1990s" is 1990
  kShortDecade,  // "90s" is 90
  kQuarterCode,  // "q1" is 1
  kHalfCode,     // "h1" is 1
  kNumericDate,  // "04.02.1994", "2025-12-05", "4/2/1994"
  // References.
  kThis,
  kLast,
  kNext,
  kThat,
  kSame,
  kFollowing,
  kPreceding,
  kPast,
  kComing,
  // Portions and directions.
  kEarly,
  kLate,
  kMid,
  kEnd,
  kStart,
  kTurn,
  kHalf,
  kQuarterWord,  // "quarter": a unit
  kAgo,
  kLater,    // "later", "afterwards"
  kEarlier,  // "earlier", "previously"
  kBefore,
  kAfter,
  kHence,
  kNow,
  kTime,
  kOut,  // "before the year is out"
  kOld,
  kReprise,  // "recently", "latest": the text returns to the present
  // Small words.
  kThe,
  kA,
  kPossessor,  // its, their, our
  kIn,
  kOn,
  kOf,
  kAt,
  kSince,
  kUntil,
  kBy,
  kThrough,
  kTo,
  kFrom,
  kBetween,
  kAnd,
  kOr,
  kDuring,
  kWithin,
  kFor,
  kOver,
  kUnder,
  kAs,
  kBack,
  kThan,
  kEvery,
  kApproximate,  // about, nearly
  kVague,        // few, several
  kFiller,       // more, full, consecutive
  kLeast,
  kWill,        // will, shall: a verb of the future
  kVerb,        // is, was, has: no noun that an adjective could stand before
  kFunction,    // which, when, with: likewise
  kPronoun,     // it, they
  kParticiple,  // signed, dated
  kCounted,     // people, tonnes, percent: makes the number before it a count
  kNumbered,    // article, resolution: makes the number after it a name
  kInstrument,  // treaty, summit: what a year as an adjective stands before
  // Punctuation.
  kComma,
  kHyphen,
  kSlash,
  kFullStop,
  kOpen,
  kClose,
  kColon,
  kSemicolon,
  kPossessive,  // 's
  kCurrency,
  kPunctuation,
};

enum class Unit : uint8_t { kDay, kWeek, kWeekend, kFortnight, kMonth, kQuarter, kYear, kDecade, kCentury };

struct TimeWord {
  WordKind kind = WordKind::kOther;
  uint16_t value = 0;
};

// `token` by its norm; whether it is capitalised decides only for words that are something else in lower case
// ("may", "march").
TimeWord Classify(const Token& token);
// The same for whoever has looked the norm up: `listed` is what ListedTimeWords tells of it, nullptr where it
// is not among them.
TimeWord Classify(const Token& token, const TimeWord* listed);
// Whether Classify makes nothing of the token where it is not listed: a word that begins with a letter.
inline bool IsPlainlyNoTimeWord(const Token& token) {
  return token.is_word && !token.norm.empty() && token.norm[0] > '9';
}

// The words that are known, each once; constant.
struct ListedTimeWord {
  absl::string_view norm;
  TimeWord word;
};
absl::Span<const ListedTimeWord> ListedTimeWords();

// Whether a date expression can begin with a word of this kind.
bool CanBeginDate(WordKind kind);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_TEMPORAL_TIME_WORD_H_
