// A document with what the lexicon and the date finder found in it, laid out by token, so that the later
// steps can walk left and right from any word and see what stands there.
//
// Built once for an article and read by the phrase, discourse and event readers. Views point into the
// Document, the Lexicon and the Annotation itself.
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_ANNOTATION_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_ANNOTATION_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/types/span.h"
#include "ingest_service/document/document.h"
#include "ingest_service/extraction/party_mention.h"
#include "ingest_service/lexicon/lexicon.h"
#include "ingest_service/lexicon/word_class.h"
#include "ingest_service/temporal/date_finder.h"

namespace treatywire::ingest {

// What stands at a token; -1 where nothing of that sort does.
struct TokenLayers {
  int32_t party = -1;
  int32_t instrument = -1;  // index in Annotation::instruments
  int32_t known = -1;       // index in Annotation::known
  int32_t trigger = -1;
  int32_t date = -1;
  int32_t subject = -1;
};

enum class CueClass : uint8_t {
  kNegation,
  kDenied,
  kPlanned,
  kPossible,
  kAsserted,
  kReport,
  kSpeaker,
  kAccuse,
  kPair,
  kThis,
  kPrivate,
  kRepeat,
  kRepeatBy,
  kAmong,
};

// As cues.txt writes it.
absl::string_view CueClassName(CueClass cue_class);

struct Cue {
  TokenSpan tokens;
  CueClass cue_class = CueClass::kReport;
  VerbForm form = VerbForm::kNone;
};

// Cues that lie together, as pointers: for (const Cue* cue : annotation.CuesIn(span)).
class CueRange {
 public:
  class Iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = const Cue*;
    using difference_type = std::ptrdiff_t;
    using pointer = const Cue* const*;
    using reference = const Cue*;

    explicit Iterator(const Cue* cue) : cue_(cue) {}
    const Cue* operator*() const { return cue_; }
    Iterator& operator++() {
      ++cue_;
      return *this;
    }
    Iterator operator++(int) {
      const Iterator before = *this;
      ++*this;
      return before;
    }
    friend bool operator==(const Iterator&, const Iterator&) = default;

   private:
    const Cue* cue_;
  };

  CueRange(const Cue* first, const Cue* last) : first_(first), last_(last) {}
  Iterator begin() const { return Iterator(first_); }
  Iterator end() const { return Iterator(last_); }
  bool empty() const { return first_ == last_; }
  size_t size() const { return static_cast<size_t>(last_ - first_); }
  const Cue* front() const { return first_; }

 private:
  const Cue* first_;
  const Cue* last_;
};

class Annotation {
 public:
  // `publisher` as sent with the article; a place or people in its name tells whose organs "the Senate" is
  // among.
  Annotation(const Document& document, const Lexicon& lexicon, absl::string_view publisher,
             std::optional<absl::CivilDay> publish_day);

  const Document& document;
  const Lexicon& lexicon;
  std::vector<PartyMention> parties;
  std::vector<LexiconMatch> instruments;
  std::vector<LexiconMatch> known;
  std::vector<LexiconMatch> triggers;
  std::vector<LexiconMatch> subjects;
  std::vector<LexiconMatch> topics;  // by first token
  std::vector<DateMention> dates;
  std::vector<Cue> cues;  // by first token
  std::vector<TokenLayers> at;

  // The narrow matters that the words name, each once. The views are the lexicon's.
  std::vector<absl::string_view> TopicsIn(TokenSpan span) const;

