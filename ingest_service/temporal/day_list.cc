#include "ingest_service/temporal/day_list.h"

#include "ingest_service/temporal/calendar_part.h"

namespace treatywire::ingest {
namespace {

using K = WordKind;

// The number after the one at `at` and what joins them (",", "and the"); 0 where none follows.
uint32_t NextDay(const SentenceWords& words, uint32_t at) {
  uint32_t i = at + 1;
  if (words.Kind(i) == K::kComma) ++i;
  if (words.Kind(i) == K::kAnd) ++i;
  if (i > at + 1 && words.Kind(i) == K::kThe) ++i;
  return i > at + 1 && words.IsDayNumber(i) && words.Value(i) > words.Value(at) ? i : 0;
}

bool IsInRow(const SentenceWords& words, const std::vector<uint32_t>& days) {
  return days.size() == 2 && words.Value(days[1]) == words.Value(days[0]) + 1;
}

}  // namespace

std::vector<DateExpression> ReadDayList(const SentenceWords& words, uint32_t at) {
  if (!words.IsDayNumber(at) || words.KindBefore(at) == K::kBetween) return {};
  std::vector<uint32_t> days = {at};
  for (uint32_t next = NextDay(words, at); next != 0 && days.size() < kMaxListedDays;
       next = NextDay(words, next)) {
    days.push_back(next);
  }
  if (days.size() < 2 || IsInRow(words, days)) return {};
  YearPart part;
  const uint32_t end = ReadDayMonth(words, days.back(), part);
  if (end == 0 || part.kind != YearPart::Kind::kDay || part.last_day != 0) return {};
  std::vector<DateExpression> list;
  for (const uint32_t day : days) {
    DateExpression& expression = list.emplace_back();
    expression.part = part;
    expression.part.day = static_cast<uint8_t>(words.Value(day));
    expression.tokens = {day, day == days.back() ? end : day + 1};
  }
  return list;
}

}  // namespace treatywire::ingest
