#include "query_service/resolution/resolved_agreement.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_join.h"
#include "query_service/resolution/agreement_naming.h"
#include "query_service/resolution/party_directory.h"

namespace treatywire::query {
namespace {

namespace v1 = ::treatywire::v1;

bool MentionedBefore(const AgreementMember& a, const AgreementMember& b) {
  if (a.article != b.article) return PublishedBefore(*a.article, *b.article);
  return a.mention < b.mention;
}

// The number of each member's source, in the order of the members.
std::vector<int> SourcesOf(const std::vector<AgreementMember>& members) {
  std::vector<const SourceText*> texts;
  texts.reserve(members.size());
  for (const AgreementMember& member : members) texts.push_back(&member.article->source());
  return NumberSources(texts);
}

std::vector<ActClaim> ClaimsOf(const std::vector<AgreementMember>& members, const std::vector<int>& sources) {
  std::vector<ActClaim> claims;
  for (size_t i = 0; i < members.size(); ++i) {
    for (const int event : members[i].get().events) {
      ActClaim claim;
      claim.article = members[i].article;
      claim.event_index = event;
      claim.source = sources[i];
      if (claim.event().has_date()) claim.date = ClaimedDateOf(claim.event().date());
      claims.push_back(std::move(claim));
    }
  }
  return claims;
}

// How many sources say each value; the value that most say, ties to the one said first.
template <typename Value>
class Poll {
 public:
  void Add(const Value& value, int source) {
    const auto [it, is_new] = sources_of_.try_emplace(value);
    if (is_new) order_.push_back(value);
    it->second.insert(source);
  }
  // All values, most sources first.
  std::vector<Value> Ranking() const {
    std::vector<Value> ranking = order_;
    std::stable_sort(ranking.begin(), ranking.end(), [&](const Value& a, const Value& b) {
      return sources_of_.at(a).size() > sources_of_.at(b).size();
    });
    return ranking;
  }
  Value Winner(Value otherwise) const { return order_.empty() ? std::move(otherwise) : Ranking().front(); }
  const std::set<int>& SourcesOf(const Value& value) const { return sources_of_.at(value); }

