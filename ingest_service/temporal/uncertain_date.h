// Dates as precise as the text makes them: an EDTF string with the earliest and the latest day it covers.
//
// EDTF (ISO 8601-2:2019), the part that is used: YYYY, YYYY-MM, YYYY-MM-DD, seasons YYYY-21 (spring) to
// YYYY-24 (winter, to the end of February of the next year), quarters YYYY-33 to YYYY-36, decades 199X,
// qualifiers ~ ? % at the end, intervals A/B, open ends ".." .
//
// All functions are pure. Years are 1000 to 2999: what would leave them is an empty date, never a wrong one.
#ifndef TREATYWIRE_INGEST_SERVICE_TEMPORAL_UNCERTAIN_DATE_H_
#define TREATYWIRE_INGEST_SERVICE_TEMPORAL_UNCERTAIN_DATE_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <ostream>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"

namespace treatywire::ingest {

// How precise a date is. An interval from a Monday to the next Sunday is a week, any other an interval.
enum class Granularity { kDay, kWeek, kMonth, kQuarter, kSeason, kYear, kDecade, kInterval };

// Where a date came from: the words themselves ("4 February 1994"); the words and another date, that of
// publication or one in the text ("on Friday", "two years later"); or no date word at all.
enum class DateBasis { kExplicit, kRelative, kPublication };

inline constexpr int kMinYear = 1000;
inline constexpr int kMaxYear = 2999;

// Longest EDTF: two days, each with a qualifier, and the slash.
inline constexpr size_t kMaxEdtfLength = 23;

// An EDTF string, kept in place: a date is copied by its bytes, and a sentence has some twenty copies.
class EdtfText {
 public:
  EdtfText() = default;
  // What is past kMaxEdtfLength bytes is cut off; no date is longer.
  explicit EdtfText(absl::string_view text)
      : size_(static_cast<uint8_t>(text.size() < kMaxEdtfLength ? text.size() : kMaxEdtfLength)) {
    if (size_ > 0) std::memcpy(text_, text.data(), size_);  // an empty view may point to nothing
  }

  // So that it goes wherever a date's text does.
  operator absl::string_view() const { return {text_, size_}; }  // NOLINT(google-explicit-constructor)
  bool empty() const { return size_ == 0; }
  size_t size() const { return size_; }

  friend bool operator==(const EdtfText& a, const EdtfText& b) {
    return a.size_ == b.size_ && std::memcmp(a.text_, b.text_, a.size_) == 0;
  }
  friend bool operator==(const EdtfText& a, absl::string_view b) { return absl::string_view(a) == b; }
  friend std::ostream& operator<<(std::ostream& out, const EdtfText& text) {
    return out << absl::string_view(text);
  }

 private:
  char text_[kMaxEdtfLength] = {};
  uint8_t size_ = 0;
};

// Copied by its bytes.
struct UncertainDate {
  EdtfText edtf;                           // empty = no date
  std::optional<absl::CivilDay> earliest;  // nullopt = open
  std::optional<absl::CivilDay> latest;    // inclusive; nullopt = open
  Granularity granularity = Granularity::kDay;
  DateBasis basis = DateBasis::kExplicit;
  bool empty() const { return edtf.empty(); }
  friend bool operator==(const UncertainDate&, const UncertainDate&) = default;
};

// Parses EDTF as listed above; the basis is kExplicit. Returns INVALID_ARGUMENT that quotes the input for all
// else: other years, days that no month has, an interval that ends before it begins, "../..".
absl::StatusOr<UncertainDate> ParseEdtf(absl::string_view edtf);

// Of a table: "the day before the first of the next month" takes Abseil hundreds of instructions.
absl::CivilDay LastDayOf(absl::CivilMonth month);

// "2025-12-05".
std::string DayText(absl::CivilDay day);

// A date of one granularity. Empty where the year is out of range.
UncertainDate DayDate(absl::CivilDay day);         // 2025-12-05
UncertainDate MonthDate(absl::CivilMonth month);   // 2025-12
UncertainDate QuarterDate(int year, int quarter);  // 2025-33; quarter is 1 to 4
UncertainDate SeasonDate(int year, int season);    // 2025-21; season is 1 (spring) to 4 (winter)
UncertainDate YearDate(int year);                  // 2025
UncertainDate DecadeDate(int first_year);          // 199X; any year of the decade does

// From one date to another: 2025-11-24/2025-11-30, 1989/2000. Empty where either is empty or an interval
// itself, or the second ends before the first begins.
UncertainDate IntervalDate(absl::CivilDay first, absl::CivilDay last);
UncertainDate IntervalDate(const UncertainDate& first, const UncertainDate& last);
// From `start` on: 2022-02/.. . An interval begins where it began, and stays approximate.
UncertainDate OpenEnded(const UncertainDate& start);
// What stands before and after the "/" of an interval ("2022-02" of "2022-02/..", empty for the open side);
// any other date as it is.
UncertainDate IntervalStart(const UncertainDate& date);
UncertainDate IntervalEnd(const UncertainDate& date);

// The same date marked approximate: "~" appended once ("?" becomes "%"). An open end takes no mark: the start
// does.
UncertainDate Approximately(UncertainDate date);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_TEMPORAL_UNCERTAIN_DATE_H_
