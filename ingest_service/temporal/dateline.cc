#include "ingest_service/temporal/dateline.h"

#include <cstdint>

#include "ingest_service/temporal/calendar_part.h"
#include "ingest_service/temporal/date_resolution.h"
#include "ingest_service/temporal/sentence_words.h"

namespace treatywire::ingest {
namespace {

using K = WordKind;

// A dateline stands among the first sentences of the body, and its date among the first tokens of its
// sentence.
constexpr uint32_t kMaxSentences = 6;
constexpr uint32_t kMaxPlaceTokens = 8;
// Longest line that is about its date: "By our London desk, 28 June 2023, 2 min read".
constexpr uint32_t kMaxLineTokens = 16;
// A dateline further from publication than this is history, except in the first sentence (an old report).
constexpr int kMaxDaysBefore = 31;

std::optional<absl::CivilDay> DayOf(const YearPart& part, std::optional<absl::CivilDay> publish_day) {
  if (part.kind != YearPart::Kind::kDay || part.last_day != 0) return std::nullopt;
  DateExpression expression;
  expression.part = part;
  const UncertainDate date = Resolve(expression, {publish_day, {}}, Direction::kPast);
  return date.granularity == Granularity::kDay ? date.earliest : std::nullopt;
}

// Whether what follows a dateline's date ends it: "(Wire) -", ":", or nothing.
bool EndsDateline(const SentenceWords& words, uint32_t at) {
  switch (words.Kind(at)) {
    case K::kOpen:
    case K::kClose:
    case K::kHyphen:
    case K::kColon:
      return true;
    case K::kFullStop:
      return !words.IsInside(at + 1);
    default:
      return !words.IsInside(at);
  }
}

// The day of a sentence that begins with places and a date: "Addis Ababa, 7 October 2021".
std::optional<absl::CivilDay> DayAfterPlace(const SentenceWords& words,
                                            std::optional<absl::CivilDay> publish_day) {
  const TokenSpan sentence = words.sentence();
  bool has_place = false;
  bool in_brackets = false;  // "Tuna Convention (Suva, 3 May 2016)": of what stands before
  for (uint32_t i = sentence.begin; i < sentence.end && i < sentence.begin + kMaxPlaceTokens; ++i) {
    if (words.Kind(i) == K::kOpen) in_brackets = has_place;
    if (words.Kind(i) == K::kClose) in_brackets = false;
    YearPart part;
    const uint32_t end = ReadCalendarPart(words, i, part);
    if (end != 0 && has_place && !in_brackets && words.KindBefore(i) == K::kComma &&
        EndsDateline(words, end)) {
      return DayOf(part, publish_day);
    }
    const K kind = words.Kind(i);
    const bool joins = kind == K::kComma || kind == K::kSlash || kind == K::kHyphen || kind == K::kFullStop ||
                       kind == K::kOpen || kind == K::kClose || kind == K::kAnd || kind == K::kNumber ||
                       kind == K::kNumbered;
    if (!joins && !words.IsCapitalized(i)) return std::nullopt;
    has_place |= words.IsCapitalized(i);
  }
  return std::nullopt;
}

// The day in a short line without a verb.
std::optional<absl::CivilDay> DayOfLine(const SentenceWords& words) {
  const TokenSpan sentence = words.sentence();
  if (sentence.size() > kMaxLineTokens) return std::nullopt;
  std::optional<absl::CivilDay> day;
  for (uint32_t i = sentence.begin; i < sentence.end; ++i) {
    if (words.Kind(i) == K::kVerb || words.Kind(i) == K::kWill || words.Kind(i) == K::kParticiple ||
        words.Kind(i) == K::kInstrument) {
      return std::nullopt;
    }
    YearPart part;
    const uint32_t end = ReadCalendarPart(words, i, part);
    if (end == 0) continue;
    if (!day && part.year_reference == Reference::kExplicit) day = DayOf(part, std::nullopt);
    i = end - 1;
  }
  return day;
}

bool MayHoldDateline(const Block& block) {
  return block.kind == BlockKind::kParagraph || block.kind == BlockKind::kHeading;
}

// Whether a dateline's day can be the day of writing.
bool IsWritingDay(absl::CivilDay day, std::optional<absl::CivilDay> publish_day, bool is_first) {
  if (!publish_day) return true;
  return day <= *publish_day && (is_first || *publish_day - day <= kMaxDaysBefore);
}

}  // namespace

std::optional<absl::CivilDay> WritingDay(const Document& document, absl::Span<const TimeWord> words,
                                         std::optional<absl::CivilDay> publish_day) {
  uint32_t seen = 0;
  std::optional<absl::CivilDay> line_day;
  for (const Sentence& sentence : document.sentences) {
    const Block& block = document.blocks[sentence.block];
    if (block.kind == BlockKind::kTitle) continue;
    if (seen++ == kMaxSentences) break;
    if (!MayHoldDateline(block)) continue;
    const SentenceWords sentence_words(document.tokens, words, sentence.tokens);
    const std::optional<absl::CivilDay> day = DayAfterPlace(sentence_words, publish_day);
    if (day && IsWritingDay(*day, publish_day, seen == 1)) return day;
    if (!line_day) line_day = DayOfLine(sentence_words);
  }
  return publish_day ? publish_day : line_day;
}

}  // namespace treatywire::ingest
