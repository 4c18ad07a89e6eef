#include "query_service/index/agreement_search.h"

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>

#include "query_service/index/agreement_selection.h"
#include "query_service/index/record_rendering.h"
#include "query_service/resolution/name_words.h"
#include "query_service/resolution/party_directory.h"

namespace treatywire::query {
namespace {

namespace v1 = ::treatywire::v1;

std::vector<std::string> QueryWords(absl::string_view query) {
  std::vector<std::string> words;
  for (std::string& word : FoldedWords(query)) {
    if (words.size() == kMaxSearchWords) break;
    if (std::find(words.begin(), words.end(), word) == words.end()) words.push_back(std::move(word));
  }
  return words;
}

void Append(std::vector<std::string> more, std::vector<std::string>& words) {
  words.insert(words.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

// Titles, aliases and parties' names of a mention, each name once.
std::vector<std::string> NamesOf(const ArticleVersion& version, const Mention& mention) {
  std::vector<std::string> names;
  const auto add = [&](const std::string& name) {
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  };
  for (const int event : mention.events) {
    const v1::AgreementMention& agreement = version.extraction.events(event).agreement();
    add(agreement.title());
    for (const std::string& alias : agreement.aliases()) add(alias);
    add(agreement.known_agreement());
  }
  for (const std::string& party : mention.traits.parties) {
    add(DescribeParty(party).display_name);
    // The USSR's agreements are found by Russia's name, too.
    for (const std::string& seat : SeatsOf(party)) add(DescribeParty(seat).display_name);
  }
  std::vector<std::string> words;
  for (const std::string& name : names) Append(FoldedWords(name), words);
  return words;
}

}  // namespace

// An agreement that holds words of the query.
struct AgreementSearch::Found {
  AgreementId agreement = kNoAgreement;
  uint64_t words = 0;  // a bit for each
  double names_score = 0;
  double sentence_score = 0;
  const ArticleVersion* article = nullptr;  // of the best sentence; nullptr where none matches
  int event_index = 0;

  double score() const { return names_score + sentence_score; }
};

// Gathers what the texts say for each agreement.
class AgreementSearch::Accumulator {
 public:
  explicit Accumulator(const RecordState& state) : state_(state) {}

  void Add(const Text& text, const ArticleVersion& version, const std::vector<NodeId>& nodes, uint64_t words,
           double score) {
    for (const int32_t part : text.parts) {
      const int mention = text.is_sentence ? version.mention_of_event[static_cast<size_t>(part)] : part;
      const AgreementId agreement = state_.AgreementOf(nodes[static_cast<size_t>(mention)]);
      Found& found = found_[agreement];
      found.agreement = agreement;
      found.words |= words;
      if (!text.is_sentence) {
        found.names_score = std::max(found.names_score, score);
      } else if (IsBetterSentence(found, version, part, score)) {
        found.sentence_score = score;
        found.article = &version;
        found.event_index = part;
      }
    }
  }

  // Those that hold all of `words`.
  std::vector<Found> Take(uint64_t words) const {
    std::vector<Found> complete;
    for (const auto& [agreement, found] : found_) {
      if (found.words == words) complete.push_back(found);
    }
    return complete;
  }

 private:
  static bool IsBetterSentence(const Found& found, const ArticleVersion& version, int event_index,
                               double score) {
    if (found.article == nullptr || score != found.sentence_score) return score > found.sentence_score;
    if (&version != found.article) return PublishedBefore(version, *found.article);
    return event_index < found.event_index;
  }

  const RecordState& state_;
  absl::flat_hash_map<AgreementId, Found> found_;
};

void AgreementSearch::CatchUp(const RecordState& state) {
  {
    absl::ReaderMutexLock lock(&mutex_);
    if (revision_ >= state.revision) return;
  }
  absl::WriterMutexLock lock(&mutex_);
  state.history.VisitFrom(revision_ + 1, [&](uint64_t revision, const RevisionEntry& entry) {
    mutex_.AssertHeld();
    if (entry.removed != nullptr)
      articles_[article_of_revision_.at(entry.removed->revision)].removed_at = revision;
    if (entry.added != nullptr) TakeIn(state, *entry.added);
    return true;
  });
  revision_ = std::max(revision_, state.revision);
}

void AgreementSearch::TakeIn(const RecordState& state, const ArticleVersion& version) {
  const auto article = static_cast<uint32_t>(articles_.size());
  article_of_revision_[version.revision] = article;
  const ArticleEntry* entry = state.articles.Find(version.id());
  const bool in_force = entry != nullptr && entry->version.get() == &version;
  articles_.push_back({.version = &version, .nodes = in_force ? entry->nodes : nullptr});
  absl::flat_hash_map<absl::string_view, TextId> text_of_sentence;
  for (int i = 0; i < version.extraction.events_size(); ++i) {
    const std::string& sentence = version.extraction.events(i).evidence().text();
    const auto [it, is_new] = text_of_sentence.try_emplace(sentence, static_cast<TextId>(texts_.size()));
    if (is_new) {
      index_.Add(FoldedWords(sentence));
      texts_.push_back({.article = article, .is_sentence = true, .parts = {}});
    }
    texts_[it->second].parts.push_back(i);
  }
  for (size_t i = 0; i < version.mentions.size(); ++i) {
    index_.Add(NamesOf(version, version.mentions[i]));
    texts_.push_back({.article = article, .is_sentence = false, .parts = {static_cast<int32_t>(i)}});
  }
}

const std::vector<NodeId>* AgreementSearch::NodesOf(const RecordState& newest, const RecordState& state,
                                                    TextId text) const {
  const Article& article = articles_[texts_[text].article];
  if (&state == &newest) {
    if (article.version->revision > newest.revision) return nullptr;
    if (article.removed_at != 0 && article.removed_at <= newest.revision) return nullptr;
    if (article.nodes != nullptr) return article.nodes.get();
  }
  const ArticleEntry* entry = state.articles.Find(article.version->id());
  return entry != nullptr && entry->version.get() == article.version ? entry->nodes.get() : nullptr;
}

std::vector<AgreementSearch::Holder> AgreementSearch::HoldersOf(const RecordState& newest,
                                                                const RecordState& state,
                                                                absl::string_view word) const {
  std::vector<Holder> holders;
  for (const TextId text : index_.Find(word)) {
    if (!holders.empty() && holders.back().text == text) {
      ++holders.back().frequency;
    } else if (NodesOf(newest, state, text) != nullptr) {
      holders.push_back({text, 1});
    }
  }
  return holders;
}

std::vector<AgreementSearch::Found> AgreementSearch::Match(const RecordState& newest,
                                                           const RecordState& state,
                                                           absl::string_view query) const {
  const std::vector<std::string> words = QueryWords(query);
  if (words.empty()) return {};
  std::vector<std::vector<Holder>> holders;
  for (const std::string& word : words) {
    holders.push_back(HoldersOf(newest, state, word));
    if (holders.back().empty()) return {};
  }
  const size_t all = state.event_count + state.members.size();
  std::vector<size_t> next(words.size(), 0);
  Accumulator accumulator(state);
  while (true) {
    TextId text = static_cast<TextId>(texts_.size());
    for (size_t i = 0; i < words.size(); ++i) {
      if (next[i] < holders[i].size()) text = std::min(text, holders[i][next[i]].text);
    }
    if (text == texts_.size()) break;
    double score = 0;
    uint64_t held = 0;
    for (size_t i = 0; i < words.size(); ++i) {
      if (next[i] == holders[i].size() || holders[i][next[i]].text != text) continue;
      score += Bm25(holders[i][next[i]++].frequency, index_.LengthOf(text), holders[i].size(), all);
      held |= uint64_t{1} << i;
    }
    accumulator.Add(texts_[text], *articles_[texts_[text].article].version, *NodesOf(newest, state, text),
                    held, score);
  }
  return accumulator.Take(~uint64_t{0} >> (64 - words.size()));
}

Page<v1::SearchHit> AgreementSearch::Find(const RecordState& newest, const Moment& moment,
                                          absl::string_view query, const v1::AgreementFilter& filter,
                                          PageOf page) {
  CatchUp(newest);
  std::vector<Found> found;
  {
    absl::ReaderMutexLock lock(&mutex_);
    found = Match(newest, *moment.state, query);
  }
  const RecordState& state = *moment.state;
  const AgreementSelection selection(filter);
  std::erase_if(found,
                [&](const Found& hit) { return !selection.Selects(moment, state.CellOf(hit.agreement)); });
  std::sort(found.begin(), found.end(), [&](const Found& a, const Found& b) {
    if (a.score() != b.score()) return a.score() > b.score();
    return state.CellOf(a.agreement).name < state.CellOf(b.agreement).name;
  });
  Page<v1::SearchHit> hits;
  hits.total_size = found.size();
  for (size_t i = page.offset; i < found.size() && hits.items.size() < page.size; ++i) {
    v1::SearchHit& hit = hits.items.emplace_back();
    *hit.mutable_agreement() = RenderAgreement(moment, state.CellOf(found[i].agreement), v1::VIEW_BASIC);
    hit.set_score(found[i].score());
    if (found[i].article == nullptr) continue;
    *hit.mutable_matching_evidence() = found[i].article->extraction.events(found[i].event_index).evidence();
    hit.set_article(found[i].article->name);
  }
  return hits;
}

}  // namespace treatywire::query
