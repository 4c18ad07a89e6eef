#include "ingest_service/extraction/party_reader.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "ingest_service/extraction/divided_state.h"
#include "ingest_service/extraction/one_of.h"
#include "ingest_service/extraction/party_place.h"
#include "ingest_service/extraction/person_name.h"

namespace treatywire::ingest {
namespace {

// In the layer while reading: a name that is no party ("North American") covers its words.
constexpr int32_t kNoParty = -2;

bool IsPossessive(const Annotation& a, uint32_t end) {
  return end < a.at.size() && (a.norm(end) == "'s" || a.norm(end) == "'");
}

// A word for one state out of a group: "the Baltic republic", "the kingdom".
bool NamesOne(absl::string_view noun) {
  return IsOneOf(
      noun, {"state",       "country",   "nation",   "republic",   "kingdom", "monarchy",  "emirate",
             "sultanate",   "neighbour", "neighbor", "government", "capital", "junta",     "principality",
             "archipelago", "island",    "power",    "ruler",      "master",  "colonizer", "coloniser"});
}

// What somebody of another state is to the one spoken of: "his Paraguayan colleague", "its Tajik neighbour".
bool IsCounterpart(absl::string_view noun) {
  return IsOneOf(noun, {"colleague", "colleagues", "counterpart", "counterparts", "homologue"});
}

bool ActsForPeople(absl::string_view noun) {
  return IsOneOf(noun, {"side", "sides", "negotiators", "officials", "authorities", "leaders", "delegation",
                        "delegates", "neighbour", "neighbours", "neighbor", "neighbors", "ally", "allies",
                        "partner", "partners", "diplomats", "lawmakers", "legislators"});
}

// What stands before a surname without being a first name; an initial as well.
bool IsFormOfAddress(absl::string_view word) {
  return word.size() <= 2 ||
         IsOneOf(word, {"mrs", "sir", "lord", "lady", "dame", "gen", "general", "comrade", "sheikh", "imam",
                        "mullah", "haji", "herr", "senor", "monsieur", "madame", "team"});
}

// Words that are no names although they open a sentence before one.
bool OpensSentence(absl::string_view word) {
  return IsOneOf(
      word, {"the",     "a",         "an",      "this",       "these",    "its",    "their",     "his",
             "her",     "our",       "my",      "one",        "some",     "many",   "yesterday", "today",
             "tonight", "meanwhile", "asked",   "told",       "neither",  "former", "given",     "perhaps",
             "maybe",   "once",      "critics", "reportedly", "president"});
}

class PartyReader {
 public:
  PartyReader(const std::vector<LexiconMatch>& matches, Annotation* annotation)
      : a_(*annotation), matches_(matches), sentence_(a_.at.size(), 0) {
    for (uint32_t s = 0; s < a_.document.sentences.size(); ++s) {
      const TokenSpan span = a_.document.sentences[s].tokens;
      for (uint32_t t = span.begin; t < span.end; ++t) sentence_[t] = s;
    }
  }

  void Read() {
    for (const LexiconMatch& match : matches_) Take(match);
    for (TokenLayers& layers : a_.at) layers.party = std::max(layers.party, -1);
    ChooseReadings();
    for (PartyMention& mention : a_.parties) ReadHolder(&mention);
    DropEmpty();
    for (PartyMention& mention : a_.parties) ReadStateOf(&mention);
    for (PartyMention& mention : a_.parties) ReadApposition(&mention);
    DropEmpty();
    for (PartyMention& mention : a_.parties) ReadPeople(&mention);
    JoinAdjectives();
  }

 private:
  using Entries = absl::Span<const LexiconEntry* const>;

  // What a mention was read from.
  struct Reading {
    Entries entries;            // empty where it was joined from several
    bool one_of_group = false;  // its ids are the group's, until the one is chosen
  };

  uint32_t SentenceEnd(uint32_t t) const { return a_.document.sentences[sentence_[t]].tokens.end; }
  uint32_t SentenceBegin(uint32_t t) const { return a_.document.sentences[sentence_[t]].tokens.begin; }

  bool IsCovered(TokenSpan span) const {
    for (uint32_t t = span.begin; t < span.end; ++t) {
      if (a_.at[t].party != -1) return true;
    }
    return false;
  }

  void Cover(TokenSpan span, int32_t party) {
    for (uint32_t t = span.begin; t < span.end; ++t) a_.at[t].party = party;
  }

