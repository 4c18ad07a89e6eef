#include "ingest_service/temporal/date_finder.h"

#include <algorithm>
#include <utility>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "ingest_service/temporal/date_resolution.h"
#include "ingest_service/temporal/date_role.h"
#include "ingest_service/temporal/dateline.h"
#include "ingest_service/temporal/day_list.h"
#include "ingest_service/temporal/sentence_words.h"
#include "ingest_service/temporal/time_word.h"

namespace treatywire::ingest {
namespace {

using K = WordKind;
using Kind = DateExpression::Kind;
using PartKind = YearPart::Kind;

// "The same year" reaches over this many blocks back.
constexpr uint32_t kMaxBlocksBack = 4;

// A date that later ones may count from.
struct Point {
  UncertainDate date;
  UncertainDate future_date;
  uint32_t sentence = 0;
  uint32_t block = 0;
};

// A date that is not longer ago than this can be that of the news itself.
constexpr int kNewsDays = 7;
// Most words between two dates that share a year.
constexpr uint32_t kMaxJoinTokens = 4;

// The year that a sentence or block tells of, and where that was said.
struct Narrative {
  UncertainDate date;
  uint32_t end = 0;
  bool fronted = false;
};

bool IsApproximation(WordKind kind) {
  return kind == K::kApproximate || kind == K::kThan || kind == K::kFiller || kind == K::kLeast ||
         kind == K::kOver;
}

bool IsComing(absl::string_view norm) { return norm == "comes" || norm == "came" || norm == "come"; }

// Whether one date leads on to another that gives the year for both: "May, ", "May and", "May 14 and ratified
// on".
bool IsJoined(const SentenceWords& words, uint32_t begin, uint32_t end) {
  if (end < begin || end - begin > kMaxJoinTokens) return false;
  const uint32_t second = words.Kind(begin) == K::kComma ? begin + 1 : begin;
  const K last = words.KindBefore(end);
  if (words.Kind(second) == K::kAnd && end - second == 3 && (last == K::kOn || last == K::kIn)) return true;
  if (end - begin > 2) return false;
  for (uint32_t i = begin; i < end; ++i) {
    const K kind = words.Kind(i);
    if (kind != K::kComma && kind != K::kAnd && kind != K::kOr && kind != K::kOn) return false;
  }
  return begin < end;
}

// "4 February 1994", "July 2019": most dates. The turn of a year is a matter of direction.
bool IsSameInBothDirections(const DateExpression& expression) {
  return expression.kind == Kind::kYearPart && expression.part.year_reference == Reference::kExplicit &&
         expression.portion != Portion::kTurn;
}

// The same distance the other way.
DateExpression Inverse(DateExpression distance) {
  distance.years = -distance.years;
  distance.months = -distance.months;
  distance.days = -distance.days;
  return distance;
}

// "in March and April 2016", "on 3 May, 4 June and 5 July 1999": the year is said once, at the end.
void SpreadYears(const SentenceWords& words, std::vector<DateExpression>& expressions) {
  for (size_t i = expressions.size(); i-- > 1;) {
    DateExpression& earlier = expressions[i - 1];
    const YearPart& later = expressions[i].part;
    if (!IsYearless(earlier) || expressions[i].kind != Kind::kYearPart || later.kind != earlier.part.kind)
      continue;
    if (later.year_reference == Reference::kNone || later.reference != Reference::kNone) continue;
    if (!IsJoined(words, earlier.tokens.end, expressions[i].tokens.begin)) continue;
    const bool wraps = earlier.part.index > later.index && later.year_reference == Reference::kExplicit;
    earlier.part.year_reference = later.year_reference;
    earlier.part.year = static_cast<int16_t>(later.year - (wraps ? 1 : 0));
  }
}

class DateFinder {
 public:
  DateFinder(const Document& document, absl::Span<const TimeWord> words,
             std::optional<absl::CivilDay> publish_day)
      : document_(document), publish_day_(WritingDay(document, words, publish_day)), words_(words) {}
  std::vector<DateMention> Find() &&;

