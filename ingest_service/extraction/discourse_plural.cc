// Phrases that mean several agreements: "treaties with Kenya and Ghana", "both", "the accords of 1990 and
// 1991".
#include <algorithm>
#include <iterator>
#include <optional>

#include "absl/time/civil_time.h"
#include "ingest_service/extraction/contains.h"
#include "ingest_service/extraction/discourse.h"
#include "ingest_service/extraction/party_list.h"

namespace treatywire::ingest {
namespace {

// What is signed within so many days is signed on one visit.
constexpr int kOneVisitDays = 7;

}  // namespace

std::vector<int> Discourse::ResolvePlural(const AgreementPhrase& phrase, const PhraseContext& context) {
  const bool weak = IsWeak(phrase);
  std::vector<int> found;
  auto single = [&](const PartyIds& parties, const std::vector<int>& dates) {
    AgreementPhrase one = phrase;
    one.plural = false;
    one.dates = dates;
    one.count = 0;
    one.determiner = phrase.determiner == Determiner::kIndefinite ? Determiner::kNone : phrase.determiner;
    int entity = FindByDescription(one, parties, context);
    if (entity < 0 || Contains(found, entity)) {
      if (!context.may_create || (NeedsSigning(phrase) && !context.is_signed)) return;
      if (weak && (parties.size() < 2 || !context.is_signed)) return;
      entity = Create(one, parties);
      const PartyIds pair = parties.empty() && context.owners_named ? PairOf(context.owners) : PartyIds();
      if (!pair.empty()) entities_[entity].context_pair = pair;
    } else {
      Enrich(entity, one, parties);
    }
    found.push_back(entity);
  };
  PartyIds partners = phrase.partners;
  PartyIds sides = phrase.parties.empty() ? context.owners : phrase.parties;
  // "All three agreed to amend their treaties" with the one whom the text's treaties are with.
  const PartyId counterpart = Counterpart(PartyId(), /*main=*/false);
  // "Rwanda and Eswatini struck deals with Washington": each of them one.
  if (partners.size() == 1 && phrase.parties.empty() && context.owners.size() >= 2) {
    sides = partners;
    partners = context.owners;
  }
  if (partners.empty() && phrase.determiner == Determiner::kPossessive && phrase.parties.empty() &&
      context.owners_named && context.owners.size() >= 2 && !counterpart.empty() &&
      !context.owners.Contains(counterpart)) {
    partners = context.owners;
    sides = {counterpart};
  }
  if (phrase.one && partners.empty()) partners = phrase.parties;
  if (!partners.empty()) {
    for (PartyId partner : partners) {
      const auto side = std::find_if(sides.begin(), sides.end(),
                                     [&](PartyId id) { return id != partner && !partners.Contains(id); });
      PartyIds parties;
      if (side != sides.end()) parties.push_back(*side);
      if (parties.empty() && phrase.one) parties.push_back(Counterpart(partner, /*main=*/true));
      parties.push_back(partner);
      if (partners.size() == 1 && phrase.dates.size() > 1) {
        // "five accords with Lima, the oldest of 1977, the newest of 2020"
        for (const int date : phrase.dates) single(parties, {date});
        break;
      }
      // "ratified three treaties with Chile"
      const bool counted = partners.size() == 1 && phrase.determiner == Determiner::kQuantity &&
                           phrase.parties.empty() && parties.size() == 2 && !weak;
      for (int i = 0; i < (counted ? std::clamp(phrase.count, 1, 5) : 1); ++i)
        single(parties, partners.size() == 1 ? phrase.dates : DateOfPartner(phrase, partner));
    }
  } else if (phrase.dates.size() >= 2) {
    const std::vector<PartyIds> pairs = PairsInOrder(phrase);
    for (size_t d = 0; d < phrase.dates.size(); ++d)
      single(pairs.empty() ? phrase.parties : pairs[d], {phrase.dates[d]});
  } else {
    // "signed two memoranda, one on trade and one on visas"
    const bool by_pair = context.owners_named && sides.size() == 2;
    if (!by_pair && context.signers.size() == 2) sides = context.signers;
    // "signed memoranda on fish, energy and ports"
    const bool listed = phrase.count == 0 && phrase.matters > 1 && phrase.determiner == Determiner::kNone;
    const int told = listed ? phrase.matters : phrase.count;
    const bool signs = context.is_signed && told > 1 && phrase.parties.empty() &&
                       (listed || phrase.determiner == Determiner::kQuantity) && sides.size() == 2 && !weak &&
                       (by_pair || context.signers.size() == 2);
    for (int i = 0; signs && i < std::min(told, 5); ++i) found.push_back(Create(phrase, sides));
    const std::vector<int> fitting = signs ? std::vector<int>{} : LastFitting(phrase);
    const bool refers = phrase.determiner == Determiner::kDefinite ||
                        phrase.determiner == Determiner::kPossessive ||
                        (phrase.determiner == Determiner::kQuantity && phrase.parties.empty());
    if (refers && !phrase.is_new && !fitting.empty() && phrase.dates.empty()) {
      found = fitting;
      for (const int entity : found) Enrich(entity, phrase, {});
      const auto missing = phrase.parties.size() == 2 ? std::min(phrase.count, 5) : 0;
      while (static_cast<int>(found.size()) < missing && context.may_create && !weak)
        found.push_back(Create(phrase, phrase.parties));
    } else if (refers && phrase.dates.size() == 1 && phrase.parties.empty() && phrase.partners.empty() &&
               !weak && !phrase.matter.empty() && context.may_create) {
      // "The 1997 accords on the fleet were cancelled": of those whom the text speaks of.
      single(PairSpokenOf({}), phrase.dates);
    } else if (const PartyIds pair = context.is_object && context.owners.size() == 1 && phrase.count > 1 &&
                                             context.owners_named && phrase.parties.empty() && refers
                                         ? PairSpokenOf(context.owners)
                                         : PartyIds();
               !pair.empty() && found.empty() && context.may_create && !weak) {
      // "Greece has not ratified three memoranda": with whom the one spoken of is.
      for (int i = 0; i < std::min(phrase.count, 5); ++i) found.push_back(Create(phrase, pair));
    } else if (found.empty() && phrase.determiner == Determiner::kDefinite && phrase.count > 1 && !weak &&
               phrase.parties.empty() && phrase.dates.empty() && !phrase.multilateral &&
               context.brought_together.size() == 2 && context.may_create) {
      // "the two protocols that would open the Turkish-Armenian border"
      for (int i = 0; i < std::min(phrase.count, 5); ++i)
        found.push_back(Create(phrase, context.brought_together));
    } else if (phrase.parties.size() >= 2 && context.may_create && !weak) {
      const int count = std::clamp(phrase.count, 1, 5);
      for (int i = 0; i < count; ++i) single(phrase.parties, i == 0 ? phrase.dates : std::vector<int>{});
    }
  }
  if (!found.empty()) TouchGroup(found, phrase.head);
  return found;
}

// "Both new documents": those of the latest date, if they are several; empty where it does not tell.
std::vector<int> Discourse::Newest(const AgreementPhrase& phrase) const {
  bool says_new = false;
  for (uint32_t t = phrase.core.begin; t < phrase.head; ++t) says_new = says_new || a_.norm(t) == "new";
  if (!says_new) return {};
  std::optional<absl::CivilDay> latest;
  for (const int index : recent_) {
    const UncertainDate& date = entities_[index].signed_date;
    if (date.earliest && (!latest || *latest < *date.earliest)) latest = date.earliest;
  }
  std::vector<int> newest;
  for (const int index : recent_) {
    const UncertainDate& date = entities_[index].signed_date;
    if (date.earliest && *latest - *date.earliest <= kOneVisitDays) newest.push_back(index);
  }
  const size_t most = phrase.count > 0 ? static_cast<size_t>(phrase.count) : 2;
  return newest.size() >= 2 && newest.size() <= most ? newest : std::vector<int>{};
}

// "Both", "the agreements", "all three": those spoken of last.
std::vector<int> Discourse::LastFitting(const AgreementPhrase& phrase) const {
  if (std::vector<int> newest = Newest(phrase); !newest.empty()) return newest;
  const std::vector<int> several = Several();
  const bool group =
      !several.empty() && (phrase.count == 0 || phrase.count == static_cast<int>(several.size()));
  const std::vector<int>& pool = group ? several : recent_;
  const size_t first = group ? 0 : FirstDescribed();
  const treatywire::v1::Subject subject = BestSubject(phrase.votes);
  std::vector<int> fitting;
  for (auto it = pool.rbegin(); it != pool.rend() - static_cast<std::ptrdiff_t>(first); ++it) {
    if (NeedsSigning(phrase) && !Contains(entities_[*it].nouns, phrase.noun)) continue;
    // "The two treaties that Chile and Peru signed": theirs, not one of which nobody has said whose it is.
    const bool theirs =
        phrase.parties.size() < 2 || std::all_of(phrase.parties.begin(), phrase.parties.end(),
                                                 [&](PartyId id) { return HasParty(*it, id); });
    if (theirs && FitScore(phrase, phrase.parties, subject, *it)) fitting.push_back(*it);
    if (phrase.count > 0 && static_cast<int>(fitting.size()) == phrase.count) break;
    if (!group && phrase.count == 0 && fitting.size() == 2) break;
  }
  std::reverse(fitting.begin(), fitting.end());
  return fitting;
}

// "Under agreements of May 1990 and March 1991 the Soviet army left Hungary and Poland, respectively": the
// first is between the first of the list and the other whom the sentence names; empty where it is not told
// like that.
std::vector<PartyIds> Discourse::PairsInOrder(const AgreementPhrase& phrase) const {
  const std::vector<Sentence>& sentences = a_.document.sentences;
  const auto next = std::upper_bound(sentences.begin(), sentences.end(), phrase.head,
                                     [](uint32_t t, const Sentence& s) { return t < s.tokens.begin; });
  if (next == sentences.begin() || phrase.parties.size() > 1) return {};
  const TokenSpan sentence = std::prev(next)->tokens;
  PartyIds each;
  PartyIds others = phrase.parties;
  for (uint32_t t = sentence.begin; t < sentence.end; ++t) {
    if (a_.norm(t) == "respectively" && each.size() == phrase.dates.size()) break;
    if (a_.at[t].party < 0 || a_.parties[a_.at[t].party].tokens.begin != t) continue;
    PartyList list = ReadPartyList(a_, t, sentence.end);
    if (list.ids.empty()) list.ids = a_.parties[a_.at[t].party].ids;  // "the Soviet army"
    if (list.ids.size() == 1) AddIds(list.ids, &others);
    if (list.ids.size() == phrase.dates.size()) {
      uint32_t word = list.next;
      if (word < sentence.end && a_.norm(word) == ",") ++word;
      if (word < sentence.end && a_.norm(word) == "respectively") each = list.ids;
    }
    t = std::max(t + 1, list.next) - 1;
  }
  if (each.empty() || others.size() != 1) return {};
  std::vector<PartyIds> pairs;
  for (PartyId id : each) pairs.push_back({others.front(), id});
  return pairs;
}

std::vector<int> Discourse::DateOfPartner(const AgreementPhrase& phrase, PartyId partner) {
  for (size_t p = 0; p < phrase.partner_dates.size(); ++p) {
    if (phrase.partners[p] == partner && phrase.partner_dates[p] >= 0) return {phrase.partner_dates[p]};
  }
  // "accords of 1977 and 1982 with Fiji and Samoa": each its own.
  for (size_t p = 0; phrase.partner_dates.empty() && p < phrase.partners.size(); ++p) {
    if (phrase.partners[p] == partner && phrase.dates.size() == phrase.partners.size())
      return {phrase.dates[p]};
  }
  return {};
}

}  // namespace treatywire::ingest
