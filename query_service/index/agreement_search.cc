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
std::vector<std::string> NamesOf(const v1::ExtractedArticle& extraction, const Mention& mention) {
  std::vector<std::string> names;
  const auto add = [&](const std::string& name) {
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  };
  for (const int event : mention.events) {
    const v1::AgreementMention& agreement = extraction.events(event).agreement();
    add(agreement.title());
    for (const std::string& alias : agreement.aliases()) add(alias);
    add(agreement.known_agreement());
  }
  for (const std::string& party : mention.traits().parties) {
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
  double names_score = 0;
  double sentence_score = 0;
  const ArticleVersion* article = nullptr;  // of the best sentence; nullptr where none matches
  int event_index = 0;

  double score() const { return names_score + sentence_score; }
};

// Gathers what the texts say for each agreement.
class AgreementSearch::Accumulator {
 public:
  void Add(AgreementId agreement, const ArticleVersion& version, const Text& text, const Part& part,
           double score) {
    Found& found = found_[agreement];
    found.agreement = agreement;
    if (!text.is_sentence) {
      found.names_score = std::max(found.names_score, score);
    } else if (IsBetterSentence(found, version, part.number, score)) {
      found.sentence_score = score;
      found.article = &version;
      found.event_index = part.number;
    }
  }

  std::vector<Found> Take() const {
    std::vector<Found> all;
    all.reserve(found_.size());
    for (const auto& [agreement, found] : found_) all.push_back(found);
    return all;
  }

 private:
  static bool IsBetterSentence(const Found& found, const ArticleVersion& version, int event_index,
                               double score) {
    if (found.article == nullptr || score != found.sentence_score) return score > found.sentence_score;
    if (&version != found.article) return PublishedBefore(version, *found.article);
    return event_index < found.event_index;
  }

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
    if (entry.removed != nullptr) {
      const uint32_t removed = article_of_revision_.at(entry.removed->revision);
      articles_[removed].removed_at = revision;
      MarkGone(removed);
    }
    if (entry.added != nullptr) TakeIn(state, *entry.added);
    return true;
  });
  if (revision_ >= state.revision) return;  // another search was faster
  revision_ = state.revision;
  agreement_of_node_.clear();
  state.agreement_of_node.VisitAll([&](NodeId node, AgreementId agreement) {
    mutex_.AssertHeld();
    agreement_of_node_.resize(node + 1, kNoAgreement);
    agreement_of_node_[node] = agreement;
  });
}

void AgreementSearch::TakeIn(const RecordState& state, const ArticleVersion& version) {
  const auto article = static_cast<uint32_t>(articles_.size());
  article_of_revision_[version.revision] = article;
  const ArticleEntry* entry = state.articles.Find(version.id());
  const bool in_force = entry != nullptr && entry->version.get() == &version;
  articles_.push_back({.version = &version,
                       .nodes = in_force ? entry->nodes : nullptr,
                       .revision = version.revision,
                       .removed_at = 0,
                       .first_text = static_cast<TextId>(texts_.size())});
  const auto node_of = [&](size_t mention) { return in_force ? (*entry->nodes)[mention] : kNoNode; };
  std::vector<std::pair<absl::string_view, std::vector<int32_t>>> sentences;  // with their events
  absl::flat_hash_map<absl::string_view, size_t> index_of;
  const std::shared_ptr<const v1::ExtractedArticle> extraction = version.Unpack();
  for (int i = 0; i < extraction->events_size(); ++i) {
    const std::string& sentence = extraction->events(i).evidence().text();
    const auto [it, is_new] = index_of.try_emplace(sentence, sentences.size());
    if (is_new) sentences.push_back({sentence, {}});
    sentences[it->second].second.push_back(i);
  }
  std::vector<Part> parts;
  for (const auto& [sentence, events] : sentences) {
    parts.clear();
    for (const int32_t event : events) {
      parts.push_back(
          {event, node_of(static_cast<size_t>(version.mention_of_event[static_cast<size_t>(event)]))});
    }
    TakeInText(FoldedWords(sentence), true, parts);
  }
  for (size_t i = 0; i < version.mentions.size(); ++i) {
    const Part part = {static_cast<int32_t>(i), node_of(i)};
    TakeInText(NamesOf(*extraction, version.mentions[i]), false, {&part, 1});
  }
  if (!in_force) MarkGone(article);
}

