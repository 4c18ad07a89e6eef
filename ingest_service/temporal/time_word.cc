#include "ingest_service/temporal/time_word.h"

#include <array>
#include <cassert>
#include <cstddef>
#include <optional>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "ingest_service/document/word_table.h"
#include "ingest_service/temporal/uncertain_date.h"

namespace treatywire::ingest {
namespace {

using K = WordKind;
using Table = WordTable<TimeWord>;

// Longest key of the table, and longest number that can be a date or a part of one.
constexpr size_t kMaxWordLength = 14;
constexpr size_t kMaxNumericDateLength = 10;

// Words of one kind. A list that counts gives its words the values `first`, `first` + 1, ...; "|" joins words
// of one value. In others every word has the value `first`.
struct WordList {
  K kind;
  uint16_t first;
  bool counts;
  absl::string_view words;
};

constexpr uint16_t U(Unit unit) { return static_cast<uint16_t>(unit); }

constexpr WordList kWordLists[] = {
    // Calendar.
    {K::kMonth, 1, true,
     "january february march april may june july august september october november december"},
    {K::kMonthShort, 1, true, "jan feb mar apr"},
    {K::kMonthShort, 6, true, "jun jul aug sep|sept oct nov dec"},
    {K::kWeekday, 0, true, "monday tuesday wednesday thursday friday saturday sunday"},
    {K::kWeekdayShort, 0, true, "mon tue|tues wed thu|thur|thurs fri sat sun"},
    {K::kSeason, 1, true, "spring summer autumn|fall winter"},
    {K::kRelativeDay, 9, true, "yesterday today|tonight tomorrow"},
    {K::kDayPart, 0, false, "morning afternoon evening midday noon midnight"},
    {K::kNight, 0, false, "night"},
    {K::kDecadeName, 20, false, "twenties"},
    {K::kDecadeName, 30, false, "thirties"},
    {K::kDecadeName, 40, false, "forties"},
    {K::kDecadeName, 50, false, "fifties"},
    {K::kDecadeName, 60, false, "sixties"},
    {K::kDecadeName, 70, false, "seventies"},
    {K::kDecadeName, 80, false, "eighties"},
    {K::kDecadeName, 90, false, "nineties"},
    {K::kChristmas, 0, false, "christmas"},
    {K::kNew, 0, false, "new"},
    {K::kEve, 0, false, "eve"},
    {K::kNamedDay, 0, false, "good black bloody ash holy palm easter whit super maundy shrove giving"},
    // Units.
    {K::kUnit, U(Unit::kDay), false, "day"},
    {K::kUnits, U(Unit::kDay), false, "days"},
    {K::kUnit, U(Unit::kWeek), false, "week"},
    {K::kUnits, U(Unit::kWeek), false, "weeks"},
    {K::kUnit, U(Unit::kWeekend), false, "weekend"},
    {K::kUnits, U(Unit::kWeekend), false, "weekends"},
    {K::kUnit, U(Unit::kFortnight), false, "fortnight"},
    {K::kUnits, U(Unit::kFortnight), false, "fortnights"},
    {K::kUnit, U(Unit::kMonth), false, "month"},
    {K::kUnits, U(Unit::kMonth), false, "months"},
    {K::kQuarterWord, U(Unit::kQuarter), false, "quarter"},
    {K::kUnit, U(Unit::kYear), false, "year"},
    {K::kUnits, U(Unit::kYear), false, "years"},
    {K::kUnit, U(Unit::kDecade), false, "decade"},
    {K::kUnits, U(Unit::kDecade), false, "decades"},
    {K::kUnit, U(Unit::kCentury), false, "century"},
    {K::kUnits, U(Unit::kCentury), false, "centuries"},
    // Numbers.
    {K::kNumberWord, 1, true,
     "one two three four five six seven eight nine ten eleven twelve|dozen thirteen fourteen fifteen sixteen "
     "seventeen eighteen nineteen twenty"},
    {K::kNumberWord, 30, false, "thirty"},
    {K::kNumberWord, 40, false, "forty"},
    {K::kNumberWord, 50, false, "fifty"},
    {K::kNumberWord, 60, false, "sixty"},
    {K::kNumberWord, 70, false, "seventy"},
    {K::kNumberWord, 80, false, "eighty"},
    {K::kNumberWord, 90, false, "ninety"},
    {K::kNumberWord, 100, false, "hundred"},
    {K::kOrdinalWord, 1, true,
     "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
     "fourteenth "
     "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"},
    {K::kOrdinalWord, 30, false, "thirtieth"},
    {K::kQuarterCode, 1, true, "q1 q2 q3 q4"},
    {K::kHalfCode, 1, true, "h1 h2"},
    // References, portions and directions.
    {K::kThis, 0, false, "this current"},
    {K::kLast, 0, false, "last"},
    {K::kNext, 0, false, "next"},
    {K::kThat, 0, false, "that"},
    {K::kSame, 0, false, "same"},
    {K::kFollowing, 0, false, "following subsequent ensuing"},
    {K::kPreceding, 0, false, "previous preceding"},
    {K::kPast, 0, false, "past"},
    {K::kComing, 0, false, "coming upcoming"},
    {K::kEarly, 0, false, "early"},
    {K::kLate, 0, false, "late"},
    {K::kMid, 0, false, "mid middle"},
    {K::kEnd, 0, false, "end close"},
    {K::kStart, 0, false, "start beginning outset"},
    {K::kTurn, 0, false, "turn"},
    {K::kHalf, 0, false, "half"},
    {K::kAgo, 0, false, "ago"},
    {K::kLater, 0, false, "later afterwards afterward thereafter"},
    {K::kEarlier, 0, false, "earlier previously beforehand prior"},
    {K::kBefore, 0, false, "before"},
    {K::kAfter, 0, false, "after"},
    {K::kHence, 0, false, "hence"},
    {K::kNow, 0, false, "now"},
    {K::kTime, 0, false, "time"},
    {K::kOut, 0, false, "out ends"},
    {K::kOld, 0, false, "old long"},
    {K::kReprise, 0, false, "recently latest lately newly"},
    // Small words.
    {K::kThe, 0, false, "the"},
    {K::kA, 0, false, "a an"},
    {K::kPossessor, 0, false, "its their his her our my your these those"},
    {K::kIn, 0, false, "in"},
    {K::kOn, 0, false, "on"},
    {K::kOf, 0, false, "of"},
    {K::kAt, 0, false, "at"},
    {K::kSince, 0, false, "since"},
    {K::kUntil, 0, false, "until till til"},
    {K::kBy, 0, false, "by"},
    {K::kThrough, 0, false, "through throughout"},
    {K::kTo, 0, false, "to"},
    {K::kFrom, 0, false, "from starting"},
    {K::kBetween, 0, false, "between"},
    {K::kAnd, 0, false, "and &"},
    {K::kOr, 0, false, "or"},
    {K::kDuring, 0, false, "during"},
    {K::kWithin, 0, false, "within inside"},
    {K::kFor, 0, false, "for"},
    {K::kOver, 0, false, "over"},
    {K::kUnder, 0, false, "under"},
    {K::kAs, 0, false, "as"},
    {K::kBack, 0, false, "back date dates dated dating"},
    {K::kThan, 0, false, "than"},
    {K::kEvery, 0, false, "every each per any"},
    {K::kApproximate, 0, false, "about around nearly almost roughly some approximately circa"},
    {K::kVague, 0, false, "few several couple many"},
    {K::kFiller, 0, false,
     "more full whole short consecutive working business calendar additional further other extra entire "
     "successive"},
    {K::kLeast, 0, false, "least most only just exactly precisely"},
    // What stands after a year as an adjective, or shows that it is none.
    {K::kWill, 0, false, "will shall"},
    {K::kVerb, 0, false,
     "is was were are be been has had have having would can could might should must did does do "
     "saw "
     "said says brought came went began marked remains expired took takes entered became ended"},
    {K::kFunction, 0, false,
     "but when while which who whose where with without against because if not nor then "
     "so also into onto among via despite though although whereas amid towards toward yet upon"},
    {K::kPronoun, 0, false, "it he she they we there both all"},
    {K::kParticiple, 0, false,
     "signed concluded adopted struck agreed ratified initialled initialed negotiated reached effective "
     "inked "
     "sealed drafted made issued published"},
    {K::kCounted, 0, false,
     "people troops soldiers tonnes tons ton km kilometres kilometers miles metres meters mw megawatts gw kw "
     "percent dollars euros pounds roubles rubles men women children civilians prisoners hectares acres "
     "barrels "
     "words pages gmt utc hours hrs cet est edt bst million billion thousand trillion feet kg litres liters "
     "cubic "
     "square jobs workers votes migrants refugees companies firms vehicles tanks missiles warheads ships "
     "seats "
     "personnel households villages cases % minutes times states countries deputies delegates nations "
     "members "
     "mph bc ad sq cent"},
    {K::kNumbered, 0, false,
     "article articles resolution no number nos section chapter page flight room route agenda vision boeing "
     "paragraph directive regulation unit ref channel iso model document horizon line clause unscr psalm nr "
     "#"},
    {K::kInstrument, 0, false,
     "treaty treaties agreement agreements accord accords pact pacts deal deals protocol protocols "
     "convention "
     "conventions memorandum memoranda ceasefire truce armistice declaration declarations compact compacts "
     "charter "
     "talks summit act acts law laws war wars invasion election elections referendum crisis decree decrees "
     "text "
     "texts framework settlement covenant communique contract contracts rules borders sanctions events "
     "negotiations"},
    // Punctuation.
    {K::kComma, 0, false, ","},
    {K::kHyphen, 0, false, "-"},
    {K::kSlash, 0, false, "/"},
    {K::kFullStop, 0, false, ". ! ? ..."},
    {K::kOpen, 0, false, "( ["},
    {K::kClose, 0, false, ") ]"},
    {K::kColon, 0, false, ":"},
    {K::kSemicolon, 0, false, ";"},
    {K::kPossessive, 0, false, "'s '"},
    {K::kCurrency, 0, false, "$ € £ ¥ us$ usd eur"},
};

void AddList(const WordList& list, std::vector<ListedTimeWord>* words) {
  uint16_t value = list.first;
  for (absl::string_view group : absl::StrSplit(list.words, ' ')) {
    for (absl::string_view word : absl::StrSplit(group, '|')) {
      assert(word.size() <= kMaxWordLength);
      words->push_back({word, {list.kind, value}});
    }
    if (list.counts) ++value;
  }
}

const Table& Words() {
  static const Table* const table = [] {
    auto* t = new Table;
    for (const ListedTimeWord& listed : ListedTimeWords()) {
      [[maybe_unused]] const bool is_new = t->Add(listed.norm, listed.word);
      assert(is_new);  // each word has one kind
    }
    return t;
  }();
  return *table;
}

// The number that the first `count` characters write; nullopt where one is no digit.
std::optional<int> LeadingNumber(absl::string_view text, size_t count) {
  int value = 0;
  for (char c : text.substr(0, count)) {
    if (!absl::ascii_isdigit(static_cast<unsigned char>(c))) return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

// Digits with something after them: "4th", "1990s", "90s", "04.02.1994".
TimeWord ClassifyMixed(absl::string_view norm, size_t digits) {
  const absl::string_view rest = norm.substr(digits);
  const int value = *LeadingNumber(norm, digits);
  if (rest == "st" || rest == "nd" || rest == "rd" || rest == "th") {
    if (value >= 1 && value <= 31) return {K::kOrdinal, static_cast<uint16_t>(value)};
    return {};
  }
  if (rest == "s" || rest == "'s") {
    if (digits == 4 && value % 10 == 0 && value >= kMinYear && value <= kMaxYear) {
      return {K::kDecade, static_cast<uint16_t>(value)};
    }
    if (digits == 2 && value % 10 == 0 && value >= 20) return {K::kShortDecade, static_cast<uint16_t>(value)};
    return {};
  }
  if (rest[0] == '.' || rest[0] == '-' || rest[0] == '/') return {K::kNumericDate, 0};
  return {};
}

TimeWord ClassifyNumber(absl::string_view norm) {
  if (norm.size() > kMaxNumericDateLength) return {};
  size_t digits = 0;
  while (digits < norm.size() && absl::ascii_isdigit(static_cast<unsigned char>(norm[digits]))) ++digits;
  if (digits == 0 || digits > 4) return {};
  if (digits < norm.size()) return ClassifyMixed(norm, digits);
  const int value = *LeadingNumber(norm, digits);
  if (digits == 4) {
    if (value < kMinYear || value > kMaxYear) return {};
    return {K::kYear, static_cast<uint16_t>(value)};
  }
  if (value == 0 || (digits == 3 && norm[0] == '0')) return {};
  return {K::kNumber, static_cast<uint16_t>(value)};
}

// "may" is a verb, "march" walks, "sun" shines and "jan" is a given name: as dates they are capitalised.
bool IsDateInLowerCase(TimeWord word) {
  if (word.kind == K::kMonthShort || word.kind == K::kWeekdayShort) return false;
  return word.kind != K::kMonth || (word.value != 3 && word.value != 5 && word.value != 8);
}

// Whether a date expression can begin with a word of this kind.
constexpr bool BeginsDates(WordKind kind) {
  switch (kind) {
    case K::kMonth:
    case K::kMonthShort:
    case K::kWeekday:
    case K::kWeekdayShort:
    case K::kSeason:
    case K::kUnit:
    case K::kUnits:
    case K::kRelativeDay:
    case K::kDecadeName:
    case K::kChristmas:
    case K::kNew:
    case K::kNumber:
    case K::kYear:
    case K::kOrdinal:
    case K::kNumberWord:
    case K::kOrdinalWord:
    case K::kDecade:
    case K::kShortDecade:
    case K::kQuarterCode:
    case K::kHalfCode:
    case K::kNumericDate:
    case K::kThis:
    case K::kLast:
    case K::kNext:
    case K::kThat:
    case K::kSame:
    case K::kFollowing:
    case K::kPreceding:
    case K::kComing:
    case K::kEarly:
    case K::kLate:
    case K::kMid:
    case K::kEnd:
    case K::kStart:
    case K::kTurn:
    case K::kLater:
    case K::kEarlier:
    case K::kA:
    case K::kVague:
      return true;
    default:
      return false;
  }
}

// Asked of each word of a text.
constexpr auto kBeginsDates = [] {
  std::array<bool, static_cast<size_t>(K::kPunctuation) + 1> begins{};
  for (size_t kind = 0; kind < begins.size(); ++kind) begins[kind] = BeginsDates(static_cast<K>(kind));
  return begins;
}();

}  // namespace

absl::Span<const ListedTimeWord> ListedTimeWords() {
  static const auto& words = *[] {
    auto* const all = new std::vector<ListedTimeWord>;
    for (const WordList& list : kWordLists) AddList(list, all);
    return all;
  }();
  return words;
}

TimeWord Classify(const Token& token) { return Classify(token, Words().Find(token.norm)); }

TimeWord Classify(const Token& token, const TimeWord* listed) {
  const absl::string_view norm = token.norm;
  if (norm.empty()) return {};
  if (listed != nullptr) {
    return !token.capitalized && token.is_word && !IsDateInLowerCase(*listed) ? TimeWord{} : *listed;
  }
  if (absl::ascii_isdigit(static_cast<unsigned char>(norm[0]))) return ClassifyNumber(norm);
  if (norm.size() > kMaxWordLength) return {};
  if (norm.size() == 4 && norm[0] == '\'' && norm[3] == 's') return ClassifyNumber(norm.substr(1));  // '90s
  return token.is_word ? TimeWord{} : TimeWord{K::kPunctuation, 0};
}

bool CanBeginDate(WordKind kind) { return kBeginsDates[static_cast<size_t>(kind)]; }

}  // namespace treatywire::ingest