  static bool RoleOf(EntryKind kind, PartyRole* role) {
    switch (kind) {
      case EntryKind::kPartyName:
      case EntryKind::kGroup:
        *role = PartyRole::kName;
        return true;
      case EntryKind::kCapital:
        *role = PartyRole::kCapital;
        return true;
      case EntryKind::kDemonym:
        *role = PartyRole::kAdjective;
        return true;
      case EntryKind::kBody:
        *role = PartyRole::kBody;
        return true;
      case EntryKind::kOffice:
      case EntryKind::kPerson:
        *role = PartyRole::kPerson;
        return true;
      default:
        return false;
    }
  }

  PartyMention MentionOf(const LexiconMatch& match, PartyRole role) const {
    PartyMention mention;
    mention.tokens = match.tokens;
    mention.ids = match.entries.front()->parties;
    mention.role = role;
    if (role == PartyRole::kBody) mention.acting_body = a_.document.Text(match.tokens);
    if (role == PartyRole::kPerson) mention.person = a_.document.Text(match.tokens);
    mention.name = {match.tokens.end, match.tokens.end};
    if (match.kind() == EntryKind::kPerson) mention.name = match.tokens;
    mention.possessive = IsPossessive(a_, match.tokens.end);
    return mention;
  }

  // A longer reading that began earlier wins ("Bank of China" over "China").
  void Take(const LexiconMatch& match) {
    PartyRole role;
    if (!RoleOf(match.kind(), &role) || IsCovered(match.tokens)) return;
    PartyMention mention = MentionOf(match, role);
    const bool tells_nothing =
        mention.ids.empty() && (role == PartyRole::kName || role == PartyRole::kAdjective ||
                                role == PartyRole::kCapital || match.kind() == EntryKind::kPerson);
    if (tells_nothing || IsOtherName(match)) {
      Cover(match.tokens, kNoParty);
      return;
    }
    if (!a_.parties.empty() && Joins(a_.parties.back(), mention, match.kind())) {
      Join(mention, &a_.parties.back());
      return;
    }
    Cover(match.tokens, static_cast<int32_t>(a_.parties.size()));
    a_.parties.push_back(std::move(mention));
    const bool one_of_group = match.kind() == EntryKind::kGroup && NamesOne(a_.norm(match.tokens.end - 1));
    readings_.push_back({match.entries, one_of_group});
  }

  // --- Names that only look like a party's ---

  bool IsOtherName(const LexiconMatch& match) {
    if (match.kind() == EntryKind::kPerson)
      return IsSomebodyElse(match) || IsPartOfInstitution(a_, match.tokens) || TellsTime(match.tokens.end);
    if (match.kind() == EntryKind::kPartyName || match.kind() == EntryKind::kCapital)
      return IsPartOfInstitution(a_, match.tokens) || IsPersonsName(match.tokens);
    return false;
  }

  // "the Nixon-era pact"
  bool TellsTime(uint32_t end) const {
    return end + 1 < a_.at.size() && a_.norm(end) == "-" &&
           IsOneOf(a_.norm(end + 1), {"era", "style", "like", "appointed"});
  }

  // A surname with another first name: "Jane Carter", and "Carter" after it; "Petro Canada".
  bool IsSomebodyElse(const LexiconMatch& match) {
    if (match.tokens.size() != 1) {
      known_surnames_.insert(a_.norm(match.tokens.end - 1));
      return false;
    }
    const uint32_t t = match.tokens.begin;
    if (other_surnames_.contains(a_.norm(t)) && !known_surnames_.contains(a_.norm(t)) && !FollowsOffice(t))
      return true;
    if (a_.IsHeadline(sentence_[t])) return false;
    if (HasFirstName(t)) {
      other_surnames_.insert(a_.norm(t));
      return true;
    }
    return t + 1 < SentenceEnd(t) && a_.token(t + 1).space_before && !a_.token(t + 1).all_caps &&
           IsUnknown(t + 1);
  }

  bool FollowsOffice(uint32_t t) const {
    return t > 0 && !a_.parties.empty() && a_.parties.back().tokens.end == t;
  }

  // A capital that no file of the lexicon explains, at a place where a first name or surname may stand.
  bool IsUnknown(uint32_t t) const {
    return IsNameWord(a_, t) && a_.at[t].party == -1 && a_.at[t].trigger < 0 && a_.at[t].instrument < 0 &&
           a_.at[t].subject < 0 && !StartsMatch(t);
  }

