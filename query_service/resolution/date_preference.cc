#include "query_service/resolution/date_preference.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "query_service/resolution/name_words.h"

namespace treatywire::query {
namespace {

namespace v1 = ::treatywire::v1;

// One of the dates claimed, with what the rules ask of it. Larger is better throughout.
struct Value {
  ClaimedDate date;
  const v1::UncertainDate* stated = nullptr;
  bool full_title = false;
  bool quoted = false;
  bool names_act = false;
  int64_t sources = 0;
  int64_t published_rank = 0;  // of its first claim; 0 is the first
};

// A title of this many words is a full one ("Agreement between ... and ... on ..."), not a short name.
constexpr size_t kFullTitleWords = 7;

bool IsFullTitleClaim(const ActClaim& claim) {
  const v1::AgreementEvent& event = claim.event();
  if (!IsOrigin(event.type()) || !claim.date->has_day()) return false;
  if (event.place().empty() && event.agreement().signed_place().empty()) return false;
  return FoldedWords(event.agreement().title()).size() >= kFullTitleWords;
}

// Whether somebody is quoted, or most of the sentence stands in quotation marks.
bool IsQuoted(const v1::Evidence& evidence) {
  if (!evidence.speaker().empty()) return true;
  const absl::string_view text = evidence.text();
  for (const auto& [open, close] :
       {std::pair<const char*, const char*>{"\xE2\x80\x9C", "\xE2\x80\x9D"}, {"\"", "\""}}) {
    const size_t begin = text.find(open);
    const size_t end = text.rfind(close);
    if (begin != absl::string_view::npos && end != absl::string_view::npos && end > begin &&
        2 * (end - begin) > text.size()) {
      return true;
    }
  }
  return false;
}

// The claims that a date is chosen from, in the order of ClaimedBefore.
std::vector<const ActClaim*> Eligible(absl::Span<const ActClaim> claims) {
  int best = 0;
  bool any_stated = false;
  // "It did not end on 19 May" is no date of an end that others tell of.
  const bool only_denied = std::all_of(claims.begin(), claims.end(), [](const ActClaim& claim) {
    return claim.event().modality() == v1::MODALITY_DENIED;
  });
  for (const ActClaim& claim : claims) {
    const bool counts = claim.date && (only_denied || claim.event().modality() != v1::MODALITY_DENIED);
    if (counts) best = std::max(best, ModalityStrength(claim.event().modality()));
  }
  std::vector<const ActClaim*> eligible;
  for (const ActClaim& claim : claims) {
    if (!claim.date || ModalityStrength(claim.event().modality()) != best) continue;
    any_stated |= !claim.date->stands_in;
    eligible.push_back(&claim);
  }
  std::erase_if(eligible, [&](const ActClaim* claim) { return any_stated && claim->date->stands_in; });
  std::sort(eligible.begin(), eligible.end(),
            [](const ActClaim* a, const ActClaim* b) { return ClaimedBefore(*a, *b); });
  return eligible;
}

// Of more values than this, only those are weighed that the rules favour without a look at what other values
// say: an act has a handful, and weighing each with each has to end for a made-up one with thousands too.
constexpr size_t kMaxValues = 1024;

std::vector<Value> CollectValues(const std::vector<const ActClaim*>& claims) {
  std::vector<Value> values;
  std::map<std::tuple<Day, Day, absl::string_view>, size_t> places;
  std::vector<std::set<int>> sources;
  for (size_t i = 0; i < claims.size(); ++i) {
    const ActClaim& claim = *claims[i];
    const auto [place, is_new] =
        places.try_emplace({claim.date->days.first, claim.date->days.last, claim.date->edtf}, values.size());
    if (is_new) {
      values.push_back(
          {.date = *claim.date, .stated = &claim.event().date(), .published_rank = static_cast<int64_t>(i)});
      sources.emplace_back();
    }
    Value& value = values[place->second];
    value.full_title |= IsFullTitleClaim(claim);
    value.quoted |= IsQuoted(claim.event().evidence());
    value.names_act |= claim.event().type() != v1::EVENT_TYPE_CONCLUDED;
    sources[place->second].insert(claim.source);
  }
  if (values.size() <= kMaxValues) return values;
  for (size_t i = 0; i < values.size(); ++i) values[i].sources = static_cast<int64_t>(sources[i].size());
  std::sort(values.begin(), values.end(), [](const Value& a, const Value& b) {
    return std::tuple(a.full_title, a.quoted, a.names_act, a.sources, -a.published_rank) >
           std::tuple(b.full_title, b.quoted, b.names_act, b.sources, -b.published_rank);
  });
  values.resize(kMaxValues);
  return values;
}

// Sources that say the date, or one that it refines or that refines it, as `modality` puts it: what was
// planned for a day speaks neither for nor against what is reported of it.
void CountSupport(absl::Span<const ActClaim> claims, v1::Modality modality, std::vector<Value>& values) {
  std::vector<std::pair<DaySpan, size_t>> said;  // by which source, numbered from 0
  std::map<int, size_t> numbers;
  for (const ActClaim& claim : claims) {
    if (!claim.date || claim.event().modality() != modality) continue;
    said.emplace_back(claim.date->days, numbers.try_emplace(claim.source, numbers.size()).first->second);
  }
  std::vector<const Value*> counted_for(numbers.size(), nullptr);
  for (Value& value : values) {
    value.sources = 0;
    for (const auto& [days, source] : said) {
      const bool supports = days.Contains(value.date.days) || value.date.days.Contains(days);
      if (supports && std::exchange(counted_for[source], &value) != &value) ++value.sources;
    }
  }
}

struct Rule {
  v1::PreferenceRule name;
  int64_t (*merit)(const Value&);
};

constexpr Rule kRules[] = {
    {v1::PREFERENCE_RULE_FULL_TITLE, [](const Value& value) -> int64_t { return value.full_title; }},
    {v1::PREFERENCE_RULE_QUOTED_INSTRUMENT, [](const Value& value) -> int64_t { return value.quoted; }},
    {v1::PREFERENCE_RULE_NAMES_THE_ACT, [](const Value& value) -> int64_t { return value.names_act; }},
    {v1::PREFERENCE_RULE_MORE_SOURCES, [](const Value& value) { return value.sources; }},
    {v1::PREFERENCE_RULE_MORE_PRECISE, [](const Value& value) { return -value.date.days.width(); }},
    {v1::PREFERENCE_RULE_PUBLISHED_FIRST, [](const Value& value) { return -value.published_rank; }},
};

// Puts aside what each rule finds worse until one value is left, and reports the rule.
std::pair<const Value*, v1::PreferenceRule> Decide(const std::vector<Value>& values) {
  std::vector<const Value*> left;
  left.reserve(values.size());
  for (const Value& value : values) left.push_back(&value);
  std::vector<std::pair<const Value*, v1::PreferenceRule>> put_aside;
  for (const Rule& rule : kRules) {
    int64_t best = rule.merit(*left.front());
    for (const Value* value : left) best = std::max(best, rule.merit(*value));
    for (const Value* value : left) {
      if (rule.merit(*value) < best) put_aside.emplace_back(value, rule.name);
    }
    std::erase_if(left, [&](const Value* value) { return rule.merit(*value) < best; });
  }
  const Value* preferred = left.front();  // ranks of publication differ, so just one is left
  v1::PreferenceRule decided = put_aside.empty() ? v1::PREFERENCE_RULE_ONLY_VALUE : put_aside.back().second;
  for (const auto& [value, rule] : put_aside) {
    if (!DatesAgree(value->date, preferred->date)) decided = rule;
  }
  return {preferred, decided};
}

// Who reports an act as fresh gives its day roughly; where others state no more than the month and the day
// falls into it, that is more precise. Of several such days the earliest, for reports follow the act.
const ActClaim* EarliestDayWithin(const PreferredDate& preferred, absl::Span<const ActClaim> claims) {
  constexpr int64_t kMonthWidth = 30;
  if (preferred.date.stands_in || preferred.date.has_day() || preferred.date.days.width() > kMonthWidth)
    return nullptr;
  const ActClaim* earliest = nullptr;
  for (const ActClaim& claim : claims) {
    if (!claim.date || !claim.date->stands_in || claim.event().modality() != preferred.modality) continue;
    if (!claim.date->has_day() || !preferred.date.days.Contains(claim.date->days)) continue;
    const bool earlier =
        earliest == nullptr || claim.date->days.first < earliest->date->days.first ||
        (claim.date->days.first == earliest->date->days.first && ClaimedBefore(claim, *earliest));
    if (earlier) earliest = &claim;
  }
  return earliest;
}

}  // namespace

std::optional<PreferredDate> PreferDate(absl::Span<const ActClaim> claims) {
  const std::vector<const ActClaim*> eligible = Eligible(claims);
  if (eligible.empty()) return std::nullopt;
  std::vector<Value> values = CollectValues(eligible);
  CountSupport(claims, eligible.front()->event().modality(), values);
  const auto [value, rule] = Decide(values);
  PreferredDate preferred{.date = value->date,
                          .stated = *value->stated,
                          .rule = rule,
                          .modality = eligible.front()->event().modality(),
                          .names_act = value->names_act};
  if (const ActClaim* day = EarliestDayWithin(preferred, claims)) {
    preferred.date = *day->date;
    preferred.stated = day->event().date();
    preferred.rule = v1::PREFERENCE_RULE_MORE_PRECISE;
  }
  return preferred;
}

v1::DateComparison CompareWithPreferred(const ActClaim& claim, const PreferredDate& preferred) {
  if (!claim.date) return v1::DATE_COMPARISON_UNSPECIFIED;
  const v1::DateComparison comparison = CompareDates(*claim.date, preferred.date);
  if (comparison != v1::DATE_COMPARISON_CONTRADICTS) return comparison;
  const v1::AgreementEvent& event = claim.event();
  const bool bare_origin = event.type() == v1::EVENT_TYPE_CONCLUDED || !preferred.names_act;
  const bool reported_late = claim.date->stands_in && claim.date->days.first > preferred.date.days.first;
  const bool nobody_states_it = claim.date->stands_in && preferred.date.stands_in;
  if (bare_origin || reported_late || nobody_states_it || event.modality() != preferred.modality) {
    return v1::DATE_COMPARISON_INCOMPARABLE;
  }
  return comparison;
}

}  // namespace treatywire::query
