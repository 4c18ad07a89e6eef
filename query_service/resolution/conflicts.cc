#include "query_service/resolution/conflicts.h"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "query_service/resolution/party_directory.h"

namespace treatywire::query {
namespace {

namespace v1 = ::treatywire::v1;

void Finish(Position& position) { position.independent_sources = CountSources(position.claims); }

// The preferred position first, then by sources and value.
// NOLINTNEXTLINE(performance-unnecessary-value-param): moved out of through the binding
std::vector<Position> Ordered(Position preferred, std::map<std::string, Position> others) {
  std::vector<Position> positions;
  for (auto& [value, position] : others) {
    position.value = value;
    Finish(position);
    positions.push_back(std::move(position));
  }
  std::stable_sort(positions.begin(), positions.end(), [](const Position& a, const Position& b) {
    return a.independent_sources > b.independent_sources;
  });
  preferred.preferred = true;
  Finish(preferred);
  positions.insert(positions.begin(), std::move(preferred));
  return positions;
}

bool SupportsPreferred(const ActClaim& claim) {
  return claim.comparison == v1::DATE_COMPARISON_SAME || claim.comparison == v1::DATE_COMPARISON_REFINES ||
         claim.comparison == v1::DATE_COMPARISON_OVERLAPS;
}

// Whether the article of `claim` says what `other` says as well, in the same voice: it does not contradict
// itself then, but tells of two things. Those whom it quotes may well contradict one another.
bool SaysToo(const ActClaim& claim, const ActClaim& other) {
  return claim.article == other.article &&
         claim.event().evidence().speaker() == other.event().evidence().speaker();
}

// Takes out of `claims` what is no dispute with any of `others`.
void DropUndisputed(const std::vector<ActClaim>& others, std::vector<ActClaim>& claims) {
  std::erase_if(claims, [&](const ActClaim& claim) {
    return std::any_of(others.begin(), others.end(),
                       [&](const ActClaim& other) { return SaysToo(claim, other); });
  });
}

// A day that was planned is no claim for the day that is reported, as it is none against it.
void KeepStrongest(std::vector<ActClaim>& claims) {
  int strongest = 0;
  for (const ActClaim& claim : claims) {
    strongest = std::max(strongest, ModalityStrength(claim.event().modality()));
  }
  std::erase_if(
      claims, [&](const ActClaim& claim) { return ModalityStrength(claim.event().modality()) < strongest; });
}

// Dates that `disputes` picks, against the preferred one.
std::optional<ActConflict> DateConflict(const Act& act, v1::ConflictKind kind, v1::DateComparison comparison,
                                        const std::function<bool(const ActClaim&)>& disputes) {
  Position preferred;
  std::map<std::string, Position> others;
  for (const ActClaim& claim : act.claims) {
    if (claim.event().modality() == v1::MODALITY_DENIED) continue;
    if (SupportsPreferred(claim)) {
      preferred.claims.push_back(claim);
    } else if (claim.comparison == comparison && disputes(claim)) {
      others[claim.date->edtf].claims.push_back(claim);
    }
  }
  KeepStrongest(preferred.claims);
  for (auto& [value, position] : others) {
    // Of dates, whoever is quoted for them: an article that gives two means two things.
    std::erase_if(position.claims, [&](const ActClaim& claim) {
      return std::any_of(preferred.claims.begin(), preferred.claims.end(),
                         [&](const ActClaim& other) { return other.article == claim.article; });
    });
  }
  std::erase_if(others, [](const auto& other) { return other.second.claims.empty(); });
  if (others.empty()) return std::nullopt;
  preferred.value = act.date->edtf;
  ActConflict conflict;
  conflict.kind = kind;
  conflict.positions = Ordered(std::move(preferred), std::move(others));
  conflict.rule = act.date_rule;
  conflict.comparison = comparison;
  return conflict;
}

std::optional<ActConflict> OriginConflict(const Act& act) {
  if (!IsOrigin(act.type) || act.modality != v1::MODALITY_ASSERTED) return std::nullopt;
  return DateConflict(act, v1::CONFLICT_KIND_ORIGIN, v1::DATE_COMPARISON_INCOMPARABLE,
                      [](const ActClaim& claim) {
                        return claim.event().modality() == v1::MODALITY_ASSERTED && !claim.date->stands_in;
                      });
}

// The day from which on a denial of the act is no longer true: when it is dated, else when it was first
// reported.
std::optional<Day> KnownFrom(const Act& act) {
  std::optional<Day> reported;
  for (const ActClaim& claim : act.claims) {
    if (claim.event().modality() != v1::MODALITY_ASSERTED || !claim.article->publish_day) continue;
    if (!reported || *claim.article->publish_day < *reported) reported = claim.article->publish_day;
  }
  if (act.date && act.date->days.first != kEarliestDay) return act.date->days.first;
  return reported;
}

bool DeniesAct(const ActClaim& claim, const Act& act, std::optional<Day> known_from) {
  if (claim.event().modality() != v1::MODALITY_DENIED) return false;
  if (claim.date && act.date) return DatesAgree(*claim.date, *act.date);
  if (!known_from || !claim.article->publish_day) return true;
  return *claim.article->publish_day >= *known_from;
}

std::optional<ActConflict> OccurrenceConflict(const Act& act) {
  if (act.modality != v1::MODALITY_ASSERTED) return std::nullopt;
  const std::optional<Day> known_from = KnownFrom(act);
  Position happened{.value = "happened", .claims = {}};
  Position denied{.value = "did not happen", .claims = {}};
  for (const ActClaim& claim : act.claims) {
    if (claim.event().modality() == v1::MODALITY_ASSERTED) happened.claims.push_back(claim);
    if (DeniesAct(claim, act, known_from)) denied.claims.push_back(claim);
  }
  DropUndisputed(happened.claims, denied.claims);
  if (denied.claims.empty()) return std::nullopt;
  Finish(happened);
  Finish(denied);
  ActConflict conflict;
  conflict.kind = v1::CONFLICT_KIND_OCCURRENCE;
  // The record takes the act as done whoever denies it, but says which side has more sources.
  happened.preferred = true;
  conflict.rule = happened.independent_sources > denied.independent_sources ? v1::PREFERENCE_RULE_MORE_SOURCES
                                                                            : v1::PREFERENCE_RULE_UNSPECIFIED;
  conflict.positions = {std::move(happened), std::move(denied)};
  return conflict;
}

std::set<std::string> SeatsIn(const google::protobuf::RepeatedPtrField<v1::PartyRef>& parties) {
  std::set<std::string> seats;
  for (const v1::PartyRef& party : parties) {
    if (!party.party_id().empty()) seats.emplace(SeatOf(party.party_id()));
  }
  return seats;
}

std::optional<ActConflict> ActorConflict(const Act& act, const ActContext& context) {
  const bool ends_pair =
      context.pair && (act.type == v1::EVENT_TYPE_TERMINATED || act.type == v1::EVENT_TYPE_WITHDRAWN);
  if (!ends_pair || act.modality != v1::MODALITY_ASSERTED) return std::nullopt;
  std::map<std::string, Position> by_actors;
  for (const ActClaim& claim : act.claims) {
    const std::set<std::string> seats = SeatsIn(claim.event().actors());
    if (claim.event().modality() != v1::MODALITY_ASSERTED || seats.size() != 1) continue;
    by_actors[*seats.begin()].claims.push_back(claim);
  }
  if (by_actors.size() < 2) return std::nullopt;
  auto best = by_actors.begin();
  int best_sources = 0;
  int rivals = 0;  // how many positions have as many sources as the best one
  for (auto it = by_actors.begin(); it != by_actors.end(); ++it) {
    const int sources = CountSources(it->second.claims);
    rivals = sources > best_sources ? 1 : rivals + (sources == best_sources ? 1 : 0);
    if (sources > best_sources) best = it;
    best_sources = std::max(best_sources, sources);
  }
  Position preferred = std::move(best->second);
  preferred.value = best->first;
  by_actors.erase(best);
  for (auto& [actors, position] : by_actors) DropUndisputed(preferred.claims, position.claims);
  std::erase_if(by_actors, [](const auto& other) { return other.second.claims.empty(); });
  if (by_actors.empty()) return std::nullopt;
  ActConflict conflict;
  conflict.kind = v1::CONFLICT_KIND_ACTOR;
  conflict.rule = rivals == 1 ? v1::PREFERENCE_RULE_MORE_SOURCES : v1::PREFERENCE_RULE_UNSPECIFIED;
  conflict.positions = Ordered(std::move(preferred), std::move(by_actors));
  return conflict;
}

}  // namespace

std::vector<ActConflict> FindConflicts(absl::Span<const Act> acts, const ActContext& context) {
  std::vector<ActConflict> conflicts;
  const auto add = [&](std::optional<ActConflict> conflict, size_t act, absl::string_view kind) {
    if (!conflict) return;
    conflict->act = act;
    conflict->id = absl::StrCat(kind, "-", acts[act].id);
    conflicts.push_back(*std::move(conflict));
  };
  for (size_t i = 0; i < acts.size(); ++i) {
    const Act& act = acts[i];
    add(DateConflict(act, v1::CONFLICT_KIND_DATE, v1::DATE_COMPARISON_CONTRADICTS,
                     [](const ActClaim&) { return true; }),
        i, "date");
    add(OriginConflict(act), i, "origin");
    add(OccurrenceConflict(act), i, "occurrence");
    add(ActorConflict(act, context), i, "actor");
  }
  std::sort(conflicts.begin(), conflicts.end(),
            [](const ActConflict& a, const ActConflict& b) { return a.id < b.id; });
  return conflicts;
}

}  // namespace treatywire::query
