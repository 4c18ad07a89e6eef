#include "query_service/resolution/mention_matching.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "query_service/resolution/party_directory.h"

namespace treatywire::query {
namespace {

namespace v1 = ::treatywire::v1;

enum class NameRelation { kUnnamed, kEqual, kContained, kAlike, kDifferent };
enum class OriginRelation { kUnknown, kAgree, kSameDay, kContradict };

struct NamePair {
  NameRelation relation = NameRelation::kUnnamed;
  bool distinctive = false;    // of the names that relate most, both carry a word of their own
  bool first_shorter = false;  // the first one's name has fewer words
  bool both_proper = false;
  bool same_noun = true;
  bool told_apart = false;  // unnamed, but both are described, and not alike
};

NamePair RelateNames(const NameWords& a, const NameWords& b, bool pairs) {
  const WordList words_a = pairs ? a.topic() : a.words();
  const WordList words_b = pairs ? b.topic() : b.words();
  const size_t count_a = words_a.size();
  const size_t count_b = words_b.size();
  NamePair pair;
  pair.distinctive = a.distinctive() && b.distinctive();
  pair.first_shorter = count_a < count_b || (count_a == count_b && words_b < words_a);
  pair.both_proper = a.proper() && b.proper();
  pair.same_noun = a.noun().empty() || b.noun().empty() || a.noun() == b.noun();
  const size_t shared = CountShared(words_a, words_b);
  const size_t smaller = std::min(count_a, count_b);
  const size_t larger = std::max(count_a, count_b);
  if (shared == larger) {
    pair.relation = NameRelation::kEqual;
  } else if (shared == smaller) {
    pair.relation = NameRelation::kContained;
  } else if (2 * shared >= count_a + count_b - shared &&
             (!pair.distinctive || CountShared(a.own(), b.own()) > 0)) {
    // Jaccard similarity of at least one half, and not of the subject's words alone where each has its own.
    pair.relation = NameRelation::kAlike;
  } else {
    pair.relation = NameRelation::kDifferent;
  }
  return pair;
}

// The closest relation of any name of the one to any of the other. Descriptions ("pact on military visits")
// can bring mentions together but do not set them apart.
NamePair RelateNames(const MentionTraits& a, const MentionTraits& b, bool pairs) {
  NamePair closest;
  for (const NameWords& name_a : a.names) {
    for (const NameWords& name_b : b.names) {
      NamePair pair = RelateNames(name_a, name_b, pairs);
      if (pair.relation == NameRelation::kDifferent && !pair.both_proper) {
        if (closest.relation == NameRelation::kUnnamed) closest.told_apart = true;
        continue;
      }
      if (closest.relation == NameRelation::kUnnamed || pair.relation < closest.relation ||
          (pair.relation == closest.relation && pair.distinctive && !closest.distinctive)) {
        closest = pair;
      }
    }
  }
  return closest;
}

OriginRelation RelateOrigins(const MentionTraits& a, const MentionTraits& b) {
  if (!a.origin || !b.origin) return OriginRelation::kUnknown;
  if (a.origin->has_day() && a.origin->days == b.origin->days) return OriginRelation::kSameDay;
  return DatesAgree(*a.origin, *b.origin) ? OriginRelation::kAgree : OriginRelation::kContradict;
}

bool SubjectsDiffer(const MentionTraits& a, const MentionTraits& b) {
  return a.subject != b.subject && a.subject != v1::SUBJECT_UNSPECIFIED &&
         b.subject != v1::SUBJECT_UNSPECIFIED && a.subject != v1::SUBJECT_OTHER &&
         b.subject != v1::SUBJECT_OTHER;
}

bool SubjectsAgree(const MentionTraits& a, const MentionTraits& b) {
  return a.subject == b.subject && a.subject != v1::SUBJECT_UNSPECIFIED;
}

// Every party of `few` shares a seat with one of `many`.
bool AreAmong(const SharedTexts& few, const SharedTexts& many) {
  return std::all_of(few.begin(), few.end(), [&](absl::string_view party) {
    return std::any_of(many.begin(), many.end(),
                       [&](absl::string_view other) { return SharesSeat(party, other); });
  });
}

bool SameParties(const MentionTraits& a, const MentionTraits& b) {
  return AreAmong(a.parties, b.parties) && AreAmong(b.parties, a.parties);
}

Match Strong(int score, const NamePair& names, OriginRelation origins) {
  Match match;
  match.strength = MatchStrength::kStrong;
  match.score = static_cast<uint8_t>(score);
  match.by_name = names.relation != NameRelation::kUnnamed && names.relation != NameRelation::kDifferent;
  match.by_date = origins == OriginRelation::kAgree && names.relation != NameRelation::kEqual;
  return match;
}

Match Weak(int score, const NamePair& names, OriginRelation origins, bool first_joins, bool second_joins) {
  Match match = Strong(score, names, origins);
  match.strength = MatchStrength::kWeak;
  match.first_joins = first_joins;
  match.second_joins = second_joins;
  return match;
}

Match Possible(const NamePair& names, OriginRelation origins) {
  Match match = Strong(10, names, origins);
  match.strength = MatchStrength::kPossible;
  return match;
}

// Names with no word in common can still be two names of one agreement signed on one day, if one of them is a
// proper name without topic ("Kharkiv accord") and the other tells the topic.
bool IsNicknameOf(const MentionTraits& a, const MentionTraits& b) {
  return a.names.size() == 1 && a.names[0].distinctive() && a.names[0].topic().size() == 1 &&
         SubjectsAgree(a, b);
}

// Of two pairs with the same parties and no difference of subject, at least one of them without a proper name
// that the other's could differ from.
Match MatchUnnamedPairs(const MentionTraits& a, const MentionTraits& b, const NamePair& names,
                        OriginRelation origins) {
  const bool named_a = a.has_proper_name();
  const bool named_b = b.has_proper_name();
  const bool a_joins = named_b && !named_a;
  const bool b_joins = named_a && !named_b;
  if (!SubjectsAgree(a, b)) {
    // "Agreement on visas" is not the one on space research, though an article leaves its subject open.
    if (names.told_apart && origins != OriginRelation::kSameDay) return {};
    const bool a_open = a.subject == v1::SUBJECT_UNSPECIFIED && b.subject != v1::SUBJECT_UNSPECIFIED;
    const bool b_open = b.subject == v1::SUBJECT_UNSPECIFIED && a.subject != v1::SUBJECT_UNSPECIFIED;
    return Weak(20, names, origins, a_joins || (!b_joins && a_open), b_joins || (!a_joins && b_open));
  }
  switch (origins) {
    case OriginRelation::kSameDay:
      return Strong(80, names, origins);
    case OriginRelation::kAgree:
      return Strong(65, names, origins);
    case OriginRelation::kContradict:
      return Weak(30, names, origins, a_joins, b_joins);
    case OriginRelation::kUnknown:
      break;
  }
  // Two that say the same little are one; one that says less than the other joins it if there is no third.
  if (!a.origin && !b.origin && named_a == named_b) {
    return names.told_apart ? Weak(25, names, origins, false, false) : Strong(60, names, origins);
  }
  return Weak(45, names, origins, a_joins || (!b_joins && !a.origin && b.origin.has_value()),
              b_joins || (!a_joins && !b.origin && a.origin.has_value()));
}

Match MatchPairs(const MentionTraits& a, const MentionTraits& b) {
  const NamePair names = RelateNames(a, b, /*pairs=*/true);
  const OriginRelation origins = RelateOrigins(a, b);
  const bool differ = SubjectsDiffer(a, b);
  const int date_bonus = origins == OriginRelation::kSameDay ? 5 : 0;
  switch (names.relation) {
    case NameRelation::kEqual:
      if (differ && !names.distinctive) return {};
      return Strong(90 + date_bonus, names, origins);
    case NameRelation::kContained:
    case NameRelation::kAlike:
      if (differ) return {};
      if (origins == OriginRelation::kSameDay || origins == OriginRelation::kAgree) {
        return Strong(70 + date_bonus, names, origins);
      }
      if (origins == OriginRelation::kContradict) {
        if (names.relation == NameRelation::kAlike && names.both_proper) return {};
        return Weak(35, names, origins, names.first_shorter, !names.first_shorter);
      }
      return Weak(50, names, origins, names.first_shorter, !names.first_shorter);
    case NameRelation::kDifferent:
      if (origins == OriginRelation::kSameDay && IsNicknameOf(a, b) != IsNicknameOf(b, a)) {
        return Strong(55, names, origins);
      }
      return {};
    case NameRelation::kUnnamed:
      if (differ) return {};
      return MatchUnnamedPairs(a, b, names, origins);
  }
  return {};
}

// Agreements of one state that were signed on one day are few.
bool AgreeOnPartyAndDay(const MentionTraits& a, const MentionTraits& b) {
  return !a.parties.empty() && !b.parties.empty() &&
         (AreAmong(a.parties, b.parties) || AreAmong(b.parties, a.parties)) &&
         a.scope != Scope::kMultilateral && b.scope != Scope::kMultilateral &&
         RelateOrigins(a, b) == OriginRelation::kSameDay;
}

// Of one state each, and not the same one: only a name of its own can make two such mentions one agreement.
bool AreOfDifferentStates(const MentionTraits& a, const MentionTraits& b) {
  return a.scope == Scope::kIncomplete && b.scope == Scope::kIncomplete && !a.parties.empty() &&
         !b.parties.empty() && !SameParties(a, b);
}

// At least one of the two is no complete pair.
Match MatchOthers(const MentionTraits& a, const MentionTraits& b) {
  const NamePair names = RelateNames(a, b, /*pairs=*/false);
  const OriginRelation origins = RelateOrigins(a, b);
  const bool differ = SubjectsDiffer(a, b);
  const bool a_incomplete = a.scope == Scope::kIncomplete;
  const bool b_incomplete = b.scope == Scope::kIncomplete;
  if (a_incomplete != b_incomplete && !differ && AgreeOnPartyAndDay(a, b) &&
      (names.relation != NameRelation::kDifferent || !names.both_proper)) {
    return Weak(55, names, origins, a_incomplete, b_incomplete);
  }
  if (names.relation == NameRelation::kEqual) {
    if (differ && !names.same_noun) return {};
    if (AreOfDifferentStates(a, b) && !names.both_proper) return {};
    if (!names.distinctive) {
      // "Extradition treaty" of one state may be with anybody: its date tells.
      const bool other_date = a_incomplete && b_incomplete && origins == OriginRelation::kContradict;
      return SameParties(a, b) && !differ && !other_date ? Strong(70, names, origins) : Match{};
    }
    if (a_incomplete == b_incomplete) return Strong(a_incomplete ? 70 : 85, names, origins);
    // "Compact of Free Association" of one party may be any of several pairs'.
    return Weak(50, names, origins, a_incomplete, b_incomplete);
  }
  if (differ || names.relation == NameRelation::kDifferent || !SameParties(a, b)) {
    if (names.relation != NameRelation::kContained || differ || !names.distinctive || !names.same_noun)
      return {};
    if (origins == OriginRelation::kContradict) return Possible(names, origins);
    return Weak(40, names, origins, names.first_shorter, !names.first_shorter);
  }
  const bool dated_alike = origins == OriginRelation::kSameDay || origins == OriginRelation::kAgree;
  if (names.relation == NameRelation::kContained || names.relation == NameRelation::kAlike) {
    // "Fisheries treaty" of one state may be any of several.
    if (a.parties.size() == 1 && !names.distinctive && !dated_alike) return {};
    return Weak(45, names, origins, names.first_shorter, !names.first_shorter);
  }
  if (a.parties.empty() || !SubjectsAgree(a, b)) return {};
  if (a.parties.size() == 1) return dated_alike ? Strong(60, names, origins) : Match{};
  if (dated_alike || (!a.origin && !b.origin && a.has_proper_name() == b.has_proper_name())) {
    return Strong(60, names, origins);
  }
  return Weak(origins == OriginRelation::kContradict ? 30 : 45, names, origins, !a.has_proper_name(),
              !b.has_proper_name());
}

std::string PartySetKey(const MentionTraits& traits) {
  std::vector<std::string> seats;
  for (const absl::string_view party : traits.parties) seats.emplace_back(SeatOf(party));
  std::sort(seats.begin(), seats.end());
  seats.erase(std::unique(seats.begin(), seats.end()), seats.end());
  return absl::StrJoin(seats, ",");
}

// "1994", of the date that the agreement is known by; empty where there is none.
std::string YearOf(const MentionTraits& traits) {
  return traits.origin ? std::string(traits.origin->edtf.substr(0, 4)) : "";
}

void AddPairKeys(const MentionTraits& traits, std::vector<BlockKey>& keys) {
  const std::string finer = absl::StrCat(traits.subject, "|", YearOf(traits));
  // Two ids of one seat ("RU", "SUHH") beside a third make a pair as well.
  for (const absl::string_view a : traits.parties) {
    for (const absl::string_view b : traits.parties) {
      if (SharesSeat(a, b)) continue;
      for (const std::string& seat_a : SeatsOf(a)) {
        for (const std::string& seat_b : SeatsOf(b)) {
          if (seat_a < seat_b) keys.push_back({absl::StrCat("pair:", seat_a, "|", seat_b), finer});
        }
      }
    }
  }
}

bool IsOutOfTime(const MentionTraits& a, const MentionTraits& b) {
  return a.published && b.origin && IsOutOfTime(*a.published, a.to_come, *b.origin);
}

// The words of a name that no subject claims begin with one that short forms keep ("Basel", "Kyoto").
std::string HeadWord(const NameWords& name) {
  for (const absl::string_view word : name.slug()) {
    if (word.size() > 2) return std::string(word);
  }
  return name.slug().empty() ? "" : std::string(*name.slug().begin());
}

}  // namespace

bool CanBeOne(const MentionTraits& a, const MentionTraits& b) {
  if (!a.known.empty() && !b.known.empty()) return a.known == b.known;
  const bool kinds_known =
      a.kind != v1::AGREEMENT_KIND_UNSPECIFIED && b.kind != v1::AGREEMENT_KIND_UNSPECIFIED;
  if (kinds_known && a.is_protocol() != b.is_protocol()) return false;
  const bool pair_a = a.scope == Scope::kBilateral;
  const bool pair_b = b.scope == Scope::kBilateral;
  if (pair_a && pair_b) return SameParties(a, b);
  if (pair_a && b.scope == Scope::kIncomplete) return AreAmong(b.parties, a.parties);
  if (pair_b && a.scope == Scope::kIncomplete) return AreAmong(a.parties, b.parties);
  return true;
}

bool IsOutOfTime(Day published, bool to_come, const ClaimedDate& origin) {
  // Talks may be reported so long before there is an agreement; they are not long after.
  constexpr Day kTalks = 2 * 366;
  return origin.days.first > published + kTalks || (to_come && origin.days.last < published - kTalks);
}

Match MatchMentions(const MentionTraits& a, const MentionTraits& b) {
  if (!CanBeOne(a, b) || IsOutOfTime(a, b) || IsOutOfTime(b, a)) return {};
  if (!a.known.empty() && a.known == b.known) return Strong(100, {NameRelation::kEqual}, RelateOrigins(a, b));
  if (a.scope == Scope::kBilateral && b.scope == Scope::kBilateral) return MatchPairs(a, b);
  return MatchOthers(a, b);
}

std::vector<BlockKey> BlockKeys(const MentionTraits& traits) {
  std::vector<BlockKey> keys;
  const std::string parties = PartySetKey(traits);
  if (!traits.known.empty()) keys.push_back({absl::StrCat("known:", traits.known.view()), ""});
  if (traits.scope == Scope::kBilateral) {
    AddPairKeys(traits, keys);
  } else if (!traits.parties.empty()) {
    keys.push_back({absl::StrCat("set:", traits.subject, ":", parties), absl::StrCat("|", YearOf(traits))});
  }
  if (traits.scope != Scope::kMultilateral && traits.origin && traits.origin->has_day()) {
    for (const absl::string_view party : traits.parties) {
      for (const std::string& seat : SeatsOf(party)) {
        keys.push_back({absl::StrCat("day:", seat, ":", traits.origin->days.first), parties});
      }
    }
  }
  const std::string of_name = absl::StrCat(parties, "|", YearOf(traits));
  for (const NameWords& name : traits.names) {
    if (!name.distinctive()) continue;
    keys.push_back({absl::StrCat("name:", name.words().joined()), of_name});
    if (traits.scope != Scope::kBilateral) keys.push_back({absl::StrCat("head:", HeadWord(name)), of_name});
  }
  const auto by_key = [](const BlockKey& a, const BlockKey& b) { return a.key < b.key; };
  const auto same_key = [](const BlockKey& a, const BlockKey& b) { return a.key == b.key; };
  std::sort(keys.begin(), keys.end(), by_key);
  keys.erase(std::unique(keys.begin(), keys.end(), same_key), keys.end());
  return keys;
}

}  // namespace treatywire::query