 private:
  SentenceWords WordsOf(uint32_t sentence) const {
    return {document_.tokens, words_, document_.sentences[sentence].tokens};
  }
  void FindInSentence(uint32_t sentence);
  // Reads the expressions of a sentence into expressions_.
  void ReadSentence(const SentenceWords& words);
  void AddMention(const SentenceWords& words, uint32_t sentence, const DateExpression& expression);
  void ResolveMention(const SentenceWords& words, uint32_t sentence, DateMention& mention) const;
  bool ResolveInNarrative(const SentenceWords& words, DateMention& mention) const;
  bool ResolveAsNarrated(const Narrative& narrative, DateMention& mention) const;
  void ResolveOfEvent(const SentenceWords& words, uint32_t sentence, DateMention& mention) const;
  const Point* PreviousFor(uint32_t sentence) const;
  void ResolveLeadingEvents(const SentenceWords& words, size_t first_mention);
  bool IsAhead(const SentenceWords& words, const DateMention& mention) const;
  void Remember(const SentenceWords& words, uint32_t sentence, const DateMention& mention);

  const Document& document_;
  const std::optional<absl::CivilDay> publish_day_;
  const absl::Span<const TimeWord> words_;
  std::vector<DateMention> mentions_;
  std::vector<DateExpression> expressions_;  // of the sentence that is read
  std::optional<Point> last_;                // the last date that says when something was
  std::optional<Point> last_modifier_;       // the last one that only names something
  std::optional<Point> last_planned_;  // the last one that says when something will be; not before last_
  std::optional<Narrative> in_sentence_;
  std::optional<Narrative> in_block_;
};

void DateFinder::ReadSentence(const SentenceWords& words) {
  expressions_.clear();
  uint32_t previous_end = 0;
  for (uint32_t i = words.sentence().begin; i < words.sentence().end;) {
    const K kind = words.Kind(i);
    if (kind == K::kOther || !CanBeginDate(kind)) {
      ++i;
      continue;
    }
    if (words.IsDayNumber(i)) {
      if (const std::vector<DateExpression> days = ReadDayList(words, i); !days.empty()) {
        expressions_.insert(expressions_.end(), days.begin(), days.end());
        previous_end = i = days.back().tokens.end;
        continue;
      }
    }
    std::optional<DateExpression> expression = ReadDateExpression(words, i, previous_end);
    if (!expression) {
      ++i;
      continue;
    }
    previous_end = i = expression->tokens.end;
    expressions_.push_back(*expression);
  }
}

void DateFinder::FindInSentence(uint32_t sentence) {
  const SentenceWords words = WordsOf(sentence);
  ReadSentence(words);
  SpreadYears(words, expressions_);
  const Block& block = document_.blocks[document_.sentences[sentence].block];
  if (sentence == block.first_sentence) in_block_.reset();
  in_sentence_.reset();
  const size_t first_mention = mentions_.size();
  for (const DateExpression& expression : expressions_) AddMention(words, sentence, expression);
  ResolveLeadingEvents(words, first_mention);
}

void DateFinder::AddMention(const SentenceWords& words, uint32_t sentence, const DateExpression& expression) {
  DateMention mention;
  mention.tokens = expression.tokens;
  mention.expression = expression;
  mention.role = RoleOf(words, expression);
  mention.years = expression.years;
  mention.months = expression.months;
  mention.days = expression.kind == Kind::kOffset || expression.kind == Kind::kLength ? expression.days : 0;
  mention.of_event = expression.of_event;
  ResolveMention(words, sentence, mention);
  Remember(words, sentence, mention);
  if (mention.role == DateRole::kSince && IsOpenEnded(words, expression)) {
    mention.date = OpenEnded(mention.date);
    mention.future_date = OpenEnded(mention.future_date);
  }
  mentions_.push_back(mention);
}

// "Two weeks after it was signed, he ordered its suspension on Monday": the date of what follows the words at
// the front of the sentence, from that of its main clause.
void DateFinder::ResolveLeadingEvents(const SentenceWords& words, size_t first_mention) {
  if (mentions_.size() < first_mention + 2) return;
  DateMention& leading = mentions_[first_mention];
  if (!leading.of_event || !leading.date.empty() || !IsFronted(words, leading.expression)) return;
  for (size_t i = first_mention + 1; i < mentions_.size(); ++i) {
    const DateMention& main = mentions_[i];
    if (main.role != DateRole::kAt || main.date.empty() || main.of_event) continue;
    leading.date = Resolve(Inverse(leading.expression), {publish_day_, main.date}, Direction::kPast);
    leading.future_date = leading.date;
    return;
  }
}

// The date that "two years later" in a sentence counts from.
const Point* DateFinder::PreviousFor(uint32_t sentence) const {
  if (last_ && last_->sentence == sentence) return &*last_;
  if (last_modifier_ && last_modifier_->sentence == sentence) return &*last_modifier_;
  const uint32_t block = document_.sentences[sentence].block;
  if (last_ && block - last_->block <= kMaxBlocksBack) return &*last_;
  if (last_modifier_ && last_modifier_->block == block) return &*last_modifier_;
  return nullptr;
}

// A month or day without a year, or "the end of the year", as the next one after what the sentence tells of.
bool DateFinder::ResolveAsNarrated(const Narrative& narrative, DateMention& mention) const {
  const std::optional<absl::CivilDay>& start = narrative.date.earliest;
  if (!start || (publish_day_ && start->year() == publish_day_->year())) return false;
  UncertainDate date;
  const bool period =
      mention.expression.kind == Kind::kPeriod && mention.expression.reference == Reference::kNone;
  if (period && mention.expression.unit == Unit::kYear) {
    mention.expression.reference = Reference::kSame;
    date = Resolve(mention.expression, {std::nullopt, narrative.date}, Direction::kPast);
  } else {
    date = ResolveFrom(mention.expression, narrative.date);
  }
  if (date.empty() || (publish_day_ && date.latest && *date.latest >= *publish_day_)) return false;
  mention.anchor = DateAnchor::kPrevious;
  mention.date = mention.future_date = date;
  return true;
}

bool DateFinder::ResolveInNarrative(const SentenceWords& words, DateMention& mention) const {
  const DateExpression& expression = mention.expression;
  const bool of_the_year = expression.kind == Kind::kPeriod && expression.reference == Reference::kNone &&
                           expression.unit == Unit::kYear;
  if (!IsYearless(expression) && !of_the_year) return false;
  if (mention.role == DateRole::kUntil && !of_the_year) return false;
  if (in_sentence_) {
    if (!GoesOn(words, in_sentence_->end, expression.tokens.begin, in_sentence_->fronted)) return false;
    return ResolveAsNarrated(*in_sentence_, mention);
  }
  if (!in_block_ || !IsFronted(words, expression)) return false;
  return ResolveAsNarrated(*in_block_, mention);
}

// "accepted it in September of that year, two months before it entered into force", "The move comes a day
// after the vote": the date of what follows, from that of what is told. A move without a date is news of the
// publish day.
void DateFinder::ResolveOfEvent(const SentenceWords& words, uint32_t sentence, DateMention& mention) const {
  uint32_t begin = mention.tokens.begin;
  // ", more than two years after it was signed"
  while (begin > words.sentence().begin && IsApproximation(words.Kind(begin - 1))) --begin;
  const bool comes = begin > words.sentence().begin && IsComing(words.At(begin - 1).norm);
  if (words.KindBefore(begin) != K::kComma && !comes) return;
  const Point* told = last_ && last_->sentence == sentence ? &*last_ : nullptr;
  if (comes && told == nullptr) told = PreviousFor(sentence);
  const std::optional<absl::CivilDay> told_day = told != nullptr ? told->date.earliest : std::nullopt;
  const bool is_news = publish_day_ && told_day && *publish_day_ - *told_day <= kNewsDays;
  UncertainDate from;
  if (comes && !is_news) {
    if (publish_day_) from = DayDate(*publish_day_);
  } else if (told != nullptr) {
    from = told->date;
  }
  mention.date = Resolve(Inverse(mention.expression), {publish_day_, from}, Direction::kPast);
  if (comes && !is_news) mention.date = Approximately(mention.date);
  mention.future_date = mention.date;
}

void DateFinder::ResolveMention(const SentenceWords& words, uint32_t sentence, DateMention& mention) const {
  const DateExpression& expression = mention.expression;
  if (ResolveInNarrative(words, mention)) return;
  if (IsDayOfMonth(expression) && expression.reference == Reference::kNone && last_ &&
      last_->sentence == sentence) {
    mention.expression.reference = Reference::kSame;  // "last May, on the 22nd"
  }
  if (expression.NeedsPrevious()) {
    mention.anchor = DateAnchor::kPrevious;
    if (expression.of_event) return ResolveOfEvent(words, sentence, mention);
    const Point* previous = PreviousFor(sentence);
    const Point* planned = last_planned_ ? &*last_planned_ : previous;
    const bool planned_here = last_planned_ && last_planned_->sentence == sentence;
    if (previous == nullptr || (planned_here && previous->sentence != sentence)) previous = planned;
    if (previous == nullptr) return;
    mention.date = Resolve(expression, {publish_day_, previous->date}, Direction::kPast);
    mention.future_date = Resolve(expression, {publish_day_, planned->future_date}, Direction::kFuture);
    return;
  }
  const bool complete = expression.kind == Kind::kDecade ||
                        (expression.kind == Kind::kLength && !expression.ahead) ||
                        expression.part.year_reference == Reference::kExplicit ||
                        expression.last.year_reference == Reference::kExplicit;
  mention.anchor = complete ? DateAnchor::kNone : DateAnchor::kPublication;
  const DateAnchors anchors = {publish_day_, {}};
  mention.date = Resolve(expression, anchors, Direction::kPast);
  mention.future_date =
      IsSameInBothDirections(expression) ? mention.date : Resolve(expression, anchors, Direction::kFuture);
}

// Whether the mention says when something will be.
bool DateFinder::IsAhead(const SentenceWords& words, const DateMention& mention) const {
  if (publish_day_ && mention.date.earliest > publish_day_) return true;
  return mention.anchor == DateAnchor::kPublication && IsPlanned(words, mention.expression);
}

void DateFinder::Remember(const SentenceWords& words, uint32_t sentence, const DateMention& mention) {
  if (mention.date.empty()) return;
  const uint32_t block = document_.sentences[sentence].block;
  const Point point = {mention.date, mention.future_date, sentence, block};
  if (mention.role == DateRole::kModifier) {
    last_modifier_ = point;
    return;
  }
  const DateExpression& expression = mention.expression;
  if (IsAhead(words, mention)) {
    last_planned_ = point;
    return;
  }
  last_ = point;
  last_planned_.reset();
  const bool says_year = mention.anchor != DateAnchor::kPublication && expression.kind != Kind::kDecade &&
                         expression.kind != Kind::kInterval;
  if (!says_year || mention.role != DateRole::kAt || IsAside(words, expression)) return;
  const bool fronted = IsFronted(words, expression) || (in_sentence_ && in_sentence_->fronted);
  in_sentence_ = Narrative{mention.date, mention.tokens.end, fronted};
  const bool list_item = document_.blocks[block].kind == BlockKind::kListItem;
  const bool precise =
      mention.date.granularity == Granularity::kDay || mention.date.granularity == Granularity::kMonth;
  if (IsFronted(words, expression) && (precise || list_item)) in_block_ = in_sentence_;
}

std::vector<DateMention> DateFinder::Find() && {
  for (uint32_t sentence = 0; sentence < document_.sentences.size(); ++sentence) FindInSentence(sentence);
  return std::move(mentions_);
}

}  // namespace

std::vector<DateMention> FindDates(const Document& document, std::optional<absl::CivilDay> publish_day) {
  std::vector<TimeWord> words;
  words.reserve(document.tokens.size());
  for (const Token& token : document.tokens) words.push_back(Classify(token));
  return FindDates(document, words, publish_day);
}

std::vector<DateMention> FindDates(const Document& document, absl::Span<const TimeWord> words,
                                   std::optional<absl::CivilDay> publish_day) {
  return DateFinder(document, words, publish_day).Find();
}

UncertainDate ResolveAgainst(const DateMention& mention, const UncertainDate& anchor) {
  if (mention.anchor != DateAnchor::kPrevious) return {};
  if (IsYearless(mention.expression)) return ResolveFrom(mention.expression, anchor);
  return Resolve(mention.expression, {std::nullopt, anchor}, Direction::kPast);
}

}  // namespace treatywire::ingest