 private:
  std::map<Value, std::set<int>> sources_of_;
  std::vector<Value> order_;
};

// The events' mentions of a member, which carry the titles and parties as written.
template <typename Visit>
void ForEachMention(const std::vector<AgreementMember>& members, const std::vector<int>& sources,
                    const Visit& visit) {
  for (size_t i = 0; i < members.size(); ++i) {
    for (const int event : members[i].get().events) {
      visit(members[i].article->extraction().events(event), sources[i]);
    }
  }
}

// For each seat the id that most sources use ("SUHH" where they say that the Soviet Union signed it). A pair
// has two parties; what a single source adds to one is an error of reading or a mediator.
void ChooseParties(const std::vector<AgreementMember>& members, const std::vector<int>& sources,
                   ResolvedAgreement& agreement) {
  std::map<std::string, Poll<std::string>> ids_of_seat;
  std::map<std::string, const v1::PartyRef*> first_ref;
  int pair_mentions = 0;
  int other_mentions = 0;
  for (const AgreementMember& member : members) {
    const Scope scope = member.get().traits().scope;
    pair_mentions += scope == Scope::kBilateral ? 1 : 0;
    other_mentions += scope == Scope::kMultilateral ? 1 : 0;
  }
  agreement.context.pair = pair_mentions > 0 && pair_mentions >= other_mentions;
  ForEachMention(members, sources, [&](const v1::AgreementEvent& event, int source) {
    for (const v1::PartyRef& party : event.agreement().parties()) {
      if (party.party_id().empty()) continue;
      ids_of_seat[std::string(SeatOf(party.party_id()))].Add(party.party_id(), source);
      first_ref.try_emplace(party.party_id(), &party);
    }
  });
  for (const auto& [seat, ids] : ids_of_seat) {
    v1::PartyRef party;
    party.set_party_id(ids.Winner(""));
    party.set_surface(first_ref[party.party_id()]->surface());
    agreement.context.parties.push_back(party.party_id());
    agreement.parties.push_back(std::move(party));
  }
  std::sort(agreement.parties.begin(), agreement.parties.end(),
            [](const v1::PartyRef& a, const v1::PartyRef& b) { return a.party_id() < b.party_id(); });
  std::sort(agreement.context.parties.begin(), agreement.context.parties.end());
}

void ChooseTraits(const std::vector<AgreementMember>& members, const std::vector<int>& sources,
                  ResolvedAgreement& agreement) {
  Poll<v1::AgreementKind> kinds;
  Poll<v1::Subject> subjects;
  Poll<std::string> known;
  Poll<std::string> places;
  ForEachMention(members, sources, [&](const v1::AgreementEvent& event, int source) {
    const v1::AgreementMention& mention = event.agreement();
    if (mention.kind() != v1::AGREEMENT_KIND_UNSPECIFIED) kinds.Add(mention.kind(), source);
    if (mention.subject() != v1::SUBJECT_UNSPECIFIED) subjects.Add(mention.subject(), source);
    if (!mention.known_agreement().empty()) known.Add(mention.known_agreement(), source);
    if (!mention.signed_place().empty()) places.Add(mention.signed_place(), source);
    const bool is_signature =
        event.type() == v1::EVENT_TYPE_SIGNED && event.modality() == v1::MODALITY_ASSERTED;
    if (is_signature && !event.place().empty()) places.Add(event.place(), source);
  });
  agreement.kind = kinds.Winner(v1::AGREEMENT_KIND_UNSPECIFIED);
  agreement.subject = subjects.Winner(v1::SUBJECT_UNSPECIFIED);
  agreement.known_agreement = known.Winner("");
  agreement.signed_place = places.Winner("");
}

// Titles longer than this are aliases: a table of agreements shall be readable.
constexpr size_t kMaxDisplayTitleBytes = 80;

// One title however it is capitalised or hyphenated: its key; the first spelling is shown.
std::string TitleKey(absl::string_view title) { return absl::StrJoin(FoldedWords(title), " "); }

void ChooseNames(const std::vector<AgreementMember>& members, const std::vector<int>& sources,
                 ResolvedAgreement& agreement) {
  const MentionTraits& naming = NamingMember(members).get().traits();
  Poll<std::string> keys;
  std::map<std::string, std::string> spelling;
  std::set<std::string> titles;
  const auto add = [&](const std::string& title, int source) {
    if (title.empty()) return;
    std::string key = TitleKey(title);
    if (key.empty()) return;
    spelling.try_emplace(key, title);
    keys.Add(key, source);
  };
  ForEachMention(members, sources, [&](const v1::AgreementEvent& event, int source) {
    add(event.agreement().title(), source);
    if (!event.agreement().title().empty()) titles.insert(TitleKey(event.agreement().title()));
    for (const std::string& alias : event.agreement().aliases()) add(alias, source);
  });
  std::string display_key;
  for (const std::string& key : keys.Ranking()) {
    const std::string& title = spelling[key];
    if (!titles.contains(key) || title.size() > kMaxDisplayTitleBytes || !TitleStandsAlone(title, naming))
      continue;
    display_key = key;
    break;
  }
  agreement.display_name = display_key.empty() ? MakeDisplayName(naming) : spelling[display_key];
  constexpr size_t kMaxAliases = 64;
  for (const std::string& key : keys.Ranking()) {
    if (key != display_key && agreement.aliases.size() < kMaxAliases)
      agreement.aliases.push_back(spelling[key]);
  }
}

bool IsDoneBy(const Act& act, const v1::PartyRef& party) {
  return std::any_of(act.actors.begin(), act.actors.end(), [&](const v1::PartyRef& actor) {
    return SharesSeat(actor.party_id(), party.party_id());
  });
}

// Whether articles say that the party never signed or joined, and of nothing that it did as a party.
bool StaysOutside(const v1::PartyRef& party, const std::vector<Act>& acts) {
  bool outside = false;
  for (const Act& act : acts) {
    if (!IsDoneBy(act, party)) continue;
    const bool joins = act.type == v1::EVENT_TYPE_SIGNED || act.type == v1::EVENT_TYPE_ACCEDED;
    if (act.modality == v1::MODALITY_DENIED && joins) outside = true;
    if (act.modality == v1::MODALITY_ASSERTED && act.type != v1::EVENT_TYPE_BREACH_ALLEGED &&
        act.type != v1::EVENT_TYPE_REJECTED && act.type != v1::EVENT_TYPE_PROPOSED &&
        act.type != v1::EVENT_TYPE_NEGOTIATED) {
      return false;
    }
  }
  return outside;
}

// States that an article names beside an agreement of many to say that they are no parties to it.
void DropOutsiders(ResolvedAgreement& agreement) {
  if (agreement.context.pair) return;
  std::erase_if(agreement.parties,
                [&](const v1::PartyRef& party) { return StaysOutside(party, agreement.acts); });
}

// The act by which the agreement came into being; nullptr where none is dated. Of an agreement of many, the
// signature of one or two of them is not it where that of all is known.
const Act* OriginOf(const ResolvedAgreement& agreement) {
  constexpr size_t kManyActors = 3;
  const Act* origin = nullptr;
  for (const Act& act : agreement.acts) {
    if (!IsOrigin(act.type) || act.modality != v1::MODALITY_ASSERTED || !act.date) continue;
    if (agreement.context.pair || act.actors.empty() || act.actors.size() >= kManyActors) return &act;
    if (origin == nullptr) origin = &act;
  }
  return origin;
}

// The origin's preferred date; where no event tells of it, the best of those that the mentions carry.
void ChooseSignedDate(const std::vector<AgreementMember>& members, ResolvedAgreement& agreement) {
  if (const Act* origin = OriginOf(agreement)) {
    agreement.signed_date = origin->stated_date;
    agreement.signed_days = origin->date->days;
    agreement.signed_date_rule = origin->date_rule;
    return;
  }
  for (const AgreementMember& member : members) {
    for (const int index : member.get().events) {
      const v1::UncertainDate& date = member.article->extraction().events(index).agreement().signed_date();
      const std::optional<ClaimedDate> claimed = ClaimedDateOf(date);
      if (!claimed) continue;
      const bool better = !agreement.signed_days || claimed->days.width() < agreement.signed_days->width();
      if (agreement.signed_days && claimed->days != *agreement.signed_days) {
        agreement.signed_date_rule = v1::PREFERENCE_RULE_MORE_PRECISE;
      } else if (!agreement.signed_days) {
        agreement.signed_date_rule = v1::PREFERENCE_RULE_ONLY_VALUE;
      }
      if (!better) continue;
      agreement.signed_date = date;
      agreement.signed_days = claimed->days;
    }
  }
}

}  // namespace

const AgreementMember& NamingMember(absl::Span<const AgreementMember> members) {
  return *std::min_element(members.begin(), members.end(),
                           [](const AgreementMember& a, const AgreementMember& b) {
                             const int8_t rank_a = a.get().traits().slug_rank;
                             const int8_t rank_b = b.get().traits().slug_rank;
                             return rank_a != rank_b ? rank_a > rank_b : MentionedBefore(a, b);
                           });
}

ResolvedAgreement ResolveAgreement(std::vector<AgreementMember> members) {
  std::sort(members.begin(), members.end(), MentionedBefore);
  ResolvedAgreement agreement;
  const std::vector<int> sources = SourcesOf(members);
  ChooseParties(members, sources, agreement);
  ChooseTraits(members, sources, agreement);
  ChooseNames(members, sources, agreement);
  std::vector<ActClaim> claims = ClaimsOf(members, sources);
  agreement.event_count = static_cast<int>(claims.size());
  agreement.acts = JoinActs(std::move(claims), agreement.context);
  agreement.conflicts = FindConflicts(agreement.acts, agreement.context);
  ChooseSignedDate(members, agreement);
  DropOutsiders(agreement);
  std::set<const ArticleVersion*> articles;
  for (const AgreementMember& member : members) articles.insert(member.article);
  agreement.article_count = static_cast<int>(articles.size());
  agreement.independent_sources = *std::max_element(sources.begin(), sources.end());
  agreement.members = std::move(members);
  return agreement;
}

}  // namespace treatywire::query