  bool StartsMatch(uint32_t t) const {
    const auto found = std::lower_bound(
        matches_.begin(), matches_.end(), t,
        [](const LexiconMatch& match, uint32_t begin) { return match.tokens.begin < begin; });
    return found != matches_.end() && found->tokens.begin == t;
  }

  bool HasFirstName(uint32_t t) const {
    if (t == SentenceBegin(t) || !a_.token(t).space_before || !IsUnknown(t - 1)) return false;
    if (IsFormOfAddress(a_.norm(t - 1))) return false;
    // The capital of a sentence's first word tells nothing: only a word that is no adverb may be a name
    // there.
    return t - 1 > SentenceBegin(t) || !(a_.IsAdverb(t - 1) || OpensSentence(a_.norm(t - 1)));
  }

  // "Michael Jordan", "Chad Smith": names of states and capitals that persons bear as well.
  bool IsPersonsName(TokenSpan tokens) const {
    const uint32_t t = tokens.begin;
    if (tokens.size() != 1 || a_.IsHeadline(sentence_[t])) return false;
    const bool surname = IsOneOf(
        a_.norm(t), {"jordan", "holland", "ireland", "england", "london", "paris", "israel", "france"});
    if (surname && HasFirstName(t) && t - 1 > SentenceBegin(t)) return true;
    const bool first_name =
        IsOneOf(a_.norm(t), {"jordan", "chad", "georgia", "israel", "kenya", "paris", "sofia", "victoria",
                             "santiago", "london", "vienna", "austin", "salvador"});
    return first_name && t + 1 < SentenceEnd(t) && a_.token(t + 1).space_before &&
           !a_.token(t + 1).all_caps && IsUnknown(t + 1);
  }

  // --- What belongs together ---

  // "Russian" + "Prime Minister" + "Mikhail Mishustin", "US" + "President", "Mexico's" + "foreign ministry":
  // the organ or office takes the party before it.
  bool Joins(const PartyMention& last, const PartyMention& next, EntryKind kind) const {
    const bool adjacent =
        last.tokens.end == next.tokens.begin || (last.possessive && last.tokens.end + 1 == next.tokens.begin);
    if (!adjacent || sentence_[last.tokens.begin] != sentence_[next.tokens.begin]) return false;
    if (next.role != PartyRole::kBody && next.role != PartyRole::kPerson) return false;
    // The office that the text tells goes before the lexicon's: a minister then, a secretary-general now.
    if (last.role == PartyRole::kPerson) {
      if (kind == EntryKind::kPerson) return last.name.empty() && !last.possessive;
      // "the Trump administration", "Bill Clinton's government"
      return next.role == PartyRole::kBody && next.ids.empty() && !last.ids.empty();
    }
    if (!next.ids.empty() && !last.ids.empty() && next.ids != last.ids) return false;
    if (last.role == PartyRole::kAdjective || last.possessive) return true;
    if (last.role == PartyRole::kBody) return kind != EntryKind::kPartyName;
    const bool attribute = last.role == PartyRole::kName || last.role == PartyRole::kCapital;
    return attribute && next.ids.empty() && !FollowsPlacePreposition(a_, last.tokens.begin);
  }

  // "Prime Minister Stoltenberg" spoke for his state before he spoke for an organisation.
  bool HeldBefore(const PartyMention& office, const PartyMention& person) const {
    return office.role == PartyRole::kPerson && person.ids.size() == 1 && !person.ids.front().is_state() &&
           IsOneOf(a_.norm(office.tokens.end - 1),
                   {"minister", "chancellor", "premier", "king", "queen", "senator"});
  }

  void Join(const PartyMention& next, PartyMention* last) {
    if (last->ids.empty() && !HeldBefore(*last, next)) last->ids = next.ids;
    last->role = next.role;
    if (!next.acting_body.empty()) last->acting_body = next.acting_body;
    if (!next.person.empty())
      last->person = last->person.empty() ? next.person : absl::StrCat(last->person, " ", next.person);
    last->tokens.end = next.tokens.end;
    if (next.role == PartyRole::kPerson) last->name = next.name;
    last->possessive = IsPossessive(a_, last->tokens.end);
    const auto index = static_cast<int32_t>(a_.parties.size()) - 1;
    Cover(last->tokens, index);
    readings_[index].entries = {};
  }

  // --- Words that several parties share ---

