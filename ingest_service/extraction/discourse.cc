#include "ingest_service/extraction/discourse.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "ingest_service/extraction/contains.h"
#include "ingest_service/extraction/party_list.h"

namespace treatywire::ingest {
namespace {

// So many words tell one matter from another; a text may say the same a thousand times.
constexpr size_t kMaxWordsOfMatter = 32;

void AddWords(const std::vector<absl::string_view>& words, std::vector<absl::string_view>* to) {
  for (const absl::string_view word : words) {
    if (to->size() < kMaxWordsOfMatter && !Contains(*to, word)) to->push_back(word);
  }
}

}  // namespace

void Discourse::Touch(int entity, uint32_t token) {
  if (recent_.empty() || recent_.back() != entity) {
    recent_.erase(std::remove(recent_.begin(), recent_.end(), entity), recent_.end());
    recent_.push_back(entity);
  }
  entities_[entity].last_token = token;
  group_ = {entity};
}

bool Discourse::TouchOneOf(const AgreementPhrase& several, const PartyIds& partners, uint32_t token) {
  AgreementPhrase one = EachOf(several);
  AddIds(partners, &one.parties);
  const std::vector<int> found = Resolve(one, PhraseContext{});
  if (found.size() != 1) return false;
  Touch(found.front(), token);
  return true;
}

void Discourse::TouchGroup(const std::vector<int>& group, uint32_t token) {
  for (const int entity : group) Touch(entity, token);
  group_ = group;
  if (group.size() > 1) last_group_ = group;
}

bool Discourse::HasParty(int entity, PartyId id) const {
  const PartyIds& parties = entities_[entity].parties;
  // Not std::any_of, which becomes a call: there are ten a sentence.
  for (const PartyId party : parties) {
    if (SameOrSuccessor(party, id)) return true;
  }
  return false;
}

int Discourse::Focus(const PartyIds& parties) const {
  for (auto it = recent_.rbegin(); it != recent_.rend(); ++it) {
    const AgreementEntity& entity = entities_[*it];
    const bool open = entity.multilateral || entity.parties.size() < 2;
    if (parties.empty() || open) return *it;
    if (std::any_of(parties.begin(), parties.end(), [&](PartyId id) { return HasParty(*it, id); }))
      return *it;
  }
  return -1;
}

int Discourse::FocusBesides(int entity) const {
  const auto other = [entity](int e) { return e != entity; };
  const auto found = std::find_if(recent_.rbegin(), recent_.rend(), other);
  return found == recent_.rend() ? -1 : *found;
}

int Discourse::FocusInBeing(int ended) const {
  const PartyIds& parties = entities_[ended].parties;
  if (parties.size() != 2) return -1;
  for (auto it = recent_.rbegin(); it != recent_.rend(); ++it) {
    const AgreementEntity& entity = entities_[*it];
    if (entity.ended || entity.multilateral || entity.parties.size() != 2) continue;
    if (HasParty(*it, parties[0]) && HasParty(*it, parties[1])) return *it;
  }
  return -1;
}

int Discourse::FocusOfMany() const {
  const auto many = [this](int e) { return entities_[e].multilateral; };
  const auto found = std::find_if(recent_.rbegin(), recent_.rend(), many);
  return found == recent_.rend() ? -1 : *found;
}

std::vector<int> Discourse::Several() const {
  const size_t size = last_group_.size();
  if (size == 0 || recent_.size() < size) return {};
  const bool last = std::all_of(recent_.end() - static_cast<std::ptrdiff_t>(size), recent_.end(),
                                [this](int e) { return Contains(last_group_, e); });
  return last ? last_group_ : std::vector<int>{};
}

std::vector<int> Discourse::FocusGroup(size_t count) const {
  if (count == 0 || group_.size() == count) return group_;
  std::vector<int> last;
  for (auto it = recent_.rbegin(); it != recent_.rend() && last.size() < count; ++it) last.push_back(*it);
  return last;
}

std::vector<int> Discourse::Resolve(const AgreementPhrase& phrase, const PhraseContext& context) {
  if (phrase.pronoun) return ResolvePronoun(phrase);
  if (phrase.ordinal > 0) {
    // Those spoken of together, in their order.
    if (last_group_.size() < phrase.ordinal) return {};
    const int meant = last_group_[phrase.ordinal - 1];
    Enrich(meant, phrase, {});
    Touch(meant, phrase.head);
    return {meant};
  }
  if (phrase.one && recent_.empty()) return {};
  if (phrase.plural && phrase.known == nullptr) return ResolvePlural(phrase, context);
  if (IsKnownOfOthers(phrase, context)) {
    AgreementPhrase unknown = phrase;
    unknown.known = nullptr;
    return Resolve(unknown, context);
  }

  PartyIds parties = PartiesOf(phrase, context);
  if (parties.empty() && IsLabelled(phrase, context)) parties = context.labelled;
  const bool renewed = phrase.is_new && phrase.determiner == Determiner::kIndefinite;
  int found = renewed ? -1 : FindByName(phrase);
  // "The convention itself", after its protocol.
  if (found < 0) found = FindParent(phrase);
  if (found < 0 && phrase.known == nullptr) found = FindByDescription(phrase, parties, context);
  if (found < 0) {
    if (phrase.one && parties.empty() && phrase.noun.empty() && IsOwned(phrase, context) && phrase.of_own) {
      // "Latvia ended its own": with whom the one spoken of is.
      const PartyId other = Counterpart(context.owners.front(), /*main=*/false);
      if (!other.empty()) parties = {context.owners.front(), other};
    }
    if (phrase.one && phrase.determiner == Determiner::kPossessive && parties.size() < 2) return {};
    const bool weak = IsWeak(phrase);
    if (!context.may_create || phrase.noun == "annex") return {};
    // "It supersedes a text of 2007": another one of those spoken of.
    const bool dated = phrase.determiner == Determiner::kIndefinite && !phrase.dates.empty();
    // "Malta and Libya renewed an arrangement"
    if (weak && parties.size() < 2) AddIds(context.signers, &parties);
    // "Chile and Fiji are to sign a separate memorandum": theirs, whoever has the one spoken of.
    if (phrase.is_new && parties.empty() && context.signers.size() == 2) parties = context.signers;
    const bool labelled = parties == context.labelled && context.label_names_both;
    if (NeedsSigning(phrase) && !context.is_signed && !labelled) return {};
    if (weak && parties.size() < 2 && !((phrase.is_new || dated) && !recent_.empty())) return {};
    if (parties.size() < 2 && !phrase.of_own &&
        (phrase.is_new || phrase.newest || phrase.is_other || (weak && dated)))
      InheritParties(&parties);
    if (parties.empty() && IsOwned(phrase, context)) {
      // "Denmark may end its treaty": with whom the others have theirs.
      const PartyId other = Counterpart(context.owners.front(), /*main=*/false);
      if (!other.empty()) parties = {context.owners.front(), other};
    }
    if (parties.size() == 1 && phrase.determiner == Determiner::kPossessive && phrase.partners.empty()) {
      // "Germany, whose own treaty …"
      const PartyId other = Counterpart(parties.front(), /*main=*/false);
      if (!other.empty()) parties.push_back(other);
    }
    found = Create(phrase, parties);
    if (parties.empty() && !context.owners_named && context.group.size() == 2 &&
        !entities_[found].multilateral)
      entities_[found].context_pair = context.group;
    // "In May Bamako scrapped … the agreements of 2013": the owner's, not those of whom the text spoke
    // before.
    if (parties.empty() && context.owners_named && !entities_[found].multilateral) {
      const PartyIds pair = PairOf(context.owners);
      if (!pair.empty()) entities_[found].context_pair = pair;
    }
  } else {
    Enrich(found, phrase, phrase.one ? PartyIds{} : parties);
  }
  // What stands in the background does not become what the text speaks of.
  if (!phrase.background || recent_.empty()) {
    Touch(found, phrase.head);
  } else if (!Contains(recent_, found)) {
    recent_.insert(recent_.begin(), found);
  }
  return {found};
}

// "Australia. An agreement of 2007": with Australia. "The treaty" is one spoken of, that with Australia if
// there is such a one.
bool Discourse::IsLabelled(const AgreementPhrase& phrase, const PhraseContext& context) const {
  if (context.labelled.size() != 2 || phrase.known != nullptr || phrase.multilateral || phrase.one)
    return false;
  if (context.label_names_both || phrase.determiner == Determiner::kIndefinite ||
      phrase.determiner == Determiner::kNone)
    return true;
  // "Russia. The 1998 agreement on fishing", if nothing spoken of is of that year.
  const auto is_of_year = [&](const AgreementEntity& entity) {
    return !entity.signed_date.empty() &&
           SigningsMeet(a_.dates[phrase.dates.front()].date, entity.signed_date);
  };
  if (!phrase.dates.empty() && std::none_of(entities_.begin(), entities_.end(), is_of_year)) return true;
  // "Fiji" above "The agreement was signed in May", where all are of one side, and no convention is spoken
  // of.
  const bool of_many = !recent_.empty() && entities_[recent_.back()].multilateral;
  if (!a_.standing_party().empty() && context.labelled.Contains(a_.standing_party()) && !of_many) return true;
  for (size_t e = 0; e < entities_.size(); ++e) {
    const auto index = static_cast<int>(e);
    if (!entities_[e].multilateral && HasParty(index, context.labelled[0]) &&
        HasParty(index, context.labelled[1]))
      return true;
  }
  return false;
}

// "Panama's road pact", "Panama let its Road Pact lapse" where two others have a pact of that name.
bool Discourse::IsKnownOfOthers(const AgreementPhrase& phrase, const PhraseContext& context) const {
  if (phrase.known == nullptr || phrase.known->multilateral || phrase.known->parties.empty()) return false;
  return phrase.partners.size() == 1 && context.owners_named && context.owners.size() == 1 &&
         std::none_of(phrase.known->parties.begin(), phrase.known->parties.end(),
                      [&](PartyId id) { return SameOrSuccessor(id, context.owners.front()); });
}

// The known agreement that a protocol belongs to: as the lexicon has it, or as its title names it
// ("Optional Protocol to the Lima Convention"); nullptr where nothing tells.
const KnownAgreement* Discourse::ParentOf(const AgreementEntity& protocol) const {
  constexpr uint32_t kReach = 6;
  if (protocol.known != nullptr) return a_.lexicon.FindAgreement(protocol.known->protocol_to);
  if (protocol.kind != treatywire::v1::AGREEMENT_KIND_PROTOCOL || protocol.title.empty()) return nullptr;
  const uint32_t end = std::min(static_cast<uint32_t>(a_.at.size()), protocol.first_token + kReach);
  for (uint32_t t = protocol.first_token + 1; t < end; ++t) {
    if (a_.at[t].known < 0) continue;
    const LexiconMatch& name = a_.known[a_.at[t].known];
    const bool inside = absl::StrContains(protocol.title, a_.document.Text(name.tokens));
    return inside && name.entries.size() == 1 ? name.entries.front()->agreement : nullptr;
  }
  return nullptr;
}

// "The convention", after its protocol: what the last known protocol spoken of belongs to; -1 where nothing
// tells.
int Discourse::FindParent(const AgreementPhrase& phrase) {
  if (phrase.noun != "convention" || phrase.known != nullptr || !phrase.title.empty() ||
      phrase.determiner != Determiner::kDefinite || recent_.empty())
    return -1;
  AgreementPhrase parent = phrase;
  parent.known = ParentOf(entities_[recent_.back()]);
  if (parent.known == nullptr) return -1;
  parent.multilateral = parent.known->multilateral;
  const int found = FindByName(parent);
  return found >= 0 ? found : Create(parent, {});
}

std::vector<int> Discourse::ResolvePronoun(const AgreementPhrase& phrase) {
  if (recent_.empty()) return {};
  const std::string text = a_.document.Text(phrase.tokens);
  const std::string word = absl::AsciiStrToLower(text);
  if (recent_.size() >= 2 && word == "the former") {
    former_ = recent_[recent_.size() - 2];
    return {former_};
  }
  // "It suspended the former and ended the latter": not the one spoken of a moment ago.
  if (recent_.size() >= 2 && word == "the latter" && recent_.back() == former_)
    return {recent_[recent_.size() - 2]};
  return {recent_.back()};
}

void Discourse::Describe(int entity, const AgreementPhrase& phrase, const PhraseContext& context) {
  Enrich(entity, phrase, entities_[entity].fixed_parties ? PartyIds{} : PartiesOf(phrase, context));
}

int Discourse::Create(const AgreementPhrase& phrase, const PartyIds& parties) {
  if (entities_.size() >= kMaxEntities) {
    return static_cast<int>(entities_.size()) - 1;
  }
  const auto index = static_cast<int>(entities_.size());
  AgreementEntity& entity = entities_.emplace_back();
  entity.first_token = phrase.head;
  entity.presupposed =
      phrase.determiner == Determiner::kDefinite || phrase.determiner == Determiner::kPossessive;
  entity.is_new = phrase.is_new || phrase.newest || phrase.is_other;
  // "A new deal" is none of those spoken of so far; "the earlier pact" is not the last one.
  if (phrase.is_new || phrase.newest) {
    for (int e = 0; e < index; ++e) TellApart(index, e);
  } else if (phrase.is_other && !recent_.empty()) {
    TellApart(index, recent_.back());
  }
  if (!entity.multilateral) entity.context_pair = PairSpokenOf(parties);
  entity.multilateral = phrase.multilateral || (phrase.known == nullptr && parties.size() > 2);
  if (phrase.instrument != nullptr) entity.kind = phrase.instrument->agreement_kind;
  if (phrase.one && !recent_.empty()) {
    // "A second one": of the same sort as the one spoken of.
    const AgreementEntity& model = entities_[recent_.back()];
    entity.kind = model.kind;
    entity.votes = model.votes;
    if (phrase.topics.empty()) entity.topics = model.topics;
    // "The treaty" after "an adapted version" of it is still the treaty.
    if (a_.norm(phrase.head) != "version") entity.nouns = model.nouns;
    entity.is_private = model.is_private;
  }
  Enrich(index, phrase, parties);
  return index;
}

void Discourse::Enrich(int index, const AgreementPhrase& phrase, const PartyIds& parties) {
  AgreementEntity& entity = entities_[index];
  ++entity.mentions;
  entity.told_parties =
      entity.told_parties || !phrase.parties.empty() || !phrase.partners.empty() || phrase.known != nullptr;
  entity.is_private = (entity.is_private || phrase.is_private) && entity.known == nullptr;
  if (phrase.known != nullptr && entity.known == nullptr) {
    entity.known = phrase.known;
    entity.multilateral = phrase.known->multilateral;
    entity.kind = phrase.known->kind;
    entity.strong = true;
    if (!entity.multilateral) {
      for (PartyId id : phrase.known->parties) {
        if (!HasParty(index, id)) entity.parties.push_back(id);
      }
      entity.fixed_parties = entity.parties.size() >= 2;
    }
  }
  for (const std::string* const told : {&phrase.title, &phrase.abbreviation}) {
    const std::string& name = *told;
    if (name.empty() || Contains(entity.aliases, name)) continue;
    entity.aliases.push_back(name);
    // The longest name is the title; abbreviations never are.
    if (name != phrase.abbreviation && name.size() > entity.title.size()) entity.title = name;
    entity.strong = true;
  }
  if (phrase.title.empty() && entity.title.empty() && !phrase.abbreviation.empty())
    entity.title = phrase.abbreviation;
  if (!phrase.noun.empty() && !Contains(entity.nouns, phrase.noun)) entity.nouns.push_back(phrase.noun);
  if (phrase.instrument != nullptr) {
    if (phrase.instrument->strength == NounStrength::kStrong) entity.strong = true;
    if (entity.kind == treatywire::v1::AGREEMENT_KIND_UNSPECIFIED)
      entity.kind = phrase.instrument->agreement_kind;
  }
  if (phrase.multilateral && entity.parties.size() < 2) entity.multilateral = true;
  AddParties(index, parties);
  for (PartyId id : phrase.parties) NameFormer(index, id);
  if (phrase.partners.size() == 1) entity.partner = phrase.partners.front();
  if (phrase.parties.size() >= 2 && !entity.multilateral) entity.fixed_parties = true;
  for (size_t s = 0; s < entity.votes.size(); ++s) entity.votes[s] += phrase.votes[s];
  AddWords(phrase.matter, &entity.matter);
  AddWords(phrase.modifiers, &entity.modifiers);
  AddWords(phrase.topics, &entity.topics);
  for (const int d : phrase.dates) {
    if (entity.signed_date.empty()) {
      entity.signed_date = StartOf(a_.dates[d].date);
      entity.signed_surface = a_.dates[d].surface;
    }
  }
}

int Discourse::SiblingOf(int model, const PartyIds& pair) {
  for (size_t e = 0; e < entities_.size(); ++e) {
    const auto index = static_cast<int>(e);
    const bool of_pair = !entities_[e].multilateral && entities_[e].parties.size() == 2 &&
                         HasParty(index, pair[0]) && HasParty(index, pair[1]);
    if (of_pair && SubjectsMeet(entities_[e], entities_[model])) return index;
  }
  if (entities_.size() >= kMaxEntities) return model;
  AgreementEntity sibling;
  sibling.parties = pair;
  sibling.fixed_parties = true;
  sibling.told_parties = true;
  sibling.kind = entities_[model].kind;
  sibling.votes = entities_[model].votes;
  sibling.topics = entities_[model].topics;
  sibling.nouns = entities_[model].nouns;
  sibling.strong = entities_[model].strong;
  sibling.is_private = entities_[model].is_private;
  sibling.first_token = entities_[model].last_token;
  sibling.mentions = 1;
  sibling.implied = true;
  entities_.push_back(std::move(sibling));
  return static_cast<int>(entities_.size()) - 1;
}

void Discourse::AddParties(int index, const PartyIds& ids) {
  AgreementEntity& entity = entities_[index];
  for (PartyId id : ids) {
    if (id.empty() || HasParty(index, id)) continue;
    if (!entity.multilateral && (entity.fixed_parties || entity.parties.size() >= 2)) continue;
    entity.parties.push_back(id);
  }
}

void Discourse::TellMembers(int index) {
  AgreementEntity& entity = entities_[index];
  entity.multilateral = entity.multilateral || entity.parties.size() < 2;
}

void Discourse::AddDoers(int index, const PartyIds& ids) {
  for (PartyId id : ids) {
    if (!entities_[index].doers.Contains(id)) entities_[index].doers.push_back(id);
  }
}

void Discourse::NameFormer(int index, PartyId id) {
  const PartyInfo* info = id.info();
  if (info == nullptr || info->successors.empty()) return;
  for (PartyId& party : entities_[index].parties) {
    if (party != id && info->successors.Contains(party)) party = id;
  }
}

void Discourse::TellApart(int a, int b) {
  if (a == b || Contains(entities_[a].apart, b)) return;
  entities_[a].apart.push_back(b);
  entities_[b].apart.push_back(a);
}

}  // namespace treatywire::ingest
