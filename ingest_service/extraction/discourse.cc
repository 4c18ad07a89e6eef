#include "ingest_service/extraction/discourse.h"

#include <algorithm>
#include <climits>
#include <map>
#include <optional>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "absl/time/civil_time.h"
#include "ingest_service/extraction/one_of.h"
#include "ingest_service/extraction/party_group.h"
#include "ingest_service/extraction/party_list.h"

namespace treatywire::ingest {
namespace {

// What is signed within so many days is signed on one visit.
constexpr int kOneVisitDays = 7;

using treatywire::v1::AgreementKind;

template <typename T>
bool Contains(const std::vector<T>& list, const T& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

// The days by which an approximate date may be off: as much as it is wide, ten days at least.
absl::civil_diff_t Slack(const UncertainDate& date) {
  if (!absl::StrContains(date.edtf, '~') || !date.earliest || !date.latest) return 0;
  return std::max<absl::civil_diff_t>(*date.latest - *date.earliest, 10);
}

bool DatesMeet(const UncertainDate& a, const UncertainDate& b) {
  if (a.empty() || b.empty()) return true;
  const bool before = a.latest && b.earliest && *a.latest < *b.earliest;
  const bool after = b.latest && a.earliest && *b.latest < *a.earliest;
  if (!before && !after) return true;
  const absl::civil_diff_t slack = std::max(Slack(a), Slack(b));
  return before ? *a.latest + slack >= *b.earliest : *b.latest + slack >= *a.earliest;
}

// "since 1982"
bool IsOpenEnded(const UncertainDate& date) { return absl::StrContains(date.edtf, "/.."); }

// When it was signed as far as told, or else as the lexicon has it, which is then put in `*known`.
const UncertainDate& DateOf(const AgreementEntity& entity, UncertainDate* known) {
  if (!entity.signed_date.empty() || entity.known == nullptr || entity.known->signed_edtf.empty())
    return entity.signed_date;
  absl::StatusOr<UncertainDate> parsed = ParseEdtf(entity.known->signed_edtf);
  if (parsed.ok()) *known = *std::move(parsed);
  return *known;
}

// "RAA" of "Reciprocal Access Agreement": three letters or more, one for each word with a capital.
bool IsAcronymOf(absl::string_view letters, absl::string_view name) {
  if (letters.size() < 3 || !std::all_of(letters.begin(), letters.end(), absl::ascii_isupper)) return false;
  size_t matched = 0;
  for (size_t c = 0; c < name.size(); ++c) {
    const bool begins = c == 0 || name[c - 1] == ' ' || name[c - 1] == '-';
    if (!begins || !absl::ascii_isupper(static_cast<unsigned char>(name[c]))) continue;
    if (matched >= letters.size() || name[c] != letters[matched]) return false;
    ++matched;
  }
  return matched == letters.size();
}

bool IsSubset(const std::vector<std::string>& small, const std::vector<std::string>& large) {
  return std::all_of(small.begin(), small.end(),
                     [&](const std::string& word) { return Contains(large, word); });
}

bool IsNamed(const AgreementEntity& entity) { return !entity.title.empty() || entity.known != nullptr; }

// A noun that mostly means something else, without a name of its own.
bool IsWeak(const AgreementPhrase& phrase) {
  return phrase.instrument != nullptr && phrase.title.empty() &&
         (phrase.instrument->strength == NounStrength::kWeak ||
          phrase.instrument->strength == NounStrength::kWhenSigned);
}

// "framework": an agreement only where somebody signs it, and later by the same noun.
bool NeedsSigning(const AgreementPhrase& phrase) {
  return phrase.instrument != nullptr && phrase.title.empty() &&
         phrase.instrument->strength == NounStrength::kWhenSigned;
}

// So many words tell one matter from another; a text may say the same a thousand times.
constexpr size_t kMaxWordsOfMatter = 32;

void AddWords(const std::vector<std::string>& words, std::vector<std::string>* to) {
  for (const std::string& word : words) {
    if (to->size() < kMaxWordsOfMatter && !Contains(*to, word)) to->push_back(word);
  }
}

}  // namespace

bool IsDistinctKind(AgreementKind kind) {
  return kind == treatywire::v1::AGREEMENT_KIND_PROTOCOL ||
         kind == treatywire::v1::AGREEMENT_KIND_MEMORANDUM ||
         kind == treatywire::v1::AGREEMENT_KIND_CEASEFIRE ||
         kind == treatywire::v1::AGREEMENT_KIND_EXCHANGE_OF_NOTES;
}

std::vector<std::string> NameWords(absl::string_view name) {
  static const auto& skipped = *new absl::flat_hash_set<absl::string_view>{"the",
                                                                           "a",
                                                                           "an",
                                                                           "of",
                                                                           "on",
                                                                           "for",
                                                                           "and",
                                                                           "in",
                                                                           "to",
                                                                           "with",
                                                                           "between",
                                                                           "treaty",
                                                                           "convention",
                                                                           "agreement",
                                                                           "accord",
                                                                           "accords",
                                                                           "pact",
                                                                           "deal",
                                                                           "protocol",
                                                                           "treaties",
                                                                           "agreements",
                                                                           "concerning",
                                                                           "against",
                                                                           "un",
                                                                           "international",
                                                                           "memorandum",
                                                                           "understanding",
                                                                           "charter"};
  std::vector<std::string> words;
  std::string word;
  auto flush = [&] {
    if (!word.empty() && !skipped.contains(word)) words.push_back(word);
    word.clear();
  };
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    if (absl::ascii_isalnum(byte) || byte >= 0x80) {
      word.push_back(absl::ascii_tolower(byte));
    } else {
      flush();
    }
  }
  flush();
  return words;
}

UncertainDate StartOf(const UncertainDate& date) {
  const size_t slash = date.edtf.find("/..");
  if (slash == std::string::npos) return date;
  absl::StatusOr<UncertainDate> start = ParseEdtf(absl::string_view(date.edtf).substr(0, slash));
  if (!start.ok()) return date;
  start->basis = date.basis;
  return *std::move(start);
}

treatywire::v1::Subject BestSubject(const SubjectVotes& votes) {
  int most = 0;
  for (const int count : votes) most = std::max(most, count);  // several at a time
  if (most == 0) return treatywire::v1::SUBJECT_UNSPECIFIED;   // as most have
  return static_cast<treatywire::v1::Subject>(std::find(votes.begin(), votes.end(), most) - votes.begin());
}

void Discourse::Touch(int entity, uint32_t token) {
  recent_.erase(std::remove(recent_.begin(), recent_.end(), entity), recent_.end());
  recent_.push_back(entity);
  entities_[entity].last_token = token;
  group_ = {entity};
}

void Discourse::TouchGroup(const std::vector<int>& group, uint32_t token) {
  for (const int entity : group) Touch(entity, token);
  group_ = group;
  if (group.size() > 1) last_group_ = group;
}

bool Discourse::HasParty(int entity, PartyId id) const {
  const PartyIds& parties = entities_[entity].parties;
  return std::any_of(parties.begin(), parties.end(),
                     [&](PartyId party) { return SameOrSuccessor(party, id); });
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
    found = FindParent(phrase);
    if (found < 0) found = Create(phrase, parties);
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

void Discourse::Describe(int entity, const AgreementPhrase& phrase, const PhraseContext& context) {
  Enrich(entity, phrase, entities_[entity].fixed_parties ? PartyIds{} : PartiesOf(phrase, context));
}

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

// "The convention", after its protocol: what the last known protocol spoken of belongs to; -1 where nothing
// tells.
int Discourse::FindParent(const AgreementPhrase& phrase) {
  if (phrase.noun != "convention" || phrase.known != nullptr || !phrase.title.empty() ||
      phrase.determiner != Determiner::kDefinite || recent_.empty())
    return -1;
  const KnownAgreement* protocol = entities_[recent_.back()].known;
  if (protocol == nullptr || protocol->protocol_to.empty()) return -1;
  AgreementPhrase parent = phrase;
  parent.known = a_.lexicon.FindAgreement(protocol->protocol_to);
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
std::map<PartyId, int> Discourse::CountPartiesOfPairs() const {
  std::map<PartyId, int> counts;
  for (size_t r = FirstDescribed(); r < recent_.size(); ++r) {
    const int e = recent_[r];
    if (entities_[e].multilateral || entities_[e].parties.size() != 2) continue;
    for (PartyId party : entities_[e].parties) ++counts[party];
  }
  return counts;
}

// Whom most of the agreements spoken of are with, other than `id`; empty where nobody is. Of two as many, the
// one that the article is about (`main`: "the Guatemalan one" is Washington's), or the other ("Canada
// suspended its own" as the article's Wellington did, each with Hong Kong).
PartyId Discourse::Counterpart(PartyId id, bool main) const {
  const std::map<PartyId, int> counts = CountPartiesOfPairs();
  const PartyId partner = recent_.empty() ? PartyId() : entities_[recent_.back()].partner;
  // "Its treaty with Moscow … Latvia ended its own": with Moscow, if others are hardly spoken of more.
  const auto of_partner = counts.find(partner);
  if (!main && of_partner != counts.end() && partner != id && partner != a_.main_party()) {
    const bool rare = std::any_of(counts.begin(), counts.end(), [&](const auto& entry) {
      return entry.first != id && entry.second > of_partner->second + 1;
    });
    if (!rare) return partner;
  }
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
  std::map<PartyId, int> counts = CountPartiesOfPairs();
  const int difference = counts[pair[0]] - counts[pair[1]];
  return difference == 0 ? PartyId() : pair[difference > 0 ? 0 : 1];
}

PartyId Discourse::SharedParty(const PartyIds& but) const {
  const std::map<PartyId, int> counts = CountPartiesOfPairs();
  for (PartyId id : {OwnerInTitle(), a_.home_party(), a_.main_party()}) {
    if (counts.contains(id) && !but.Contains(id)) return id;
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

void Discourse::TellApart(int a, int b) {
  if (a == b || Contains(entities_[a].apart, b)) return;
  entities_[a].apart.push_back(b);
  entities_[b].apart.push_back(a);
}

// "Tax treaty" with Chile, where one of that name with Peru has been spoken of.
bool Discourse::IsOfOthers(const AgreementPhrase& phrase, int index) const {
  const AgreementEntity& entity = entities_[index];
  if (entity.multilateral || entity.parties.size() < 2) return false;
  const auto outside = [&](PartyId id) { return !HasParty(index, id); };
  return std::any_of(phrase.parties.begin(), phrase.parties.end(), outside) ||
         std::any_of(phrase.partners.begin(), phrase.partners.end(), outside);
}

int Discourse::FindByName(const AgreementPhrase& phrase) const {
  if (phrase.known != nullptr) {
    for (size_t e = 0; e < entities_.size(); ++e) {
      if (entities_[e].known == phrase.known) return static_cast<int>(e);
    }
  }
  if (phrase.title.empty() && phrase.abbreviation.empty()) return -1;
  const std::vector<std::string> words = NameWords(phrase.title);
  for (auto it = recent_.rbegin(); it != recent_.rend(); ++it) {
    const AgreementEntity& entity = entities_[*it];
    if (phrase.known != nullptr && entity.known != nullptr) continue;
    if (IsOfOthers(phrase, *it)) continue;
    for (const std::string& alias : entity.aliases) {
      if (!phrase.abbreviation.empty() && alias == phrase.abbreviation) return *it;
      if (IsAcronymOf(phrase.title, alias) || IsAcronymOf(alias, phrase.title)) return *it;
      const std::vector<std::string> known_words = NameWords(alias);
      if (words.empty() || known_words.empty()) continue;
      if (IsSubset(words, known_words) || (known_words.size() >= 2 && IsSubset(known_words, words)))
        return *it;
    }
  }
  return -1;
}

// "the three-way document": no pair's.
bool Discourse::IsOfThree(const AgreementPhrase& phrase) const {
  for (uint32_t t = phrase.core.begin; t < phrase.head; ++t) {
    const bool three_way = a_.norm(t) == "way" && t > phrase.core.begin + 1 && a_.norm(t - 2) == "three";
    if (three_way || IsOneOf(a_.norm(t), {"trilateral", "tripartite"})) return true;
  }
  return false;
}

std::optional<int> Discourse::PartyScore(const AgreementPhrase& phrase, const PartyIds& parties,
                                         int index) const {
  const AgreementEntity& entity = entities_[index];
  const auto told_of_three = [&] {
    return !entity.multilateral && entity.parties.size() == 2 && IsOfThree(phrase);
  };
  if (parties.empty()) return told_of_three() ? std::nullopt : std::optional<int>(0);
  int shared = 0;
  const bool open_pair = entity.parties.empty() && !entity.multilateral;
  for (PartyId id : parties)
    shared += HasParty(index, id) || (open_pair && entity.doers.Contains(id)) ? 1 : 0;
  // What came up between two others, as far as can be guessed, is not "the lease with Washington".
  if (open_pair && entity.context_pair.size() == 2 && phrase.partners.size() == 1 &&
      !entity.context_pair.Contains(phrase.partners.front()))
    return std::nullopt;
  const bool closed = !entity.multilateral && entity.parties.size() >= 2;
  if (closed && shared < static_cast<int>(parties.size())) return std::nullopt;
  if (!closed && shared == 0 && !entity.parties.empty() && !entity.multilateral) return std::nullopt;
  // Nothing ties the parties to an agreement of others.
  const bool told =
      phrase.parties.size() + phrase.partners.size() >= 2 || (parties.size() >= 2 && !entity.parties.empty());
  if (entity.multilateral && shared == 0 && told) return std::nullopt;
  if (told_of_three()) return std::nullopt;
  return 3 * shared;
}

std::optional<int> Discourse::DateScore(const AgreementPhrase& phrase, const PartyIds& parties,
                                        int index) const {
  UncertainDate known;
  const UncertainDate& date = DateOf(entities_[index], &known);
  int score = 0;
  for (const int d : phrase.dates) {
    const UncertainDate& told = a_.dates[d].date;
    if (!(IsOpenEnded(told) ? DatesMeet(StartOf(told), date) : DatesMeet(told, date))) return std::nullopt;
    if (!date.empty()) score += 4;
  }
  if (!phrase.dates.empty() && date.empty() && parties.empty()) score -= 2;
  // "The text follows the accord that they reached in May": another one than that of June.
  if (phrase.restricting_date >= 0 && !DatesMeet(a_.dates[phrase.restricting_date].date, date))
    return std::nullopt;
  return score;
}

int Discourse::KindScore(const AgreementPhrase& phrase, int index) const {
  const AgreementKind other = entities_[index].kind;
  if (phrase.instrument == nullptr) return 0;
  const AgreementKind kind = phrase.instrument->agreement_kind;
  if (kind == other) return 1;
  const bool told = kind != treatywire::v1::AGREEMENT_KIND_UNSPECIFIED &&
                    other != treatywire::v1::AGREEMENT_KIND_UNSPECIFIED;
  if (!told || IsWeak(phrase) || entities_[index].known != nullptr) return 0;
  // "The deal", where the text has spoken of a protocol only.
  const bool only = entities_.size() == 1 && kind != treatywire::v1::AGREEMENT_KIND_CONVENTION;
  return IsDistinctKind(other) && !only ? -1 : 0;
}

// By subject: nullopt where they clearly speak of different things.
std::optional<int> Discourse::SubjectScore(const AgreementPhrase& phrase, int index) const {
  const AgreementEntity& entity = entities_[index];
  const treatywire::v1::Subject subject = BestSubject(phrase.votes);
  const treatywire::v1::Subject other =
      entity.known != nullptr ? entity.known->subject : BestSubject(entity.votes);
  const bool both =
      subject != treatywire::v1::SUBJECT_UNSPECIFIED && other != treatywire::v1::SUBJECT_UNSPECIFIED;
  int score = both && subject == other ? 2 : 0;
  const bool shares = both && (entity.votes[subject] > 0 || phrase.votes[other] > 0);
  if (score == 0 && IsOnOtherMatter(phrase, index)) return std::nullopt;
  if (both && subject != other && !shares && IsDescribedOtherwise(phrase, index)) return std::nullopt;
  const bool dated_otherwise = !phrase.dates.empty() && both && subject != other && !shares;
  if (entities_.size() == 1 && phrase.determiner == Determiner::kDefinite && !dated_otherwise)
    return std::max(score, 0);
  if (both && subject != other && !shares && phrase.votes[subject] >= 8) return std::nullopt;
  if (both && subject != other && !shares) score -= 2;
  return score;
}

// "The local border traffic accord", after the agreement on quotas: of another subject, and no word before
// its noun has been said of the other.
bool Discourse::IsDescribedOtherwise(const AgreementPhrase& phrase, int index) const {
  const AgreementEntity& entity = entities_[index];
  return phrase.modifiers.size() >= 2 && entity.title.empty() &&
         std::none_of(phrase.modifiers.begin(), phrase.modifiers.end(), [&](const std::string& word) {
           return Contains(entity.modifiers, word) || Contains(entity.matter, word);
         });
}

// "The agreement on mutual recognition" is not "the framework agreement", nor that "on land transport": what
// it is said to be on shares no word with what has been said of the other.
bool Discourse::IsOnOtherMatter(const AgreementPhrase& phrase, int index) const {
  constexpr size_t kStem = 5;
  const AgreementEntity& entity = entities_[index];
  if (phrase.matter.empty()) return false;
  std::vector<std::string> words = NameWords(entity.title);
  for (const std::vector<std::string>* more : {&entity.matter, &entity.modifiers})
    words.insert(words.end(), more->begin(), more->end());
  const bool told = !entity.matter.empty();
  return told && std::none_of(words.begin(), words.end(), [&](absl::string_view word) {
           return std::any_of(phrase.matter.begin(), phrase.matter.end(), [&](absl::string_view on) {
             return word.substr(0, kStem) == on.substr(0, kStem);
           });
         });
}

// How well a descriptive phrase fits an agreement; nullopt where it cannot mean it.
std::optional<int> Discourse::FitScore(const AgreementPhrase& phrase, const PartyIds& parties,
                                       int index) const {
  if (phrase.is_private && !entities_[index].is_private) return std::nullopt;
  // "The protocol" and "the ceasefire" are no treaty; a memorandum may be called an agreement afterwards.
  const AgreementKind other = entities_[index].kind;
  if (phrase.instrument != nullptr && IsDistinctKind(phrase.instrument->agreement_kind) &&
      phrase.instrument->agreement_kind != other && other != treatywire::v1::AGREEMENT_KIND_UNSPECIFIED) {
    return std::nullopt;
  }
  // A protocol is never called a convention.
  if (phrase.noun == "convention" && IsDistinctKind(other)) return std::nullopt;
  // One after the other: most agreements are none of these parties'.
  const std::optional<int> by_party = PartyScore(phrase, parties, index);
  if (!by_party) return std::nullopt;
  const std::optional<int> by_date = DateScore(phrase, parties, index);
  if (!by_date) return std::nullopt;
  const std::optional<int> by_subject = SubjectScore(phrase, index);
  if (!by_subject) return std::nullopt;
  return *by_party + *by_date + *by_subject + KindScore(phrase, index);
}

// "1. Fishing: the agreement on … 2. Haulage: the agreement on …": each item with a label of its own has an
// agreement of its own. The phrase stands in an item of a list.
bool Discourse::IsOfOtherItem(const AgreementPhrase& phrase, const AgreementEntity& entity) const {
  const uint32_t item = BlockOf(phrase.head);
  const Block& here = a_.document.blocks[item];
  const uint32_t first = BlockOf(entity.first_token);
  if (first == item) return false;
  if (a_.document.blocks[first].kind != BlockKind::kListItem || BlockOf(entity.last_token) != first)
    return false;
  const TokenSpan sentence = a_.document.sentences[here.first_sentence].tokens;
  for (uint32_t t = sentence.begin; t < std::min(sentence.end, sentence.begin + 5); ++t) {
    if (a_.at[t].date >= 0) return false;  // a timeline
    if (a_.norm(t) == ":") return true;
  }
  return false;
}

uint32_t Discourse::BlockOf(uint32_t token) const {
  const std::vector<Sentence>& sentences = a_.document.sentences;
  const auto next = std::upper_bound(sentences.begin(), sentences.end(), token,
                                     [](uint32_t t, const Sentence& s) { return t < s.tokens.begin; });
  return next == sentences.begin() ? 0 : std::prev(next)->block;
}

// Named by the year it dates from ("the 1994 pact"): no new one.
bool Discourse::IsOfOldDate(const AgreementEntity& entity) const {
  return entity.known == nullptr && !entity.signed_date.empty() &&
         entity.signed_date.granularity == Granularity::kYear;
}

// How much an agreement is on the reader's mind where a phrase might mean it, the larger the more.
int Discourse::Salience(size_t recency, const AgreementPhrase& phrase, int index) const {
  const AgreementEntity& entity = entities_[index];
  int salience = recency + 1 == recent_.size() ? 3 : 0;
  if (phrase.noun.empty()) return salience;
  // Reports keep to the noun: what was called a pact stays one, and nobody calls a convention a deal.
  if (Contains(entity.nouns, phrase.noun)) salience += 3;
  if (phrase.noun == "deal" && entity.kind == treatywire::v1::AGREEMENT_KIND_CONVENTION) salience -= 6;
  return salience;
}

int Discourse::FindByDescription(const AgreementPhrase& phrase, const PartyIds& parties,
                                 const PhraseContext& context) const {
  const bool indefinite = phrase.determiner == Determiner::kIndefinite;
  if (phrase.is_new) return -1;
  const bool distinct = !parties.empty() || !phrase.dates.empty();
  if (indefinite && !distinct) return -1;
  const bool titled = !phrase.title.empty();
  const bool owned = parties.empty() && IsOwned(phrase, context);
  const bool of_item = !titled && a_.document.blocks[BlockOf(phrase.head)].kind == BlockKind::kListItem;
  int best = -1;
  int best_score = INT_MIN;
  for (size_t r = recent_.size(); r-- > FirstDescribed();) {
    const int index = recent_[r];
    const AgreementEntity& entity = entities_[index];
    if (titled && !entity.title.empty()) continue;
    if (Contains(context.apart, index)) continue;
    if (phrase.is_other && r + 1 == recent_.size()) continue;
    if (owned && !entity.multilateral && entity.parties.size() >= 2 &&
        !HasParty(index, context.owners.front()))
      continue;
    if (phrase.newest && IsOfOldDate(entity)) continue;
    if (NeedsSigning(phrase) && !Contains(entity.nouns, phrase.noun)) continue;
    if (of_item && IsOfOtherItem(phrase, entity)) continue;
    std::optional<int> fit = FitScore(phrase, parties, index);
    if (!fit) continue;
    // "that with Chile", after an investment treaty with Peru, is no tax treaty.
    if (phrase.one && phrase.partners.size() == 1 && !SubjectsMeet(entities_[recent_.back()], entity))
      continue;
    // "… signed a treaty. The Treaty on Friendship …"
    if (titled && !entity.presupposed && r + 1 == recent_.size() && Contains(entity.nouns, phrase.noun))
      ++*fit;
    // A name that comes later than the description needs more than recency to be the same agreement.
    const int least = indefinite                                              ? 7
                      : distinct || (phrase.is_other && phrase.dates.empty()) ? 3
                      : titled                                                ? 2
                                                                              : 0;
    if (*fit < least) continue;
    const int score = 2 * *fit + Salience(r, phrase, index) + (phrase.newest && entity.is_new ? 6 : 0);
    if (score > best_score) {
      best_score = score;
      best = index;
    }
  }
  return best;
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
  if (const std::vector<int> newest = Newest(phrase); !newest.empty()) return newest;
  const std::vector<int> several = Several();
  const bool group =
      !several.empty() && (phrase.count == 0 || phrase.count == static_cast<int>(several.size()));
  const std::vector<int>& pool = group ? several : recent_;
  const size_t first = group ? 0 : FirstDescribed();
  std::vector<int> fitting;
  for (auto it = pool.rbegin(); it != pool.rend() - static_cast<std::ptrdiff_t>(first); ++it) {
    if (NeedsSigning(phrase) && !Contains(entities_[*it].nouns, phrase.noun)) continue;
    // "The two treaties that Chile and Peru signed": theirs, not one of which nobody has said whose it is.
    const bool theirs =
        phrase.parties.size() < 2 || std::all_of(phrase.parties.begin(), phrase.parties.end(),
                                                 [&](PartyId id) { return HasParty(*it, id); });
    if (theirs && FitScore(phrase, phrase.parties, *it)) fitting.push_back(*it);
    if (phrase.count > 0 && static_cast<int>(fitting.size()) == phrase.count) break;
    if (!group && phrase.count == 0 && fitting.size() == 2) break;
  }
  std::reverse(fitting.begin(), fitting.end());
  return fitting;
}

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
      single(parties, partners.size() == 1 ? phrase.dates : DateOfPartner(phrase, partner));
    }
  } else if (phrase.dates.size() >= 2) {
    const std::vector<PartyIds> pairs = PairsInOrder(phrase);
    for (size_t d = 0; d < phrase.dates.size(); ++d)
      single(pairs.empty() ? phrase.parties : pairs[d], {phrase.dates[d]});
  } else {
    // "signed two memoranda, one on trade and one on visas"
    const bool signs = context.is_signed && phrase.count > 1 && phrase.parties.empty() &&
                       phrase.determiner == Determiner::kQuantity && context.owners_named &&
                       sides.size() == 2 && !weak;
    for (int i = 0; signs && i < std::min(phrase.count, 5); ++i) found.push_back(Create(phrase, sides));
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
    } else if (phrase.parties.size() >= 2 && context.may_create && !weak) {
      const int count = std::clamp(phrase.count, 1, 5);
      for (int i = 0; i < count; ++i) single(phrase.parties, i == 0 ? phrase.dates : std::vector<int>{});
    }
  }
  if (!found.empty()) TouchGroup(found, phrase.head);
  return found;
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

bool Discourse::CanUnify(int described, int other) const {
  const AgreementEntity& a = entities_[described];
  const AgreementEntity& b = entities_[other];
  if (described == other || IsNamed(a) || Contains(a.apart, other)) return false;
  if (IsDistinctKind(a.kind) != IsDistinctKind(b.kind) || (IsDistinctKind(a.kind) && a.kind != b.kind))
    return false;
  if (a.parties.empty() && IsNamedLater(a, b)) return true;
  if (a.implied && IsDescribedBeside(a, b)) return true;
  if (b.parties.empty() || (a.multilateral != b.multilateral && !a.parties.empty())) return false;
  for (PartyId id : a.parties) {
    if (!HasParty(other, id) && b.parties.size() >= 2) return false;
  }
  UncertainDate known;
  const UncertainDate& date = DateOf(b, &known);
  if (!DatesMeet(a.signed_date, date)) return false;
  const bool same_date = !a.signed_date.empty() && !date.empty();
  if (b.title.empty())
    return same_date && a.parties.size() >= 2 && a.first_token < b.first_token && SubjectsMeet(a, b);
  if (a.parties.empty() && !same_date) return false;
  // Described first and named afterwards, or told by its year.
  return same_date || (SubjectsMeet(a, b) && a.first_token < b.first_token);
}

// "their first agreement on pandemics … the Pandemic Agreement": what was described without parties is what a
// name with the same noun and subject comes for later.
bool Discourse::IsNamedLater(const AgreementEntity& described, const AgreementEntity& named) {
  if (named.title.empty() || IsDistinctKind(described.kind) || described.first_token > named.first_token)
    return false;
  UncertainDate known;
  if (!DatesMeet(described.signed_date, DateOf(named, &known))) return false;
  const treatywire::v1::Subject x = BestSubject(described.votes);
  const treatywire::v1::Subject y = named.known != nullptr ? named.known->subject : BestSubject(named.votes);
  const bool same_noun = std::any_of(described.nouns.begin(), described.nouns.end(),
                                     [&](const std::string& noun) { return Contains(named.nouns, noun); });
  return same_noun && x == y && x != treatywire::v1::SUBJECT_UNSPECIFIED;
}

// "Chad followed in May, ending the 2018 accord": what the one act implies is what its doer acts on in the
// same sentence.
bool Discourse::IsDescribedBeside(const AgreementEntity& implied, const AgreementEntity& described) const {
  if (!described.parties.empty() || described.multilateral || implied.last_token > described.first_token)
    return false;
  const std::vector<Sentence>& sentences = a_.document.sentences;
  const auto next = std::upper_bound(sentences.begin(), sentences.end(), implied.last_token,
                                     [](uint32_t t, const Sentence& s) { return t < s.tokens.begin; });
  if (next != sentences.end() && next->tokens.begin <= described.first_token) return false;
  return std::any_of(implied.parties.begin(), implied.parties.end(),
                     [&](PartyId id) { return described.doers.Contains(id); });
}

std::vector<int> Discourse::Unify() {
  std::vector<int> target(entities_.size());
  for (size_t e = 0; e < entities_.size(); ++e) target[e] = static_cast<int>(e);
  for (size_t e = 0; e < entities_.size(); ++e) {
    if (IsNamed(entities_[e])) continue;
    int match = -1;
    int matches = 0;
    for (size_t other = 0; other < entities_.size(); ++other) {
      if (!CanUnify(static_cast<int>(e), static_cast<int>(other))) continue;
      match = static_cast<int>(other);
      ++matches;
    }
    if (matches != 1) continue;
    target[e] = match;
    Absorb(match, static_cast<int>(e));
  }
  return target;
}

// What was told of `absorbed` is told of `kept`.
void Discourse::Absorb(int kept, int absorbed) {
  AgreementEntity& named = entities_[kept];
  const AgreementEntity& other = entities_[absorbed];
  AddParties(kept, other.parties);
  if (named.signed_date.empty()) {
    named.signed_date = other.signed_date;
    named.signed_surface = other.signed_surface;
  }
  if (named.signed_place.empty()) named.signed_place = other.signed_place;
  named.mentions += other.mentions;
  for (size_t s = 0; s < named.votes.size(); ++s) named.votes[s] += other.votes[s];
}

// Whether nothing tells that they are about different things.
bool Discourse::SubjectsMeet(const AgreementEntity& a, const AgreementEntity& b) {
  const treatywire::v1::Subject x = BestSubject(a.votes);
  const treatywire::v1::Subject y = b.known != nullptr ? b.known->subject : BestSubject(b.votes);
  return x == y || a.votes[y] > 0 || b.votes[x] > 0 || x == treatywire::v1::SUBJECT_UNSPECIFIED ||
         y == treatywire::v1::SUBJECT_UNSPECIFIED;
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
    entity.nouns = model.nouns;
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
  for (const std::string& name : {phrase.title, phrase.abbreviation}) {
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
  for (const int d : phrase.dates) {
    if (entity.signed_date.empty()) {
      entity.signed_date = StartOf(a_.dates[d].date);
      entity.signed_surface = a_.document.Text(a_.dates[d].tokens);
    }
  }
}

}  // namespace treatywire::ingest
