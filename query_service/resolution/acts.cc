#include "query_service/resolution/acts.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "query_service/resolution/date_preference.h"
#include "query_service/resolution/party_directory.h"
#include "query_service/resolution/stable_hash.h"

namespace treatywire::query {
namespace {

namespace v1 = ::treatywire::v1;

using Claims = std::vector<ActClaim>;

// SIGNED and CONCLUDED date the same thing; leaving an agreement of two ends it.
v1::EventType FamilyOf(v1::EventType type, const ActContext& context) {
  if (type == v1::EVENT_TYPE_CONCLUDED) return v1::EVENT_TYPE_SIGNED;
  if (type == v1::EVENT_TYPE_WITHDRAWN && context.pair) return v1::EVENT_TYPE_TERMINATED;
  return type;
}

bool HappensOnce(v1::EventType family) {
  switch (family) {
    case v1::EVENT_TYPE_INITIALLED:
    case v1::EVENT_TYPE_ADOPTED:
    case v1::EVENT_TYPE_SIGNED:
    case v1::EVENT_TYPE_APPROVED:
    case v1::EVENT_TYPE_RATIFIED:
    case v1::EVENT_TYPE_ACCEDED:
    case v1::EVENT_TYPE_SUCCEEDED:
    case v1::EVENT_TYPE_DEPOSITED:
    case v1::EVENT_TYPE_ENTERED_INTO_FORCE:
    case v1::EVENT_TYPE_PROVISIONALLY_APPLIED:
    case v1::EVENT_TYPE_WITHDRAWN:
    case v1::EVENT_TYPE_TERMINATED:
    case v1::EVENT_TYPE_EXPIRED:
    case v1::EVENT_TYPE_SUPERSEDED:
    case v1::EVENT_TYPE_CONSENT_REVOKED:
    case v1::EVENT_TYPE_INVALIDATED:
      return true;
    default:
      return false;
  }
}

std::set<std::string> ActorSeats(const ActClaim& claim) {
  std::set<std::string> seats;
  for (const v1::PartyRef& actor : claim.event().actors()) {
    if (!actor.party_id().empty()) seats.emplace(SeatOf(actor.party_id()));
  }
  return seats;
}

// Where a claim belongs before dates are looked at.
struct Slot {
  v1::EventType family = v1::EVENT_TYPE_UNSPECIFIED;
  bool possible = false;         // threats and conditions are not the act, unless their date says so
  std::set<std::string> actors;  // empty: all together, or nobody named