  // What the article says of a party by words that are no other's.
  struct Naming {
    int count = 0;
    int last = -1;  // index of the mention before the one that is chosen now
  };
  // Of every party that the lexicon knows, by its place there.
  class Namings {
   public:
    explicit Namings(absl::Span<const PartyInfo> parties) : parties_(parties.data()), of_(parties.size()) {}
    Naming& operator[](PartyId id) { return of_[id.info() - parties_]; }
    const Naming& operator[](PartyId id) const { return of_[id.info() - parties_]; }

   private:
    const PartyInfo* parties_;
    std::vector<Naming> of_;
  };

  void ChooseReadings() {
    Namings namings(a_.lexicon.parties());
    for (size_t p = 0; p < a_.parties.size(); ++p) {
      if (IsShared(p)) continue;
      for (PartyId id : a_.parties[p].ids) ++namings[id].count;
    }
    for (size_t p = 0; p < a_.parties.size(); ++p) {
      if (readings_[p].one_of_group) {
        ChooseMember(namings, &a_.parties[p]);
      } else if (IsShared(p)) {
        ChooseNamesake(p, namings);
      } else if (a_.parties[p].ids.size() == 1) {
        namings[a_.parties[p].ids.front()].last = static_cast<int>(p);
      }
    }
    const bool none = std::none_of(a_.parties.begin(), a_.parties.end(),
                                   [](const PartyMention& mention) { return mention.tokens.empty(); });
    if (!none) DropEmpty();  // else they lie as they did
  }

  bool IsShared(size_t p) const {
    const Entries entries = readings_[p].entries;
    return readings_[p].one_of_group ||
           std::any_of(entries.begin(), entries.end(),
                       [&](const LexiconEntry* entry) { return entry->parties != entries.front()->parties; });
  }

  // "Congo", "Brussels": the one that the article names more by other words, an organisation before its
  // seat's state; nobody where it names two about as often ("Korean" where both Koreas are meant).
  void ChooseNamesake(size_t p, const Namings& namings) {
    int best = -1;
    int second = -1;
    for (const LexiconEntry* entry : readings_[p].entries) {
      if (entry->parties.size() != 1) continue;
      const int count = namings[entry->parties.front()].count;
      const bool seat = count == best && !entry->parties.front().is_state();
      if (count > best || seat) {
        a_.parties[p].ids = entry->parties;
        second = std::exchange(best, count);
      } else {
        second = std::max(second, count);
      }
    }
    if (best < 0) return;
    PartyId id = a_.parties[p].ids.front();
    const bool undecided = second > 0 && second * 2 > best && id.is_state();
    if (best <= 0 && IsHalfOfDividedState(id) && a_.parties[p].role == PartyRole::kName) {
      for (const LexiconEntry* entry : readings_[p].entries) {
        if (entry->parties.size() == 1 && IsUsualHalf(entry->parties.front())) {
          a_.parties[p].ids = entry->parties;
          return;
        }
      }
    }
    if (undecided || (best <= 0 && IsHalfOfDividedState(id)))
      a_.parties[p].tokens.end = a_.parties[p].tokens.begin;
  }

  // "the Baltic republic": the member spoken of last, else the only one that the article speaks of at all;
  // where none is, the words name nobody.
  static void ChooseMember(const Namings& namings, PartyMention* mention) {
    const PartyIds members = std::move(mention->ids);
    PartyIds named;
    int last = -1;
    for (PartyId id : members) {
      const Naming& naming = namings[id];
      if (naming.count == 0) continue;
      named.push_back(id);
      if (naming.last <= last) continue;
      last = naming.last;
      mention->ids = {id};
    }
    if (last >= 0) return;
    mention->ids = named;
    if (named.size() != 1) mention->tokens.end = mention->tokens.begin;
  }

  // --- Persons ---

  // An office or a counterpart is followed by the holder's name: "President Chirac", "his Paraguayan
  // colleague Rubén Ramírez Lezcano".
  void ReadHolder(PartyMention* mention) {
    uint32_t begin = mention->tokens.end;
    if (mention->role == PartyRole::kAdjective && begin < a_.at.size() && IsCounterpart(a_.norm(begin))) {
      mention->role = PartyRole::kPerson;
      mention->tokens.end = ++begin;
      mention->person = a_.document.Text(mention->tokens);
      mention->name = {begin, begin};
      mention->possessive = IsPossessive(a_, begin);
    }
    if (mention->role != PartyRole::kPerson || mention->possessive || begin >= a_.at.size()) return;
    const TokenSpan more = NameFrom(a_, begin, HolderEnd(begin));
    const uint32_t next = more.empty() ? begin : more.end;
    if (more.empty() && !NamedAt(next)) return;
    if (!mention->name.empty() && !more.empty() && a_.IsHeadline(sentence_[begin])) return;
    mention->name = {mention->name.empty() ? begin : mention->name.begin, next};
    if (mention->name.empty() && !AbsorbPerson(next, mention)) return;
    mention->tokens.end = std::max(mention->name.end, mention->tokens.end);
    mention->person = a_.document.Text(mention->tokens);
    mention->possessive = IsPossessive(a_, mention->tokens.end);
  }

