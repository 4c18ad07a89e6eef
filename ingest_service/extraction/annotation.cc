#include "ingest_service/extraction/annotation.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "ingest_service/document/document_reader.h"

namespace treatywire::ingest {
namespace {

using WordSet = absl::flat_hash_set<absl::string_view>;

const WordSet& FunctionWords() {
  static const auto& words = *new WordSet{
      "in",       "on",     "at",      "by",      "with",    "from",    "to",        "of",
      "for",      "under",  "over",    "about",   "after",   "before",  "since",     "until",
      "till",     "into",   "between", "among",   "against", "through", "during",    "within",
      "and",      "or",     "but",     "nor",     "yet",     "so",      "because",   "while",
      "although", "though", "if",      "unless",  "as",      "than",    "that",      "which",
      "who",      "whom",   "whose",   "when",    "where",   "why",     "how",       "what",
      "it",       "they",   "he",      "she",     "we",      "you",     "i",         "them",
      "him",      "us",     "me",      "there",   "is",      "are",     "was",       "were",
      "be",       "been",   "being",   "am",      "has",     "have",    "had",       "having",
      "do",       "does",   "did",     "will",    "would",   "shall",   "should",    "may",
      "might",    "can",    "could",   "must",    "not",     "n't",     "never",     "without",
      "despite",  "amid",   "amidst",  "via",     "per",     "upon",    "regarding", "concerning",
      "said",     "says",   "say",     "also",    "already", "then",    "now",       "still",
      "only",     "just",   "even",    "whether", "out",     "up",      "down",      "off",
      "away",     "back",   "toward",  "towards", "like",    "unlike",  "including", "following"};
  return words;
}

const WordSet& Auxiliaries() {
  static const auto& words = *new WordSet{
      "is",     "are",  "was",  "were", "be",   "been",  "being", "am",     "has",  "have",  "had",
      "having", "do",   "does", "did",  "will", "would", "shall", "should", "may",  "might", "can",
      "could",  "must", "'s",   "'ve",  "'re",  "'d",    "'ll",   "get",    "gets", "got"};
  return words;
}

const WordSet& Adverbs() {
  static const auto& words = *new WordSet{
      "also",   "already",  "then",     "now",        "still",   "only",    "just",    "even",
      "first",  "finally",  "never",    "not",        "n't",     "ever",    "since",   "thus",
      "again",  "yet",      "soon",     "later",      "earlier", "jointly", "both",    "all",
      "itself", "himself",  "herself",  "themselves", "too",     "however", "instead", "together",
      "so",     "recently", "formally", "officially"};
  return words;
}

const absl::flat_hash_map<absl::string_view, CueClass>& CueClasses() {
  static const auto& classes = *new absl::flat_hash_map<absl::string_view, CueClass>{
      {"negation", CueClass::kNegation}, {"denied", CueClass::kDenied},     {"planned", CueClass::kPlanned},
      {"possible", CueClass::kPossible}, {"asserted", CueClass::kAsserted}, {"report", CueClass::kReport},
      {"speaker", CueClass::kSpeaker},   {"accuse", CueClass::kAccuse},     {"pair", CueClass::kPair},
      {"this", CueClass::kThis},         {"private", CueClass::kPrivate},   {"repeat", CueClass::kRepeat}};
  return classes;
}

// Prepositions after which a capital is a place.
bool IsPlacePreposition(absl::string_view norm) {
  return norm == "in" || norm == "at" || norm == "near" || norm == "outside" || norm == "around" ||
         norm == "across" || norm == "inside" || norm == "throughout" || norm == "visit" ||
         norm == "visiting" || norm == "via";
}

bool IsStateId(absl::string_view id) {
  return !id.empty() && absl::ascii_isupper(static_cast<unsigned char>(id[0]));
}

bool IsTitleWord(const Token& token) { return token.is_word && token.capitalized; }

}  // namespace

absl::string_view CueClassName(CueClass cue_class) {
  for (const auto& [name, known] : CueClasses()) {
    if (known == cue_class) return name;
  }
  return "";
}

bool SameOrSuccessor(const Lexicon& lexicon, absl::string_view a, absl::string_view b) {
  if (a == b) return true;
  for (const auto& [x, y] : {std::pair(a, b), std::pair(b, a)}) {
    const PartyInfo* info = lexicon.FindParty(x);
    if (info == nullptr) continue;
    for (const std::string& successor : info->successors) {
      if (successor == y) return true;
    }
  }
  return false;
}

Annotation::Annotation(const Document& doc, const Lexicon& lex, absl::string_view publisher,
                       std::optional<absl::CivilDay> publish_day)
    : document(doc), lexicon(lex), dates(FindDates(doc, publish_day)), at(doc.tokens.size()) {
  for (size_t d = 0; d < dates.size(); ++d) {
    for (uint32_t t = dates[d].tokens.begin; t < dates[d].tokens.end; ++t)
      at[t].date = static_cast<int32_t>(d);
  }
  const std::vector<LexiconMatch> matches = lexicon.Match(document);
  Sort(matches);
  ReadParties(matches);
  JoinAdjectives();
  MarkPlaces();
  RankParties();
  FindHome(publisher);
  FindLocalNames();
}

void Annotation::Sort(const std::vector<LexiconMatch>& matches) {
  auto place = [this](std::vector<LexiconMatch>& list, const LexiconMatch& match,
                      int32_t TokenLayers::*layer) {
    const auto index = static_cast<int32_t>(list.size());
    list.push_back(match);
    for (uint32_t t = match.tokens.begin; t < match.tokens.end; ++t) {
      if (match.gap.Contains(t)) continue;
      if (at[t].*layer < 0) at[t].*layer = index;
    }
  };
  for (const LexiconMatch& match : matches) {
    switch (match.kind()) {
      case EntryKind::kInstrument:
        place(instruments, match, &TokenLayers::instrument);
        break;
      case EntryKind::kKnownAgreement:
        place(known, match, &TokenLayers::known);
        break;
      case EntryKind::kTrigger:
        place(triggers, match, &TokenLayers::trigger);
        break;
      case EntryKind::kSubject:
        place(subjects, match, &TokenLayers::subject);
        break;
      case EntryKind::kCue:
        if (at[match.tokens.begin].date >= 0) break;  // "last May" may nothing
        for (const LexiconEntry* entry : match.entries) {
          const auto cue_class = CueClasses().find(entry->label);
          if (cue_class != CueClasses().end()) cues.push_back({match.tokens, cue_class->second, match.form});
        }
        break;
      default:
        break;
    }
  }
}

void Annotation::ReadParties(const std::vector<LexiconMatch>& matches) {
  for (size_t m = 0; m < matches.size(); ++m) {
    const LexiconMatch& match = matches[m];
    PartyMention mention;
    mention.tokens = match.tokens;
    const LexiconEntry& entry = *match.entries.front();
    mention.ids = entry.parties;
    switch (match.kind()) {
      case EntryKind::kPartyName:
      case EntryKind::kGroup:
        mention.role = PartyRole::kName;
        break;
      case EntryKind::kCapital:
        mention.role = PartyRole::kCapital;
        break;
      case EntryKind::kDemonym:
        mention.role = PartyRole::kAdjective;
        break;
      case EntryKind::kBody:
        mention.role = PartyRole::kBody;
        mention.acting_body = document.Text(match.tokens);
        break;
      case EntryKind::kOffice:
      case EntryKind::kPerson:
        mention.role = PartyRole::kPerson;
        mention.person = document.Text(match.tokens);
        break;
      default:
        continue;
    }
    if (mention.ids.empty() && (mention.role == PartyRole::kName || mention.role == PartyRole::kAdjective)) {
      // A blocking name ("North American"): it covers its tokens so that no shorter name is read in it.
      for (uint32_t t = match.tokens.begin; t < match.tokens.end; ++t) {
        if (at[t].party < 0) at[t].party = -2;
      }
      continue;
    }
    // A longer reading that began earlier wins ("Bank of China" over "China").
    bool covered = false;
    for (uint32_t t = match.tokens.begin; t < match.tokens.end; ++t) covered = covered || at[t].party != -1;
    if (covered) continue;
    // "Russian" + "Prime Minister" + "Mikhail Mishustin" are one mention: the organ or office takes the party
    // before it.
    if (!parties.empty()) {
      PartyMention& last = parties.back();
      const bool adjacent = last.tokens.end == match.tokens.begin ||
                            (last.possessive && last.tokens.end + 1 == match.tokens.begin);
      const bool last_takes =
          last.role == PartyRole::kAdjective || (last.possessive && last.role != PartyRole::kPerson) ||
          (last.role == PartyRole::kPerson && match.kind() == EntryKind::kPerson) ||
          (last.role == PartyRole::kBody && match.kind() != EntryKind::kPartyName && !last.possessive);
      const bool organ = mention.role == PartyRole::kBody || mention.role == PartyRole::kPerson;
      if (adjacent && last_takes && organ &&
          (mention.ids.empty() || last.ids.empty() || mention.ids == last.ids)) {
        if (last.ids.empty()) last.ids = mention.ids;
        last.role = mention.role;
        if (!mention.acting_body.empty()) last.acting_body = mention.acting_body;
        if (!mention.person.empty()) {
          last.person = last.person.empty() ? mention.person : absl::StrCat(last.person, " ", mention.person);
        }
        last.tokens.end = mention.tokens.end;
        const auto index = static_cast<int32_t>(parties.size()) - 1;
        for (uint32_t t = last.tokens.begin; t < last.tokens.end; ++t) at[t].party = index;
        last.possessive =
            last.tokens.end < at.size() && (norm(last.tokens.end) == "'s" || norm(last.tokens.end) == "'");
        continue;
      }
    }
    mention.possessive =
        match.tokens.end < at.size() && (norm(match.tokens.end) == "'s" || norm(match.tokens.end) == "'");
    const auto index = static_cast<int32_t>(parties.size());
    for (uint32_t t = match.tokens.begin; t < match.tokens.end; ++t) at[t].party = index;
    parties.push_back(std::move(mention));
  }
  std::sort(parties.begin(), parties.end(),
            [](const PartyMention& a, const PartyMention& b) { return a.tokens.begin < b.tokens.begin; });
  for (auto& layers : at) {
    if (layers.party == -2) layers.party = -1;
  }
  for (size_t p = 0; p < parties.size(); ++p) {
    PartyMention& mention = parties[p];
    for (uint32_t t = mention.tokens.begin; t < mention.tokens.end; ++t)
      at[t].party = static_cast<int32_t>(p);
    // An office is followed by the holder's name: "President Chirac", "foreign ministers Mevlüt Çavuşoğlu".
    if (mention.role == PartyRole::kPerson) {
      uint32_t t = mention.tokens.end;
      while (t < at.size() && t < mention.tokens.end + 4 && IsTitleWord(token(t)) && at[t].party < 0 &&
             at[t].known < 0 && at[t].date < 0 && token(t).space_before) {
        ++t;
      }
      if (t > mention.tokens.end) {
        mention.person = document.Text({mention.tokens.begin, t});
        for (uint32_t k = mention.tokens.end; k < t; ++k) at[k].party = static_cast<int32_t>(p);
        mention.tokens.end = t;
        mention.possessive = t < at.size() && (norm(t) == "'s" || norm(t) == "'");
      }
    }
    // "the president of Mexico", "the government of France"
    const uint32_t end = mention.tokens.end;
    if (mention.ids.empty() && end + 1 < at.size() && (norm(end) == "of" || norm(end) == "in")) {
      uint32_t name = end + 1;
      if (norm(name) == "the" && name + 1 < at.size()) ++name;
      if (at[name].party > static_cast<int32_t>(p) && parties[at[name].party].role != PartyRole::kPerson) {
        const PartyMention& state = parties[at[name].party];
        mention.ids = state.ids;
        // "the president of Mexico" is one mention; what it is of acts no more by itself.
        mention.tokens.end = state.tokens.end;
        for (uint32_t k = mention.tokens.begin; k < state.tokens.end; ++k)
          at[k].party = static_cast<int32_t>(p);
      }
    }
    if (mention.role == PartyRole::kAdjective && end < at.size()) {
      const bool people =
          token(mention.tokens.end - 1).norm.back() == 's' || IsAuxiliary(end) || at[end].trigger >= 0;
      const bool after_the = mention.tokens.begin > 0 && norm(mention.tokens.begin - 1) == "the";
      if (people && (after_the || token(mention.tokens.end - 1).norm.back() == 's'))
        mention.role = PartyRole::kPeople;
      // "the French side", "the Turkish government's"
      if (norm(end) == "side" || norm(end) == "negotiators" || norm(end) == "officials" ||
          norm(end) == "authorities" || norm(end) == "leaders" || norm(end) == "delegation" ||
          norm(end) == "colleague" || norm(end) == "counterpart") {
        mention.role = PartyRole::kPeople;
      }
    }
  }
}

// "the Kyrgyz and Tajik leaders": the first adjective stands for what the second one does.
void Annotation::JoinAdjectives() {
  for (size_t p = parties.size(); p-- > 1;) {
    PartyMention& first = parties[p - 1];
    const uint32_t end = first.tokens.end;
    if (first.role != PartyRole::kAdjective || parties[p].role == PartyRole::kAdjective) continue;
    if (parties[p].role == PartyRole::kCapital || parties[p].role == PartyRole::kName) continue;
    if (end < at.size() && (norm(end) == "and" || norm(end) == ",") && parties[p].tokens.begin <= end + 2)
      first.role = parties[p].role;
  }
}

void Annotation::MarkPlaces() {
  for (PartyMention& mention : parties) {
    const uint32_t begin = mention.tokens.begin;
    if (mention.role != PartyRole::kCapital && mention.role != PartyRole::kName) continue;
    if (begin > 0 && IsPlacePreposition(norm(begin - 1)) && !mention.possessive) mention.place = true;
    if (mention.role != PartyRole::kCapital) continue;
    // A dateline: "MOSCOW, Oct 28 (Wire) -", "PARIS —", "Oslo, 7 July 2011".
    const uint32_t end = mention.tokens.end;
    const bool starts = begin == 0 || token(begin).all_caps;
    if (starts && end < at.size() && (norm(end) == "-" || norm(end) == "(" || norm(end) == "."))
      mention.place = true;
    if (end + 1 < at.size() && norm(end) == "," && at[end + 1].date >= 0) mention.place = true;
  }
}

void Annotation::RankParties() {
  std::map<std::string, int> counts;
  for (const Sentence& sentence : document.sentences) {
    const Block& block = document.blocks[sentence.block];
    const int weight = block.kind == BlockKind::kTitle ? 3 : sentence.block <= 2 ? 2 : 1;
    for (uint32_t t = sentence.tokens.begin; t < sentence.tokens.end; ++t) {
      const int32_t p = at[t].party;
      if (p < 0 || parties[p].tokens.begin != t) continue;
      for (const std::string& id : parties[p].ids) counts[id] += parties[p].place ? 1 : 2 * weight;
    }
  }
  std::vector<std::pair<int, std::string>> ranked;
  for (const auto& [id, count] : counts) {
    ranked.emplace_back(-count, id);
    if (count >= 4) prominent_parties_.insert(id);
  }
  std::sort(ranked.begin(), ranked.end());
  for (const auto& [count, id] : ranked) frequent_parties_.push_back(id);
  for (const std::string& id : frequent_parties_) {
    if (IsStateId(id)) {
      main_party_ = id;
      break;
    }
  }
}

void Annotation::FindHome(absl::string_view publisher) {
  // The publisher's name is matched like a title: "The Manila Ledger", "Kyiv Notes".
  const absl::StatusOr<Document> name = ReadDocument(publisher, publisher, MimeType::kPlain);
  if (name.ok()) {
    for (const LexiconMatch& match : lexicon.Match(*name)) {
      const LexiconEntry& entry = *match.entries.front();
      const bool names_state = match.kind() == EntryKind::kPartyName || match.kind() == EntryKind::kCapital ||
                               match.kind() == EntryKind::kDemonym;
      if (!names_state || entry.parties.size() != 1 || !IsStateId(entry.parties.front())) continue;
      if (std::find(frequent_parties_.begin(), frequent_parties_.end(), entry.parties.front()) ==
          frequent_parties_.end())
        continue;
      home_party_ = entry.parties.front();
      return;
    }
  }
  // A dateline's capital before the first party that acts.
  for (const bool dateline : {true, false}) {
    for (const PartyMention& mention : parties) {
      if (mention.ids.size() != 1 || !IsStateId(mention.ids.front())) continue;
      if (dateline && (mention.role != PartyRole::kCapital || !mention.place || mention.tokens.begin > 40))
        continue;
      if (dateline && mention.tokens.begin > 0 && IsPlacePreposition(norm(mention.tokens.begin - 1)))
        continue;
      home_party_ = mention.ids.front();
      return;
    }
  }
}

void Annotation::FindLocalNames() {
  for (const Sentence& sentence : document.sentences) {
    bool names_agreement = false;
    for (uint32_t t = sentence.tokens.begin; t + 2 < sentence.tokens.end; ++t) {
      names_agreement = names_agreement || at[t].instrument >= 0 || at[t].known >= 0;
      if (!names_agreement || norm(t) != "(" || norm(t + 2) != ")") continue;
      if (token(t + 1).all_caps && at[t + 1].party < 0) local_names_.insert(std::string(norm(t + 1)));
    }
  }
  for (const LexiconMatch& name : known) {
    const uint32_t t = name.tokens.begin;
    const bool place_and_noun = name.tokens.size() == 2 && at[t + 1].instrument >= 0 && token(t).capitalized;
    if (place_and_noun && at[t].party < 0 && at[t].instrument < 0) short_names_.insert(std::string(norm(t)));
  }
}

bool Annotation::IsLocalName(uint32_t i) const {
  if (token(i).all_caps && local_names_.contains(norm(i))) return true;
  if (!token(i).capitalized || !short_names_.contains(norm(i)) || at[i].known >= 0) return false;
  // "in Kyoto" is the town, "Kyoto University" a university.
  if (i > 0 && (IsPlacePreposition(norm(i - 1)) || norm(i - 1) == "from" || norm(i - 1) == "to"))
    return false;
  return i + 1 >= at.size() || !token(i + 1).capitalized;
}

std::vector<const Cue*> Annotation::CuesIn(TokenSpan span) const {
  std::vector<const Cue*> found;
  auto first = std::lower_bound(cues.begin(), cues.end(), span.begin,
                                [](const Cue& cue, uint32_t begin) { return cue.tokens.begin < begin; });
  for (; first != cues.end() && first->tokens.begin < span.end; ++first) found.push_back(&*first);
  return found;
}

bool Annotation::IsFunctionWord(uint32_t i) const { return FunctionWords().contains(norm(i)); }
bool Annotation::IsAuxiliary(uint32_t i) const { return Auxiliaries().contains(norm(i)); }
bool Annotation::IsAdverb(uint32_t i) const {
  const absl::string_view word = norm(i);
  return Adverbs().contains(word) ||
         (word.size() > 4 && absl::string_view(word).substr(word.size() - 2) == "ly");
}

}  // namespace treatywire::ingest