void AgreementSearch::TakeInText(const std::vector<std::string>& words, bool is_sentence,
                                 absl::Span<const Part> parts) {
  const bool of_one_node = std::all_of(parts.begin(), parts.end(),
                                       [&](const Part& part) { return part.node == parts.front().node; });
  index_.Add(words, of_one_node ? parts.front().node : kNoNode);
  texts_.push_back({.article = static_cast<uint32_t>(articles_.size() - 1),
                    .first_part = static_cast<uint32_t>(parts_.size()),
                    .is_sentence = is_sentence});
  parts_.insert(parts_.end(), parts.begin(), parts.end());
  gone_.push_back(false);
}

void AgreementSearch::MarkGone(uint32_t article) {
  const size_t end = article + 1 < articles_.size() ? articles_[article + 1].first_text : texts_.size();
  for (size_t text = articles_[article].first_text; text < end; ++text) gone_[text] = true;
}

const std::vector<NodeId>* AgreementSearch::NodesOf(const Sight& sight, TextId text) const {
  const Article& article = articles_[texts_[text].article];
  if (&sight.state == &sight.newest) {
    if (article.revision > sight.newest.revision) return nullptr;
    if (article.removed_at != 0 && article.removed_at <= sight.newest.revision) return nullptr;
    if (article.nodes != nullptr) return article.nodes.get();
  }
  const ArticleEntry* entry = sight.state.articles.Find(article.version->id());
  return entry != nullptr && entry->version.get() == article.version ? entry->nodes.get() : nullptr;
}

bool AgreementSearch::IsInForce(const Sight& sight, TextId text) const {
  return sight.flat ? !gone_[text] : NodesOf(sight, text) != nullptr;
}

template <typename Visit>
void AgreementSearch::VisitParts(const Sight& sight, TextId text, const Visit& visit) const {
  const size_t end = text + 1 < texts_.size() ? texts_[text + 1].first_part : parts_.size();
  for (size_t i = texts_[text].first_part; i < end; ++i) {
    const Part& part = parts_[i];
    if (sight.flat && part.node != kNoNode) {
      visit(agreement_of_node_[part.node], part);
      continue;
    }
    const Article& article = articles_[texts_[text].article];
    const auto number = static_cast<size_t>(part.number);
    const size_t mention =
        texts_[text].is_sentence ? static_cast<size_t>(article.version->mention_of_event[number]) : number;
    visit(sight.state.AgreementOf((*NodesOf(sight, text))[mention]), part);
  }
}

template <typename Visit>
void AgreementSearch::VisitAgreements(const Sight& sight, const TextIndex::Posting& posting,
                                      const Visit& visit) const {
  if (sight.flat && posting.tag != kNoNode) {
    visit(agreement_of_node_[posting.tag]);
  } else {
    VisitParts(sight, posting.text, [&](AgreementId agreement, const Part&) { visit(agreement); });
  }
}

AgreementSearch::Holding AgreementSearch::HoldingOf(const Sight& sight,
                                                    absl::Span<const TextIndex::Posting> postings) const {
  Holding holding = {.agreements = std::vector<bool>(sight.agreements), .texts = 0};
  const TextIndex::Posting* last = nullptr;
  for (const TextIndex::Posting& posting : postings) {
    const bool is_again = last != nullptr && last->text == posting.text;
    last = &posting;
    if (is_again || !IsInForce(sight, posting.text)) continue;
    ++holding.texts;
    VisitAgreements(sight, posting, [&](AgreementId agreement) {
      if (agreement < holding.agreements.size()) holding.agreements[agreement] = true;
    });
  }
  return holding;
}