  const Token& token(uint32_t i) const { return document.tokens[i]; }
  absl::string_view norm(uint32_t i) const { return document.tokens[i].norm; }
  // Cues whose first token lies in `span`; constant time.
  CueRange CuesIn(TokenSpan span) const {
    const uint32_t end = std::min(span.end, static_cast<uint32_t>(at.size()));
    if (span.begin >= end) return {cues.data(), cues.data()};
    return {cues.data() + first_cue_[span.begin], cues.data() + first_cue_[end]};
  }
  // Whether the token is one of a closed class that ends a noun phrase: preposition, conjunction, auxiliary,
  // pronoun.
  bool IsFunctionWord(uint32_t i) const { return word_classes_[i].Has(WordClass::kFunctionWord); }
  bool IsAuxiliary(uint32_t i) const { return word_classes_[i].Has(WordClass::kAuxiliary); }
  bool IsAdverb(uint32_t i) const { return word_classes_[i].Has(WordClass::kAdverb); }
  // A word that may open a clause (clause.h).
  bool MayOpenClause(uint32_t i) const { return word_classes_[i].Has(WordClass::kClauseOpener); }
  // A mark that may end one: a comma, a semicolon, a colon, a bracket.
  bool IsClauseMark(uint32_t i) const { return word_classes_[i].Has(WordClass::kClauseMark); }
  // A word that may stand for an agreement's noun (stand_in.h).
  bool MayStandForNoun(uint32_t i) const { return word_classes_[i].Has(WordClass::kStandIn); }
  // Whether a token of the sentence is of the class: most questions about a sentence are answered by that.
  bool SentenceHas(size_t sentence, WordClass word_class) const {
    return sentence_classes_[sentence].Has(word_class);
  }
  // A word that may say again what organisation or movement has been spoken of (party_context.cc).
  bool MaySayGroupAgain(uint32_t i) const { return word_classes_[i].Has(WordClass::kGroupNoun); }
  // A word that tells by what, or why, an act is done (evidence.cc).
  bool IsEvidence(uint32_t i) const { return word_classes_[i].Has(WordClass::kEvidence); }
  // Whom the article is most about: the standing party, else a state (of its title and first paragraphs above
  // all); empty where there is none.
  PartyId main_party() const { return main_party_; }
  // Whose organs are meant where the text names nobody ("the Senate"): the publisher's state, the standing
  // party, the dateline's state, else that of the first actor; empty where there is none.
  PartyId home_party() const { return home_party_; }
  // Whose agreements the article surveys (standing_party.h); empty where that is not plain.
  PartyId standing_party() const { return standing_party_; }
  // Whether the words of the sentence have capitals as in a headline, so that capitals tell nothing.
  bool IsHeadline(size_t sentence) const { return headlines_[sentence]; }
  // Whether the token is a short name that the article itself introduces: "(EDCA)"; "Kyoto" after "the Kyoto
  // Protocol".
  bool IsLocalName(uint32_t i) const { return HasLocalNames() && IsNameOfArticle(i); }
  // Most articles introduce none.
  bool HasLocalNames() const { return !(local_names_.empty() && short_names_.empty()); }
  // The day that the article's words count from (temporal/dateline.h).
  std::optional<absl::CivilDay> written_day() const { return written_day_; }
  // Parties by how often the article names them, most first.
  const PartyIds& frequent_parties() const { return frequent_parties_; }
  // Whether the article is about firms, clubs or parties at home: it says so oftener than it says "treaty".
  bool is_of_private_affairs() const { return private_affairs_; }
  // Whether the article speaks of the party more than in passing: in its title or first paragraphs, or twice.
  bool IsProminent(PartyId id) const { return prominent_parties_.contains(id); }

 private:
  void LayOutDates();
  void Sort(const std::vector<LexiconMatch>& matches);
  void IndexCues();
  void RankParties();
  PartyId FirstOfTitle() const;
  PartyId StateInName(absl::string_view publisher) const;
  void FindHome(PartyId publisher);
  void FindLocalNames();
  void SumUpSentences();
  bool IsNameOfArticle(uint32_t i) const;
  void JudgeAffairs();

  std::deque<std::string> joined_surfaces_;  // those of dates that do not stand in place in the text
  std::vector<WordClasses>
      word_classes_;  // of each token: asked for so often that a look-up each time is too much
  std::vector<uint32_t>
      first_cue_;  // of each token, and of the end: the first cue that begins there or later
  std::optional<absl::CivilDay> written_day_;
  PartyId main_party_;
  PartyId home_party_;
  PartyId standing_party_;
  std::vector<WordClasses> sentence_classes_;  // of each sentence: those of any of its tokens
  std::vector<bool> headlines_;                // of each sentence
  absl::flat_hash_set<std::string> local_names_;
  absl::flat_hash_set<std::string> short_names_;
  bool private_affairs_ = false;
  PartyIds frequent_parties_;
  absl::flat_hash_set<PartyId> prominent_parties_;
};

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_ANNOTATION_H_