  // In a headline a name ends before what is told of its holder.
  uint32_t HolderEnd(uint32_t begin) const {
    if (begin > 0 && sentence_[begin] != sentence_[begin - 1]) return begin;
    const uint32_t end = std::min(SentenceEnd(begin), begin + kMaxNameTokens);
    for (uint32_t t = begin; t < end; ++t) {
      if (a_.at[t].trigger >= 0 || a_.at[t].instrument >= 0) return t;
    }
    return end;
  }

  bool NamedAt(uint32_t t) const {
    const int32_t p = a_.at[t].party;
    return p >= 0 && a_.parties[p].tokens.begin == t && a_.parties[p].role == PartyRole::kPerson &&
           !a_.parties[p].name.empty() && a_.parties[p].name.begin == t && t > 0 &&
           sentence_[t] == sentence_[t - 1];
  }

  // "his Chinese counterpart Xi Jinping"
  bool AbsorbPerson(uint32_t t, PartyMention* mention) {
    PartyMention& person = a_.parties[a_.at[t].party];
    if (&person == mention) return false;
    mention->name = person.name;
    person.tokens.end = person.tokens.begin;
    return true;
  }

  // "the Greenlandic premier, [Múte Egede,]": a person of note of the same state, with nothing more said of
  // him.
  bool NamesHolder(uint32_t t, const PartyMention& office, uint32_t sentence_end) const {
    const int32_t p = a_.at[t].party;
    if (p < 0 || &a_.parties[p] <= &office) return false;
    const PartyMention& person = a_.parties[p];
    const uint32_t end = person.tokens.end;
    return person.role == PartyRole::kPerson && person.tokens.begin == t && person.ids == office.ids &&
           !person.possessive && a_.token(t).capitalized && a_.token(end - 1).capitalized &&
           (end >= sentence_end || IsOneOf(a_.norm(end), {",", ".", ";", ")"}));
  }

  // "the president of Mexico", "the government of France": one mention; what it is of acts no more by itself.
  void ReadStateOf(PartyMention* mention) {
    const uint32_t end = mention->tokens.end;
    if (!mention->ids.empty() || end + 1 >= a_.at.size() || !IsOneOf(a_.norm(end), {"of", "in"})) return;
    uint32_t name = end + 1;
    if (a_.norm(name) == "the" && name + 1 < a_.at.size()) ++name;
    const int32_t p = a_.at[name].party;
    if (p < 0 || &a_.parties[p] <= mention || a_.parties[p].role == PartyRole::kPerson) return;
    PartyMention& state = a_.parties[p];
    mention->ids = state.ids;
    mention->tokens.end = state.tokens.end;
    mention->possessive = state.possessive;
    state.tokens.end = state.tokens.begin;
  }

  // "Mexico's president, Claudia Sheinbaum," and "Claudia Sheinbaum, Mexico's president,".
  void ReadApposition(PartyMention* mention) {
    if (mention->role != PartyRole::kPerson || mention->ids.size() != 1 || !mention->name.empty() ||
        mention->tokens.empty())
      return;
    const uint32_t begin = mention->tokens.begin;
    const uint32_t sentence_end = SentenceEnd(begin);
    if (a_.IsHeadline(sentence_[begin])) return;
    const uint32_t end = mention->tokens.end;
    if (end + 1 < sentence_end && a_.norm(end) == "," && !mention->possessive) {
      if (NamesHolder(end + 1, *mention, sentence_end)) {
        const uint32_t name_end = a_.parties[a_.at[end + 1].party].tokens.end;
        if (!AbsorbPerson(end + 1, mention)) return;
        mention->tokens.end = name_end;
        mention->person = a_.document.Text(mention->tokens);
        return;
      }
      const TokenSpan name = NameFrom(a_, end + 1, sentence_end);
      const bool closed = name.end >= sentence_end || IsOneOf(a_.norm(name.end), {",", ".", ";", ")", "and"});
      if (CountNameWords(a_, name) >= 2 && closed) {
        mention->name = name;
        mention->tokens.end = name.end;
        mention->person = a_.document.Text(mention->tokens);
        return;
      }
    }
    uint32_t comma = begin;
    if (comma > SentenceBegin(begin) && a_.norm(comma - 1) == "the") --comma;
    if (comma <= SentenceBegin(begin) + 1 || a_.norm(comma - 1) != ",") return;
    const TokenSpan name = NameBefore(a_, SentenceBegin(begin), comma - 1);
    if (CountNameWords(a_, name) < 2 || FollowsPlacePreposition(a_, name.begin)) return;
    mention->name = name;
    mention->person = a_.document.Text({name.begin, mention->tokens.end});
    mention->tokens.begin = name.begin;
  }

