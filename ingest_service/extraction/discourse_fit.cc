// Whether a phrase may mean an agreement, and how well: by name, parties, date, kind, subject, matter.
#include <algorithm>
#include <climits>
#include <iterator>
#include <optional>

#include "absl/strings/ascii.h"
#include "ingest_service/extraction/contains.h"
#include "ingest_service/extraction/discourse.h"
#include "ingest_service/extraction/one_of.h"

namespace treatywire::ingest {
namespace {

using treatywire::v1::AgreementKind;

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

}  // namespace

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
  // "Under accords of May and June 1990 … Hungary and Poland, respectively": no protocol of six.
  if (entity.multilateral && entity.known == nullptr && entity.parties.size() > 2 && parties.size() == 2 &&
      !phrase.dates.empty() && entity.signed_date.empty())
    return std::nullopt;
  return 3 * shared;
}

std::optional<int> Discourse::DateScore(const AgreementPhrase& phrase, const PartyIds& parties,
                                        int index) const {
  if (phrase.dates.empty() && phrase.restricting_date < 0) return 0;  // as most
  UncertainDate known;
  const UncertainDate& date = SigningOf(entities_[index], &known);
  int score = 0;
  for (const int d : phrase.dates) {
    const UncertainDate& told = a_.dates[d].date;
    if (!(IsOpenEnded(told) ? SigningsMeet(StartOf(told), date) : SigningsMeet(told, date)))
      return std::nullopt;
    if (!date.empty()) score += 4;
  }
  if (!phrase.dates.empty() && date.empty() && parties.empty()) score -= 2;
  // "The text follows the accord that they reached in May": another one than that of June.
  if (phrase.restricting_date >= 0 && !SigningsMeet(a_.dates[phrase.restricting_date].date, date))
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
std::optional<int> Discourse::SubjectScore(const AgreementPhrase& phrase, treatywire::v1::Subject subject,
                                           int index) const {
  const AgreementEntity& entity = entities_[index];
  // Asked only where there is something to compare it with.
  const treatywire::v1::Subject other = subject == treatywire::v1::SUBJECT_UNSPECIFIED
                                            ? treatywire::v1::SUBJECT_UNSPECIFIED
                                        : entity.known != nullptr ? entity.known->subject
                                                                  : BestSubject(entity.votes);
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
         std::none_of(phrase.modifiers.begin(), phrase.modifiers.end(), [&](absl::string_view word) {
           return Contains(entity.modifiers, word) || Contains(entity.matter, word);
         });
}

// "The agreement on mutual recognition" is not "the framework agreement", nor that "on land transport": what
// it is said to be on shares no word with what has been said of the other.
bool Discourse::IsOnOtherMatter(const AgreementPhrase& phrase, int index) const {
  constexpr size_t kStem = 5;
  const AgreementEntity& entity = entities_[index];
  if (phrase.matter.empty() || entity.matter.empty()) return false;
  const auto is_told = [&](absl::string_view word) {
    return std::any_of(phrase.matter.begin(), phrase.matter.end(),
                       [&](absl::string_view on) { return word.substr(0, kStem) == on.substr(0, kStem); });
  };
  if (std::any_of(entity.matter.begin(), entity.matter.end(), is_told)) return false;
  if (std::any_of(entity.modifiers.begin(), entity.modifiers.end(), is_told)) return false;
  if (entity.title.empty()) return true;
  const std::vector<std::string> words = NameWords(entity.title);
  return std::none_of(words.begin(), words.end(), is_told);
}

// How well a descriptive phrase fits an agreement; nullopt where it cannot mean it.
std::optional<int> Discourse::FitScore(const AgreementPhrase& phrase, const PartyIds& parties,
                                       treatywire::v1::Subject subject, int index) const {
  if (phrase.is_private && !entities_[index].is_private) return std::nullopt;
  // "The protocol" and "the ceasefire" are no treaty; a memorandum may be called an agreement afterwards.
  const AgreementKind other = entities_[index].kind;
  if (phrase.instrument != nullptr && IsDistinctKind(phrase.instrument->agreement_kind) &&
      phrase.instrument->agreement_kind != other && other != treatywire::v1::AGREEMENT_KIND_UNSPECIFIED) {
    return std::nullopt;
  }
  // A protocol is never called a convention.
  if (IsDistinctKind(other) && phrase.noun == "convention") return std::nullopt;
  if (TopicsDiffer(phrase.topics, entities_[index].topics)) return std::nullopt;
  // One after the other: most agreements are none of these parties'.
  const std::optional<int> by_party = PartyScore(phrase, parties, index);
  if (!by_party) return std::nullopt;
  const std::optional<int> by_date = DateScore(phrase, parties, index);
  if (!by_date) return std::nullopt;
  const std::optional<int> by_subject = SubjectScore(phrase, subject, index);
  if (!by_subject) return std::nullopt;
  return *by_party + *by_date + *by_subject + KindScore(phrase, index);
}

uint32_t Discourse::BlockOf(uint32_t token) const {
  const std::vector<Sentence>& sentences = a_.document.sentences;
  const auto next = std::upper_bound(sentences.begin(), sentences.end(), token,
                                     [](uint32_t t, const Sentence& s) { return t < s.tokens.begin; });
  return next == sentences.begin() ? 0 : std::prev(next)->block;
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
  if (entity.kind == treatywire::v1::AGREEMENT_KIND_CONVENTION && phrase.noun == "deal") salience -= 6;
  return salience;
}

// What no agreement but the one spoken of last can score more than: by party, date, subject and kind as
// FitScore adds them up, twice, and by Salience.
int Discourse::MostScore(const AgreementPhrase& phrase, const PartyIds& parties,
                         treatywire::v1::Subject subject) {
  const int by_party_and_date =
      3 * static_cast<int>(parties.size()) + 4 * static_cast<int>(phrase.dates.size());
  const int by_subject = subject == treatywire::v1::SUBJECT_UNSPECIFIED ? 0 : 2;
  const int by_kind = 1;
  return 2 * (by_party_and_date + by_subject + by_kind) + 3 + (phrase.newest ? 6 : 0);
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
  const bool needs_signing = NeedsSigning(phrase);
  const treatywire::v1::Subject subject = BestSubject(phrase.votes);
  const int most = MostScore(phrase, parties, subject);
  const size_t first = FirstDescribed();
  int best = -1;
  int best_score = INT_MIN;
  for (size_t r = recent_.size(); r-- > first;) {
    const int index = recent_[r];
    const AgreementEntity& entity = entities_[index];
    if (titled && !entity.title.empty()) continue;
    if (!context.apart.empty() && Contains(context.apart, index)) continue;
    if (phrase.is_other && r + 1 == recent_.size()) continue;
    if (owned && !entity.multilateral && entity.parties.size() >= 2 &&
        !HasParty(index, context.owners.front()))
      continue;
    if (phrase.newest && IsOfOldDate(entity)) continue;
    if (needs_signing && !Contains(entity.nouns, phrase.noun)) continue;
    if (of_item && IsOfOtherItem(phrase, entity)) continue;
    std::optional<int> fit = FitScore(phrase, parties, subject, index);
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
    if (best_score >= most) break;  // as mostly by the one spoken of last
  }
  return best;
}

}  // namespace treatywire::ingest
