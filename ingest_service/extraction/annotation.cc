#include "ingest_service/extraction/annotation.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "ingest_service/document/document_reader.h"
#include "ingest_service/extraction/party_context.h"
#include "ingest_service/extraction/party_members.h"
#include "ingest_service/extraction/party_organ.h"
#include "ingest_service/extraction/party_place.h"
#include "ingest_service/extraction/party_reader.h"
#include "ingest_service/extraction/standing_party.h"
#include "ingest_service/temporal/dateline.h"

namespace treatywire::ingest {
namespace {

const absl::flat_hash_map<absl::string_view, CueClass>& CueClasses() {
  static const auto& classes = *new absl::flat_hash_map<absl::string_view, CueClass>{
      {"negation", CueClass::kNegation},  {"denied", CueClass::kDenied},     {"planned", CueClass::kPlanned},
      {"possible", CueClass::kPossible},  {"asserted", CueClass::kAsserted}, {"report", CueClass::kReport},
      {"speaker", CueClass::kSpeaker},    {"accuse", CueClass::kAccuse},     {"pair", CueClass::kPair},
      {"this", CueClass::kThis},          {"private", CueClass::kPrivate},   {"repeat", CueClass::kRepeat},
      {"repeat-by", CueClass::kRepeatBy}, {"among", CueClass::kAmong}};
  return classes;
}

}  // namespace

absl::string_view CueClassName(CueClass cue_class) {
  for (const auto& [name, known] : CueClasses()) {
    if (known == cue_class) return name;
  }
  return "";
}

Annotation::Annotation(const Document& doc, const Lexicon& lex, absl::string_view publisher,
                       std::optional<absl::CivilDay> publish_day)
    : document(doc), lexicon(lex), at(doc.tokens.size()) {
  TokenFacts facts = lexicon.LookUp(document);
  word_classes_ = std::move(facts.classes);
  dates = FindDates(document, facts.time_words, publish_day);
  written_day_ = WritingDay(document, facts.time_words, publish_day);
  SumUpSentences();
  LayOutDates();
  const std::vector<LexiconMatch> matches = lexicon.Match(document, facts);
  Sort(matches);
  ReadParties(matches, this);
  // "States" in "the United States" says nothing.
  std::erase_if(cues, [this](const Cue& cue) {
    const uint32_t t = cue.tokens.begin;
    if (at[t].party >= 0 && token(t).capitalized) return true;
    // "the eight Arctic states", but "Article 5 states that".
    const bool noun = token(t).capitalized || t + 1 >= at.size() || norm(t + 1) != "that";
    return norm(t) == "states" && cue.tokens.size() == 1 && noun;
  });
  IndexCues();
  ReadPartiesByContext(this);
  ReadMembers(publish_day, this);
  RankParties();
  const PartyId state = StateInName(publisher);
  FindHome(state);
  standing_party_ = FindStandingParty(*this, state);
  if (!standing_party_.empty()) {
    main_party_ = standing_party_;
    if (home_party_ != state || state.empty()) home_party_ = standing_party_;
  }
  FindStatesOfOrgans(this);
  FindLocalNames();
  JudgeAffairs();
}

void Annotation::LayOutDates() {
  for (size_t d = 0; d < dates.size(); ++d) {
    DateMention& date = dates[d];
    for (uint32_t t = date.tokens.begin; t < date.tokens.end; ++t) at[t].date = static_cast<int32_t>(d);
    date.surface = document.TextInPlace(date.tokens);
    if (date.surface.empty()) date.surface = joined_surfaces_.emplace_back(document.Text(date.tokens));
  }
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
      case EntryKind::kTopic:
        topics.push_back(match);
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

std::vector<absl::string_view> Annotation::TopicsIn(TokenSpan span) const {
  std::vector<absl::string_view> found;
  const auto first =
      std::lower_bound(topics.begin(), topics.end(), span.begin,
                       [](const LexiconMatch& match, uint32_t t) { return match.tokens.begin < t; });
  for (auto match = first; match != topics.end() && match->tokens.begin < span.end; ++match) {
    // "Port of Spain", "the Water Ministry": words in the name of a party are about nothing.
    if (at[match->tokens.begin].party >= 0) continue;
    for (const LexiconEntry* entry : match->entries) {
      if (std::find(found.begin(), found.end(), entry->label) == found.end()) found.push_back(entry->label);
    }
  }
  return found;
}

void Annotation::RankParties() {
  const absl::Span<const PartyInfo> known_parties = lexicon.parties();
  std::vector<int> counts(known_parties.size());
  PartyIds counted;
  auto sentence = document.sentences.begin();
  for (size_t p = 0; p < parties.size(); ++p) {  // by first token
    const PartyMention& mention = parties[p];
    const uint32_t begin = mention.tokens.begin;
    if (at[begin].party != static_cast<int32_t>(p)) continue;
    while (sentence->tokens.end <= begin) ++sentence;
    const Block& block = document.blocks[sentence->block];
    const int weight = block.kind == BlockKind::kTitle ? 3 : sentence->block <= 2 ? 2 : 1;
    for (PartyId id : mention.ids) {
      int& count = counts[id.info() - known_parties.data()];
      if (count == 0) counted.push_back(id);
      count += mention.place ? 1 : 2 * weight;
    }
  }
  std::vector<std::pair<int, PartyId>> ranked;
  ranked.reserve(counted.size());
  for (PartyId id : counted) {
    const int count = counts[id.info() - known_parties.data()];
    ranked.emplace_back(-count, id);
    if (count >= 4) prominent_parties_.insert(id);
  }
  std::sort(ranked.begin(), ranked.end());
  for (const auto& [count, id] : ranked) frequent_parties_.push_back(id);
  main_party_ = FirstOfTitle();
  for (PartyId id : frequent_parties_) {
    if (main_party_.empty() && id.is_state()) main_party_ = id;
  }
}

// The state that the title names first, if it is among the three that the article names most; empty where
// none is.
void Annotation::JudgeAffairs() {
  // Fewer may be said in passing.
  constexpr int kMinWords = 3;
  int at_home = 0;
  for (const Cue& cue : cues) {
    at_home += cue.cue_class == CueClass::kPrivate && at[cue.tokens.begin].party < 0 ? 1 : 0;
  }
  int between_states = static_cast<int>(known.size());
  for (const LexiconMatch& noun : instruments)
    between_states += noun.entries.front()->strength == NounStrength::kStrong ? 1 : 0;
  private_affairs_ = at_home >= kMinWords && at_home > between_states;
}

PartyId Annotation::FirstOfTitle() const {
  const size_t most = std::min<size_t>(frequent_parties_.size(), 3);
  for (const PartyMention& mention : parties) {
    const Sentence* sentence = nullptr;
    for (const Sentence& s : document.sentences) {
      if (s.tokens.Contains(mention.tokens.begin)) sentence = &s;
    }
    if (sentence == nullptr || document.blocks[sentence->block].kind != BlockKind::kTitle) break;
    if (mention.ids.size() != 1 || mention.place || !mention.ids.front().is_state()) continue;
    // "Joint statement with the Government of Guyana": not what it is about.
    uint32_t before = mention.tokens.begin;
    while (before > 0 &&
           (norm(before - 1) == "the" || norm(before - 1) == "of" || norm(before - 1) == "government"))
      --before;
    // "What is left of Algiers' friends" is about Algiers all the same.
    if (before > 0 && IsFunctionWord(before - 1) && norm(before - 1) != "and" && !mention.possessive)
      continue;
    const auto end = frequent_parties_.begin() + static_cast<std::ptrdiff_t>(most);
    if (std::find(frequent_parties_.begin(), end, mention.ids.front()) != end) return mention.ids.front();
  }
  return PartyId();
}

// The publisher's name is matched like a title: "The Manila Ledger", "Kyiv Notes".
PartyId Annotation::StateInName(absl::string_view publisher) const {
  const absl::StatusOr<Document> name = ReadDocument(publisher, publisher, MimeType::kPlain);
  if (!name.ok()) return PartyId();
  PartyId first;
  for (const LexiconMatch& match : lexicon.Match(*name)) {
    const LexiconEntry& entry = *match.entries.front();
    const bool names_state = match.kind() == EntryKind::kPartyName || match.kind() == EntryKind::kCapital ||
                             match.kind() == EntryKind::kDemonym;
    if (!names_state || entry.parties.size() != 1 || !entry.parties.front().is_state()) continue;
    // Of several the one of whom the text speaks.
    if (frequent_parties_.Contains(entry.parties.front())) return entry.parties.front();
    if (first.empty()) first = entry.parties.front();
  }
  return first;
}

void Annotation::FindHome(PartyId publisher) {
  if (!publisher.empty() && frequent_parties_.Contains(publisher)) {
    home_party_ = publisher;
    // Where the title names nobody, a paper writes of its own state.
    if (FirstOfTitle().empty()) main_party_ = home_party_;
    return;
  }
  // A dateline's capital before the first party that acts.
  for (const bool dateline : {true, false}) {
    for (const PartyMention& mention : parties) {
      if (mention.ids.size() != 1 || !mention.ids.front().is_state()) continue;
      if (dateline && !mention.dateline) continue;
      home_party_ = mention.ids.front();
      return;
    }
  }
}

void Annotation::SumUpSentences() {
  headlines_.reserve(document.sentences.size());
  sentence_classes_.reserve(document.sentences.size());
  for (const Sentence& sentence : document.sentences) {
    const BlockKind kind = document.blocks[sentence.block].kind;
    uint32_t words = 0;
    uint32_t small = 0;
    WordClasses classes;
    for (uint32_t t = sentence.tokens.begin; t < sentence.tokens.end; ++t) {
      classes.Add(word_classes_[t]);
      if (!token(t).is_word || IsFunctionWord(t)) continue;
      ++words;
      if (!token(t).capitalized) ++small;
    }
    sentence_classes_.push_back(classes);
    headlines_.push_back(kind == BlockKind::kTitle || kind == BlockKind::kHeading ||
                         (words >= 4 && small * 5 <= words));
  }
}

void Annotation::FindLocalNames() {
  for (const Sentence& sentence : document.sentences) {
    uint32_t looked = sentence.tokens.begin;  // up to there for an agreement
    bool names_agreement = false;
    for (uint32_t t = sentence.tokens.begin; t + 2 < sentence.tokens.end; ++t) {
      if (!IsClauseMark(t) || norm(t) != "(" || norm(t + 2) != ")") continue;
      for (; looked <= t && !names_agreement; ++looked)
        names_agreement = at[looked].instrument >= 0 || at[looked].known >= 0;
      if (!names_agreement) continue;
      if (token(t + 1).all_caps && at[t + 1].party < 0) local_names_.insert(std::string(norm(t + 1)));
    }
  }
  for (const LexiconMatch& name : known) {
    const uint32_t t = name.tokens.begin;
    const bool place_and_noun = name.tokens.size() == 2 && at[t + 1].instrument >= 0 && token(t).capitalized;
    if (place_and_noun && at[t].party < 0 && at[t].instrument < 0) short_names_.insert(std::string(norm(t)));
  }
}

bool Annotation::IsNameOfArticle(uint32_t i) const {
  if (!local_names_.empty() && token(i).all_caps && local_names_.contains(norm(i))) return true;
  if (short_names_.empty() || !token(i).capitalized || !short_names_.contains(norm(i)) || at[i].known >= 0)
    return false;
  if (token(i).all_caps) return false;  // "KYOTO —": a dateline
  // "in Kyoto" is the town, "Kyoto University" a university.
  if (i > 0 && (IsPlacePreposition(norm(i - 1)) || norm(i - 1) == "from" || norm(i - 1) == "to"))
    return false;
  return i + 1 >= at.size() || !token(i + 1).capitalized;
}

void Annotation::IndexCues() {
  first_cue_.reserve(at.size() + 1);
  for (size_t c = 0; c < cues.size(); ++c) {  // by first token
    const size_t end = cues[c].tokens.begin + 1;
    if (end > first_cue_.size()) first_cue_.resize(end, static_cast<uint32_t>(c));
  }
  first_cue_.resize(at.size() + 1, static_cast<uint32_t>(cues.size()));
}

}  // namespace treatywire::ingest