std::vector<AgreementSearch::Holder> AgreementSearch::HoldersOf(const Sight& sight,
                                                                absl::Span<const TextIndex::Posting> postings,
                                                                const std::vector<bool>& agreements) const {
  std::vector<Holder> holders;
  for (const TextIndex::Posting& posting : postings) {
    if (!holders.empty() && holders.back().text == posting.text) {
      ++holders.back().frequency;
      continue;
    }
    if (!IsInForce(sight, posting.text)) continue;
    bool is_asked = false;
    VisitAgreements(sight, posting, [&](AgreementId agreement) {
      is_asked = is_asked || (agreement < agreements.size() && agreements[agreement]);
    });
    if (is_asked) holders.push_back({posting.text, 1});
  }
  return holders;
}

std::vector<AgreementSearch::Found> AgreementSearch::Match(const RecordState& newest,
                                                           const RecordState& state,
                                                           absl::string_view query) const {
  const std::vector<std::string> words = QueryWords(query);
  if (words.empty()) return {};
  const Sight sight = {newest, state, &state == &newest && newest.revision == revision_,
                       state.agreements.empty() ? 0 : size_t{*state.agreements.LastKey()} + 1};
  std::vector<absl::Span<const TextIndex::Posting>> postings;
  std::vector<double> rarities;
  std::vector<bool> complete;  // agreements that hold every word so far, by id
  const size_t all = state.event_count + state.members.size();
  for (const std::string& word : words) {
    postings.push_back(index_.Find(word));
    Holding holding = HoldingOf(sight, postings.back());
    if (holding.texts == 0) return {};
    rarities.push_back(Bm25Rarity(holding.texts, all));
    if (complete.empty()) {
      complete = std::move(holding.agreements);
    } else {
      for (size_t i = 0; i < complete.size(); ++i) complete[i] = complete[i] && holding.agreements[i];
    }
  }
  std::vector<std::vector<Holder>> holders;
  for (const auto& of_word : postings) holders.push_back(HoldersOf(sight, of_word, complete));
  std::vector<size_t> next(words.size(), 0);
  Accumulator accumulator;
  while (true) {
    TextId text = static_cast<TextId>(texts_.size());
    for (size_t i = 0; i < words.size(); ++i) {
      if (next[i] < holders[i].size()) text = std::min(text, holders[i][next[i]].text);
    }
    if (text == texts_.size()) break;
    double score = 0;
    for (size_t i = 0; i < words.size(); ++i) {
      if (next[i] == holders[i].size() || holders[i][next[i]].text != text) continue;
      score += rarities[i] * Bm25Weight(holders[i][next[i]++].frequency, index_.LengthOf(text));
    }
    VisitParts(sight, text, [&](AgreementId agreement, const Part& part) {
      mutex_.AssertReaderHeld();
      if (agreement >= complete.size() || !complete[agreement]) return;
      accumulator.Add(agreement, *articles_[texts_[text].article].version, texts_[text], part, score);
    });
  }
  return accumulator.Take();
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
  if (!selection.selects_all()) {
    std::erase_if(found,
                  [&](const Found& hit) { return !selection.Selects(moment, state.CellOf(hit.agreement)); });
  }
  const size_t ordered = std::min(found.size(), page.offset + std::min(page.size, found.size()));
  std::partial_sort(found.begin(), found.begin() + static_cast<ptrdiff_t>(ordered), found.end(),
                    [&](const Found& a, const Found& b) {
                      if (a.score() != b.score()) return a.score() > b.score();
                      return state.CellOf(a.agreement).name < state.CellOf(b.agreement).name;
                    });
  Page<v1::SearchHit> hits;
  hits.total_size = found.size();
  std::string wire;
  for (size_t i = page.offset; i < found.size() && hits.items.size() < page.size; ++i) {
    v1::SearchHit& hit = hits.items.emplace_back();
    wire.clear();
    AppendAgreement(moment, state.CellOf(found[i].agreement), v1::VIEW_BASIC, &wire);
    hit.mutable_agreement()->ParseFromString(wire);  // made, for the most part, for an earlier answer
    hit.set_score(found[i].score());
    if (found[i].article == nullptr) continue;
    *hit.mutable_matching_evidence() = found[i].article->extraction().events(found[i].event_index).evidence();
    hit.set_article(found[i].article->name);
  }
  return hits;
}

}  // namespace treatywire::query
