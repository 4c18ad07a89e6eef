// Whose agreement a phrase tells of, where it does not name both parties.
#include <algorithm>

#include "ingest_service/extraction/discourse.h"
#include "ingest_service/extraction/party_group.h"
#include "ingest_service/extraction/party_list.h"

namespace treatywire::ingest {

// The parties that the phrase and what stands around it tell: its own, "with" whom, "between the two".
PartyIds Discourse::PartiesOf(const AgreementPhrase& phrase, const PhraseContext& context) const {
  PartyIds parties = phrase.parties;
  if (!phrase.partners.empty()) {
    AddIds(phrase.partners, &parties);
    if (parties.size() == phrase.partners.size()) AddIds(context.owners, &parties);
  } else if (phrase.with_group > 0 && parties.empty()) {
    const PartyIds group = MembersOf(a_, {phrase.core, static_cast<uint32_t>(phrase.with_group)});
    if (group.empty()) return parties;
    parties = context.owners;
    AddIds(group, &parties);
  } else if (phrase.between > 0 && parties.empty()) {
    parties = context.group.size() == phrase.between ? context.group : GroupOf(phrase.between);
  } else if (OwnedBySubject(phrase, context.owners)) {
    parties = context.owners;
  }
  // "the Guatemalan one": with whom those spoken of are.
  if (phrase.one && parties.size() == 1) {
    const PartyId other = Counterpart(parties.front(), /*main=*/true);
    if (!other.empty()) parties.push_back(other);
  }
  return parties;
}

// "Angola and Zambia signed their transit agreement": the subject's own, all of them parties.
bool Discourse::OwnedBySubject(const AgreementPhrase& phrase, const PartyIds& owners) const {
  return phrase.parties.empty() && phrase.partners.empty() && phrase.determiner == Determiner::kPossessive &&
         owners.size() >= 2 && owners.size() <= 6;
}

// "its treaty": an agreement of the one whom the sentence names.
bool Discourse::IsOwned(const AgreementPhrase& phrase, const PhraseContext& context) const {
  return phrase.determiner == Determiner::kPossessive && phrase.parties.empty() && context.owners_named &&
         context.owners.size() == 1;
}

// "The previous pact", "a new deal": of the same parties as the one spoken of.
void Discourse::InheritParties(PartyIds* parties) const {
  if (recent_.empty()) return;
  const AgreementEntity& model = entities_[recent_.back()];
  if (model.multilateral || model.parties.size() != 2) return;
  const bool fits =
      std::all_of(parties->begin(), parties->end(), [&](PartyId id) { return HasParty(recent_.back(), id); });
  if (fits) *parties = model.parties;
}

// The parties of the agreement spoken of most that has so many; of several the last.
PartyIds Discourse::GroupOf(size_t count) const {
  int most = -1;
  for (auto it = recent_.rbegin(); it != recent_.rend(); ++it) {
    if (entities_[*it].parties.size() == count &&
        (most < 0 || entities_[*it].mentions > entities_[most].mentions))
      most = *it;
  }
  return most < 0 ? PartyIds{} : entities_[most].parties;
}

size_t Discourse::FirstDescribed() const { return recent_.size() - std::min(recent_.size(), kMaxDescribed); }

// How many of the bilateral agreements spoken of each party has.
std::vector<Discourse::PartyCount> Discourse::CountPartiesOfPairs() const {
  std::vector<PartyCount> counts;
  counts.reserve(kMaxDescribed);
  for (size_t r = FirstDescribed(); r < recent_.size(); ++r) {
    const AgreementEntity& entity = entities_[recent_[r]];
    if (entity.multilateral || entity.parties.size() != 2) continue;
    for (const PartyId party : entity.parties) {
      const auto counted = FindCount(counts, party);
      if (counted != counts.end()) {
        ++counts[counted - counts.begin()].count;
      } else {
        counts.push_back({party, 1});
      }
    }
  }
  std::sort(counts.begin(), counts.end(),
            [](const PartyCount& a, const PartyCount& b) { return a.party < b.party; });
  return counts;
}

std::vector<Discourse::PartyCount>::const_iterator Discourse::FindCount(const std::vector<PartyCount>& counts,
                                                                        PartyId party) {
  return std::find_if(counts.begin(), counts.end(),
                      [party](const PartyCount& entry) { return entry.party == party; });
}

// Whom most of the agreements spoken of are with, other than `id`; empty where nobody is. Of two as many, the
// one that the article is about (`main`: "the Guatemalan one" is Washington's), or the other ("Canada
// suspended its own" as the article's Wellington did, each with Hong Kong).
PartyId Discourse::Counterpart(PartyId id, bool main) const {
  const std::vector<PartyCount> counts = CountPartiesOfPairs();
  const PartyId partner = recent_.empty() ? PartyId() : entities_[recent_.back()].partner;
  // "Its treaty with Moscow … Latvia ended its own": with Moscow, if others are hardly spoken of more.
  const auto of_partner = FindCount(counts, partner);
  if (!main && of_partner != counts.end() && partner != id && partner != a_.main_party()) {
    const bool rare = std::any_of(counts.begin(), counts.end(), [&](const PartyCount& entry) {
      return entry.party != id && entry.count > of_partner->count + 1;
    });
    if (!rare) return partner;
  }
  const PartyId standing = a_.standing_party();
  if (standing != id && FindCount(counts, standing) != counts.end()) return standing;
  PartyId best;
  int best_count = 0;
  for (const auto& [party, count] : counts) {
    // Equally many: the one that the last is told to be "with", or else by `main`.
    const bool preferred = party == partner || (party == a_.main_party()) == main;
    const bool better = count > best_count || (count == best_count && best != partner && preferred);
    if (party != id && better) {
      best = party;
      best_count = count;
    }
  }
  return best;
}

PartyId Discourse::SharedSideOf(int agreement) const {
  const PartyIds& pair = entities_[agreement].parties;
  if (pair.size() != 2) return PartyId();
  const std::vector<PartyCount> counts = CountPartiesOfPairs();
  const auto count_of = [&](PartyId party) {
    const auto counted = FindCount(counts, party);
    return counted == counts.end() ? 0 : counted->count;
  };
  const int difference = count_of(pair[0]) - count_of(pair[1]);
  return difference == 0 ? PartyId() : pair[difference > 0 ? 0 : 1];
}

PartyId Discourse::SideOfLast(const PartyIds& but) const {
  if (recent_.empty()) return PartyId();
  const AgreementEntity& last = entities_[recent_.back()];
  if (last.multilateral || last.parties.size() != 2 || last.partner.empty()) return PartyId();
  for (PartyId id : last.parties) {
    if (id != last.partner) return but.Contains(id) ? PartyId() : id;
  }
  return PartyId();
}

PartyId Discourse::SharedParty(const PartyIds& but) const {
  const PartyId standing = a_.standing_party();
  if (!standing.empty() && !but.Contains(standing)) return standing;
  const std::vector<PartyCount> counts = CountPartiesOfPairs();
  for (PartyId id : {OwnerInTitle(), a_.home_party(), a_.main_party()}) {
    if (FindCount(counts, id) != counts.end() && !but.Contains(id)) return id;
  }
  PartyId best;
  int best_count = 0;
  bool tie = false;
  for (const auto& [party, count] : counts) {
    if (count < best_count) continue;
    tie = count == best_count;
    best = party;
    best_count = count;
  }
  return tie || but.Contains(best) ? PartyId() : best;
}

// "Where India's trade deals stand": whose agreements the title says the article is about; empty where it
// does not.
PartyId Discourse::OwnerInTitle() const {
  if (!owner_in_title_) owner_in_title_ = ReadOwnerInTitle();
  return *owner_in_title_;
}

PartyId Discourse::ReadOwnerInTitle() const {
  const Document& document = a_.document;
  if (document.sentences.empty() || document.blocks.front().kind != BlockKind::kTitle) return PartyId();
  for (const AgreementPhrase& phrase : FindAgreementPhrases(a_, document.sentences.front())) {
    if (phrase.plural && phrase.determiner == Determiner::kPossessive && phrase.parties.size() == 1)
      return phrase.parties.front();
  }
  return PartyId();
}

// The two parties of the last agreement spoken of that has two, if `parties` are among them.
PartyIds Discourse::PairSpokenOf(const PartyIds& parties) const {
  for (auto it = recent_.rbegin(); it != recent_.rend(); ++it) {
    const AgreementEntity& entity = entities_[*it];
    if (entity.multilateral || entity.parties.size() != 2) continue;
    const bool fits =
        std::all_of(parties.begin(), parties.end(), [&](PartyId id) { return HasParty(*it, id); });
    if (fits) return entity.parties;
  }
  return {};
}

// Between whom an agreement is likely of which the text tells only `owners`: the last such pair spoken of, or
// the one owner and with whom the others have theirs.
PartyIds Discourse::PairOf(const PartyIds& owners) const {
  PartyIds pair = PairSpokenOf(owners);
  if (!pair.empty() || owners.size() != 1) return pair;
  const PartyId other = Counterpart(owners.front(), /*main=*/false);
  return other.empty() ? PartyIds{} : PartyIds{owners.front(), other};
}

}  // namespace treatywire::ingest