  // --- Peoples ---

  // "the Canadians", "the French side", "its Tajik neighbour", "the Swiss refused".
  void ReadPeople(PartyMention* mention) {
    const uint32_t end = mention->tokens.end;
    if (mention->role != PartyRole::kAdjective || end >= a_.at.size()) return;
    const bool plural = absl::EndsWith(a_.norm(end - 1), "s");
    const bool after_the = mention->tokens.begin > 0 && a_.norm(mention->tokens.begin - 1) == "the";
    if (plural && (after_the || a_.IsAuxiliary(end) || a_.at[end].trigger >= 0 || IsLone(end)))
      mention->role = PartyRole::kPeople;
    if (after_the && (a_.IsAuxiliary(end) || a_.at[end].trigger >= 0)) mention->role = PartyRole::kPeople;
    if (ActsForPeople(a_.norm(end))) mention->role = PartyRole::kPeople;
  }

  bool IsLone(uint32_t end) const { return !a_.token(end).is_word || a_.IsFunctionWord(end); }

  // "the Kyrgyz and Tajik leaders": the first adjective stands for what the second one does.
  void JoinAdjectives() {
    for (size_t p = a_.parties.size(); p-- > 1;) {
      PartyMention& first = a_.parties[p - 1];
      const PartyRole next = a_.parties[p].role;
      const uint32_t end = first.tokens.end;
      if (first.role != PartyRole::kAdjective || next == PartyRole::kAdjective) continue;
      if (next == PartyRole::kCapital || next == PartyRole::kName) continue;
      if (end < a_.at.size() && IsOneOf(a_.norm(end), {"and", ","}) && a_.parties[p].tokens.begin <= end + 2)
        first.role = next;
    }
  }

  // Takes out the mentions that others have absorbed.
  void DropEmpty() {
    size_t kept = 0;
    for (size_t p = 0; p < a_.parties.size(); ++p) {
      if (a_.parties[p].tokens.empty()) continue;
      if (kept != p) {
        a_.parties[kept] = std::move(a_.parties[p]);
        readings_[kept] = readings_[p];
      }
      ++kept;
    }
    a_.parties.resize(kept);
    readings_.resize(kept);
    LayOutParties(&a_);
  }

  Annotation& a_;
  const std::vector<LexiconMatch>& matches_;
  std::vector<uint32_t> sentence_;  // of each token
  std::vector<Reading> readings_;   // of each mention
  absl::flat_hash_set<absl::string_view>
      known_surnames_;  // of persons of the lexicon whom the article names in full
  absl::flat_hash_set<absl::string_view> other_surnames_;  // of others
};

}  // namespace

void LayOutParties(Annotation* annotation) {
  const auto before = [](const PartyMention& a, const PartyMention& b) {
    return a.tokens.begin < b.tokens.begin;
  };
  std::vector<PartyMention>& parties = annotation->parties;
  if (!std::is_sorted(parties.begin(), parties.end(), before))
    std::sort(parties.begin(), parties.end(), before);
  TokenLayers* const at = annotation->at.data();
  uint32_t next = 0;  // none lies from there on so far
  for (size_t p = 0; p < parties.size(); ++p) {
    const TokenSpan tokens = parties[p].tokens;
    for (; next < tokens.begin; ++next) at[next].party = -1;
    for (uint32_t t = tokens.begin; t < tokens.end; ++t) at[t].party = static_cast<int32_t>(p);
    next = std::max(next, tokens.end);
  }
  for (; next < annotation->at.size(); ++next) at[next].party = -1;
}

void ReadParties(const std::vector<LexiconMatch>& matches, Annotation* annotation) {
  PartyReader(matches, annotation).Read();
  MarkPlaces(annotation);
}

}  // namespace treatywire::ingest