  friend bool operator<(const Slot& a, const Slot& b) {
    return std::tie(a.family, a.possible, a.actors) < std::tie(b.family, b.possible, b.actors);
  }
};

Slot SlotOf(const ActClaim& claim, const ActContext& context) {
  Slot slot;
  slot.family = FamilyOf(claim.event().type(), context);
  slot.possible = claim.event().modality() == v1::MODALITY_POSSIBLE;
  if (IsJointAct(slot.family, context)) return slot;
  slot.actors = ActorSeats(claim);
  // "Fifteen countries signed" and the signature of all parties are the agreement's, not a party's. That some
  // never signed is theirs, however many they are.
  constexpr size_t kManyActors = 3;
  const bool whole =
      (slot.family == v1::EVENT_TYPE_SIGNED || slot.family == v1::EVENT_TYPE_ENTERED_INTO_FORCE) &&
      claim.event().modality() != v1::MODALITY_DENIED;
  if (whole && slot.actors.size() >= kManyActors) slot.actors.clear();
  return slot;
}

// An act in the making.
struct Draft {
  Slot slot;
  Claims claims;
  std::optional<ClaimedDate> anchor;  // its most precise date
};

bool Agree(const std::optional<ClaimedDate>& a, const std::optional<ClaimedDate>& b) {
  return a && b && DatesAgree(*a, *b);
}

void AddClaim(const ActClaim& claim, Draft& draft) {
  if (claim.date && (!draft.anchor || (draft.anchor->stands_in && !claim.date->stands_in) ||
                     (draft.anchor->stands_in == claim.date->stands_in &&
                      claim.date->days.width() < draft.anchor->days.width()))) {
    draft.anchor = claim.date;
  }
  draft.claims.push_back(claim);
}

// The most precise first, stand-ins after all stated dates, undated last.
bool MorePrecise(const ActClaim& a, const ActClaim& b) {
  const auto key = [](const ActClaim& claim) {
    return claim.date ? std::tuple(0, claim.date->stands_in, claim.date->days.width(), claim.date->days.first)
                      : std::tuple(1, false, int64_t{0}, Day{0});
  };
  return std::pair(key(a), false) != std::pair(key(b), false) ? key(a) < key(b) : ClaimedBefore(a, b);
}

// Acts that can be repeated: claims of agreeing dates are one act, the most precise dates decide which there
// are. A claim that fits several goes to the one with most claims. Undated claims go to the only act, or else
// are one of their own.
std::vector<Draft> SplitByDate(const Slot& slot, Claims claims) {
  std::sort(claims.begin(), claims.end(), MorePrecise);
  std::vector<Draft> drafts;
  Draft undated{slot, {}, std::nullopt};
  for (const ActClaim& claim : claims) {
    if (!claim.date) {
      AddClaim(claim, undated);
      continue;
    }
    Draft* best = nullptr;
    for (Draft& draft : drafts) {
      if (Agree(draft.anchor, claim.date) && (best == nullptr || draft.claims.size() > best->claims.size())) {
        best = &draft;
      }
    }
    if (best == nullptr) best = &drafts.emplace_back(Draft{slot, {}, std::nullopt});
    AddClaim(claim, *best);
  }
  if (undated.claims.empty()) return drafts;
  if (drafts.size() == 1) {
    for (const ActClaim& claim : undated.claims) AddClaim(claim, drafts.front());
  } else {
    drafts.push_back(std::move(undated));
  }
  return drafts;
}

// The day a claim speaks of at the latest: its date's, else its publication's.
Day SpokenOf(const ActClaim& claim) {
  if (claim.date) return claim.date->days.last;
  return claim.article->publish_day.value_or(kLatestDay);
}

// A party that left can join again and leave again: the days on which it did the opposite part its acts.
std::vector<Claims> SplitByReturns(const Slot& slot, const Claims& claims, const Claims& all) {
  v1::EventType opposite = v1::EVENT_TYPE_UNSPECIFIED;
  if (slot.family == v1::EVENT_TYPE_WITHDRAWN) opposite = v1::EVENT_TYPE_ACCEDED;
  if (slot.family == v1::EVENT_TYPE_ACCEDED) opposite = v1::EVENT_TYPE_WITHDRAWN;
  std::set<Day> returns;
  for (const ActClaim& claim : all) {
    if (claim.event().type() == opposite && claim.event().modality() == v1::MODALITY_ASSERTED && claim.date &&
        !slot.actors.empty() && ActorSeats(claim) == slot.actors) {
      returns.insert(claim.date->days.first);
    }
  }
  std::map<std::ptrdiff_t, Claims> periods;
  for (const ActClaim& claim : claims) {
    periods[std::distance(returns.begin(), returns.upper_bound(SpokenOf(claim)))].push_back(claim);
  }
  std::vector<Claims> split;
  split.reserve(periods.size());
  for (auto& [period, of_period] : periods) split.push_back(std::move(of_period));
  return split;
}

// An expiry that was planned for a day and put off by an extension is no claim about the later one.
std::vector<Draft> SplitExpiry(const Slot& slot, const Claims& claims) {
  Draft expired{slot, {}, std::nullopt};
  Claims planned;
  for (const ActClaim& claim : claims) {
    if (claim.event().modality() == v1::MODALITY_ASSERTED) {
      AddClaim(claim, expired);
    } else {
      planned.push_back(claim);
    }
  }
  Claims other;
  for (const ActClaim& claim : planned) {
    if (Agree(claim.date, expired.anchor)) {
      AddClaim(claim, expired);
    } else {
      other.push_back(claim);
    }
  }
  std::vector<Draft> drafts = SplitByDate(slot, std::move(other));
  if (!expired.claims.empty()) drafts.push_back(std::move(expired));
  return drafts;
}

std::vector<Draft> DraftsOf(const Slot& slot, const Claims& claims, const Claims& all) {
  if (slot.family == v1::EVENT_TYPE_EXPIRED && !slot.possible) return SplitExpiry(slot, claims);
  if (slot.possible || !HappensOnce(slot.family)) return SplitByDate(slot, claims);
  std::vector<Draft> drafts;
  for (const Claims& period : SplitByReturns(slot, claims, all)) {
    Draft& draft = drafts.emplace_back(Draft{slot, {}, std::nullopt});
    for (const ActClaim& claim : period) AddClaim(claim, draft);
  }
  return drafts;
}

bool ActorsOverlap(const Slot& a, const Slot& b) {
  return std::any_of(a.actors.begin(), a.actors.end(),
                     [&](const std::string& actor) { return b.actors.contains(actor); });
}

// Whether `other` reports the act of `draft`, though its slot differs: nobody named, some of the actors
// named, or put as a possibility, with a date that agrees.
bool IsSameAct(const Draft& draft, const Draft& other) {
  if (draft.slot.family != other.slot.family || !Agree(draft.anchor, other.anchor)) return false;
  const bool same_actors = draft.slot.actors == other.slot.actors || other.slot.actors.empty() ||
                           draft.slot.actors.empty() || ActorsOverlap(draft.slot, other.slot);
  if (!same_actors) return false;
  return other.slot.possible || !draft.slot.possible;
}

// Takes drafts of one act together: those put as facts first, the ones with most claims first.
std::vector<Draft> Merge(std::vector<Draft> drafts) {
  std::stable_sort(drafts.begin(), drafts.end(), [](const Draft& a, const Draft& b) {
    return std::tuple(a.slot.possible, a.slot.actors.empty(), -static_cast<int64_t>(a.claims.size())) <
           std::tuple(b.slot.possible, b.slot.actors.empty(), -static_cast<int64_t>(b.claims.size()));
  });
  std::vector<Draft> merged;
  for (Draft& draft : drafts) {
    const auto same = std::find_if(merged.begin(), merged.end(), [&](const Draft& earlier) {
      return !(earlier.slot.actors == draft.slot.actors && earlier.slot.possible == draft.slot.possible) &&
             IsSameAct(earlier, draft);
    });
    if (same == merged.end()) {
      merged.push_back(std::move(draft));
    } else {
      for (const ActClaim& claim : draft.claims) AddClaim(claim, *same);
    }
  }
  return merged;
}

bool IsAllDenied(const Draft& draft) {
  return std::all_of(draft.claims.begin(), draft.claims.end(),
                     [](const ActClaim& claim) { return claim.event().modality() == v1::MODALITY_DENIED; });
}

// An act of a party that no article names joins that of the only party that is known to have done it. That
// one did it says nothing about who did not, nor the other way round.
void AttachUnnamedActors(std::vector<Draft>& drafts, const ActContext& context) {
  for (size_t i = 0; i < drafts.size(); ++i) {
    const Slot& slot = drafts[i].slot;
    if (!slot.actors.empty() || IsJointAct(slot.family, context) || drafts[i].anchor) continue;
    Draft* only = nullptr;
    int count = 0;
    for (Draft& other : drafts) {
      if (other.slot.family != slot.family || other.slot.possible != slot.possible ||
          other.slot.actors.empty() || other.claims.empty() || IsAllDenied(other) != IsAllDenied(drafts[i])) {
        continue;
      }
      only = &other;
      ++count;
    }
    if (count != 1) continue;
    for (const ActClaim& claim : drafts[i].claims) AddClaim(claim, *only);
    drafts[i].claims.clear();
  }
  std::erase_if(drafts, [](const Draft& draft) { return draft.claims.empty(); });
}

// For each seat that at least half of the sources with actors name: the id that most of them use for it. Of
// the article that is first, also the surface, body and person.
std::vector<v1::PartyRef> AgreedActors(const Claims& claims) {
  struct Named {
    std::set<int> sources;
    const v1::PartyRef* first = nullptr;
  };
  std::map<std::string, std::map<std::string, Named>> ids_of_seat;
  std::set<int> sources_with_actors;
  for (const ActClaim& claim : claims) {
    for (const v1::PartyRef& actor : claim.event().actors()) {
      if (actor.party_id().empty()) continue;
      sources_with_actors.insert(claim.source);
      Named& named = ids_of_seat[std::string(SeatOf(actor.party_id()))][actor.party_id()];
      named.sources.insert(claim.source);
      if (named.first == nullptr) named.first = &actor;
    }
  }
  std::vector<v1::PartyRef> actors;
  for (const auto& [seat, ids] : ids_of_seat) {
    std::set<int> sources;
    const Named* best = nullptr;
    for (const auto& [id, named] : ids) {
      sources.insert(named.sources.begin(), named.sources.end());
      if (best == nullptr || named.sources.size() > best->sources.size()) best = &named;
    }
    if (2 * sources.size() >= sources_with_actors.size()) actors.push_back(*best->first);
  }
  std::sort(actors.begin(), actors.end(),
            [](const v1::PartyRef& a, const v1::PartyRef& b) { return a.party_id() < b.party_id(); });
  return actors;
}

// The act's own type: a signature's claim names the act that a bare origin leaves open.
v1::EventType TypeOf(const Claims& claims) {
  std::map<v1::EventType, int> counts;
  for (const ActClaim& claim : claims) ++counts[claim.event().type()];
  if (counts.contains(v1::EVENT_TYPE_SIGNED)) return v1::EVENT_TYPE_SIGNED;
  if (counts.contains(v1::EVENT_TYPE_TERMINATED)) return v1::EVENT_TYPE_TERMINATED;
  return counts.begin()->first;
}

int ComparisonRank(v1::DateComparison comparison) {
  switch (comparison) {
    case v1::DATE_COMPARISON_SAME:
      return 0;
    case v1::DATE_COMPARISON_REFINES:
      return 1;
    case v1::DATE_COMPARISON_OVERLAPS:
      return 2;
    case v1::DATE_COMPARISON_INCOMPARABLE:
      return 3;
    case v1::DATE_COMPARISON_CONTRADICTS:
      return 4;
    default:
      return 5;
  }
}

bool SupportsDate(const ActClaim& claim) {
  return claim.comparison == v1::DATE_COMPARISON_SAME || claim.comparison == v1::DATE_COMPARISON_REFINES ||
         claim.comparison == v1::DATE_COMPARISON_OVERLAPS;
}

// Who gives the preferred date too does not mean the same act by the other one: an announcement beside the
// act, another pair's agreement of the kind, the step before.
void SetApartOwnDates(Claims& claims) {
  std::set<const ArticleVersion*> supporters;
  for (const ActClaim& claim : claims) {
    if (SupportsDate(claim)) supporters.insert(claim.article);
  }
  for (ActClaim& claim : claims) {
    if (claim.comparison == v1::DATE_COMPARISON_CONTRADICTS && supporters.contains(claim.article)) {
      claim.comparison = v1::DATE_COMPARISON_INCOMPARABLE;
    }
  }
}

Act FinishAct(Draft draft) {
  Act act;
  act.claims = std::move(draft.claims);
  std::sort(act.claims.begin(), act.claims.end(), ClaimedBefore);
  act.type = TypeOf(act.claims);
  for (const ActClaim& claim : act.claims) {
    if (ModalityStrength(claim.event().modality()) > ModalityStrength(act.modality)) {
      act.modality = claim.event().modality();
    }
  }
  act.actors = AgreedActors(act.claims);
  if (const std::optional<PreferredDate> preferred = PreferDate(act.claims)) {
    act.date = preferred->date;
    act.stated_date = preferred->stated;
    act.date_rule = preferred->rule;
    for (ActClaim& claim : act.claims) claim.comparison = CompareWithPreferred(claim, *preferred);
    SetApartOwnDates(act.claims);
  }
  std::stable_sort(act.claims.begin(), act.claims.end(), [](const ActClaim& a, const ActClaim& b) {
    return ComparisonRank(a.comparison) < ComparisonRank(b.comparison);
  });
  return act;
}

// "2000/2003~" becomes "2000-to-2003".
std::string DateSlug(absl::string_view edtf) {
  std::string slug =
      absl::StrReplaceAll(edtf, {{"..", "open"}, {"/", "-to-"}, {"~", ""}, {"?", ""}, {"%", ""}});
  slug = absl::AsciiStrToLower(slug);
  std::erase_if(slug, [](unsigned char c) { return !absl::ascii_isalnum(c) && c != '-'; });
  return slug;
}

template <typename Enum>
std::string EnumSlug(const std::string& name, absl::string_view prefix, Enum /*value*/) {
  return absl::AsciiStrToLower(absl::StrReplaceAll(
      absl::string_view(name).substr(std::min(prefix.size(), name.size())), {{"_", "-"}}));
}

std::string ActId(const Act& act, const ActContext& context) {
  std::string id = EnumSlug(v1::EventType_Name(act.type), "EVENT_TYPE_", act.type);
  constexpr size_t kMaxActorsInId = 3;
  const bool told_by_actor = !IsJointAct(act.type, context) || act.type == v1::EVENT_TYPE_TERMINATED;
  if (told_by_actor && act.actors.size() <= kMaxActorsInId) {
    for (const v1::PartyRef& actor : act.actors) {
      absl::StrAppend(&id, "-", DateSlug(actor.party_id()));
    }
  }
  if (act.date) absl::StrAppend(&id, "-", DateSlug(act.date->edtf));
  return id;
}

// Acts of one id differ in how they are put, or else in their first claim.
void NumberActs(std::vector<Act>& acts, const ActContext& context) {
  absl::flat_hash_map<std::string, int> uses;
  for (Act& act : acts) {
    act.id = ActId(act, context);
    ++uses[act.id];
  }
  absl::flat_hash_map<std::string, int> uses_with_modality;
  for (Act& act : acts) {
    if (uses[act.id] < 2) continue;
    if (act.modality != v1::MODALITY_ASSERTED) {
      absl::StrAppend(&act.id, "-", EnumSlug(v1::Modality_Name(act.modality), "MODALITY_", act.modality));
    }
    ++uses_with_modality[act.id];
  }
  for (Act& act : acts) {
    const auto it = uses_with_modality.find(act.id);
    if (it == uses_with_modality.end() || it->second < 2) continue;
    const ActClaim& first = *std::min_element(act.claims.begin(), act.claims.end(), ClaimedBefore);
    const std::string key = absl::StrCat(first.article->id(), "#", first.event_index);
    absl::StrAppend(&act.id, "-", absl::StrFormat("%016x", StableHash(key)));
  }
}

bool ByDate(const Act& a, const Act& b) {
  if (a.date.has_value() != b.date.has_value()) return a.date.has_value();
  if (a.date && a.date->days != b.date->days) {
    return std::pair(a.date->days.first, a.date->days.last) <
           std::pair(b.date->days.first, b.date->days.last);
  }
  return a.id < b.id;
}

}  // namespace

bool ClaimedBefore(const ActClaim& a, const ActClaim& b) {
  if (a.article != b.article) return PublishedBefore(*a.article, *b.article);
  return a.event_index < b.event_index;
}

int ModalityStrength(v1::Modality modality) {
  switch (modality) {
    case v1::MODALITY_ASSERTED:
      return 4;
    case v1::MODALITY_PLANNED:
      return 3;
    case v1::MODALITY_POSSIBLE:
      return 2;
    case v1::MODALITY_DENIED:
      return 1;
    default:
      return 0;
  }
}

int CountSources(absl::Span<const ActClaim> claims) {
  std::set<int> sources;
  for (const ActClaim& claim : claims) sources.insert(claim.source);
  return static_cast<int>(sources.size());
}

int CountSources(const Act& act) {
  std::set<int> sources;
  for (const ActClaim& claim : act.claims) {
    if (claim.event().modality() == act.modality) sources.insert(claim.source);
  }
  return static_cast<int>(sources.size());
}

bool IsOrigin(v1::EventType type) {
  return type == v1::EVENT_TYPE_SIGNED || type == v1::EVENT_TYPE_CONCLUDED;
}

bool IsJointAct(v1::EventType type, const ActContext& context) {
  switch (type) {
    case v1::EVENT_TYPE_NEGOTIATED:
    case v1::EVENT_TYPE_INITIALLED:
    case v1::EVENT_TYPE_ADOPTED:
    case v1::EVENT_TYPE_CONCLUDED:
    case v1::EVENT_TYPE_AMENDED:
    case v1::EVENT_TYPE_EXTENDED:
    case v1::EVENT_TYPE_TERMINATED:
    case v1::EVENT_TYPE_EXPIRED:
    case v1::EVENT_TYPE_SUPERSEDED:
    case v1::EVENT_TYPE_INVALIDATED:
      return true;
    case v1::EVENT_TYPE_SIGNED:
    case v1::EVENT_TYPE_ENTERED_INTO_FORCE:
    case v1::EVENT_TYPE_PROVISIONALLY_APPLIED:
    case v1::EVENT_TYPE_WITHDRAWN:
      return context.pair;
    default:
      return false;
  }
}

std::vector<Act> JoinActs(std::vector<ActClaim> claims, const ActContext& context) {
  std::sort(claims.begin(), claims.end(), ClaimedBefore);
  std::map<Slot, Claims> slots;
  for (const ActClaim& claim : claims) slots[SlotOf(claim, context)].push_back(claim);
  std::vector<Draft> drafts;
  for (const auto& [slot, of_slot] : slots) {
    for (Draft& draft : DraftsOf(slot, of_slot, claims)) drafts.push_back(std::move(draft));
  }
  drafts = Merge(std::move(drafts));
  AttachUnnamedActors(drafts, context);
  std::vector<Act> acts;
  acts.reserve(drafts.size());
  for (Draft& draft : drafts) acts.push_back(FinishAct(std::move(draft)));
  NumberActs(acts, context);
  std::sort(acts.begin(), acts.end(), ByDate);
  return acts;
}

}  // namespace treatywire::query
