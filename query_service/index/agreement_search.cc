#include "query_service/index/agreement_search.h"

#include <algorithm>
#include <limits>
#include <memory>
#include <string>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_set.h"
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
  for (const absl::string_view party : mention.traits().parties) {
    add(DescribeParty(party).display_name);
    // The USSR's agreements are found by Russia's name, too.
    for (const std::string& seat : SeatsOf(party)) add(DescribeParty(seat).display_name);
  }
  std::vector<std::string> words;
  for (const std::string& name : names) Append(FoldedWords(name), words);
  return words;
}

// The nodes of a text as the tag of its postings, with whether it is a sentence.
constexpr uint32_t kManyNodes = std::numeric_limits<uint32_t>::max() >> 1;  // or none: its parts tell

uint32_t TagOf(NodeId node, bool is_sentence) {
  return std::min<uint32_t>(node, kManyNodes) << 1 | (is_sentence ? 1 : 0);
}
uint32_t NodeOfTag(uint32_t tag) { return tag >> 1; }
bool IsSentence(uint32_t tag) { return (tag & 1) != 0; }

}  // namespace

// Which agreements hold every word of a query, numbered from 0 as they are found to.
class AgreementSearch::Complete {
 public:
  static constexpr uint32_t kNone = std::numeric_limits<uint32_t>::max();

  // `end`: above the ids of all agreements.
  Complete(size_t words, size_t end)
      : words_(words), held_(end, 0), places_(std::make_unique_for_overwrite<uint32_t[]>(end)) {}

  // One of its texts holds the word; words are numbered from 0 and come in turn.
  void Hold(AgreementId agreement, size_t word) {
    if (agreement >= held_.size() || held_[agreement] != word) return;
    if (++held_[agreement] < words_) return;
    places_[agreement] = static_cast<uint32_t>(agreements_.size());
    agreements_.push_back(agreement);
  }

  // kNone for those that do not hold all.
  uint32_t PlaceOf(AgreementId agreement) const {
    return agreement < held_.size() && held_[agreement] == words_ ? places_[agreement] : kNone;
  }
  const std::vector<AgreementId>& agreements() const { return agreements_; }

 private:
  static_assert(kMaxSearchWords <= std::numeric_limits<uint8_t>::max());

  const size_t words_;
  std::vector<uint8_t> held_;                 // how many of the words
  const std::unique_ptr<uint32_t[]> places_;  // set only of those that hold all: most are never touched
  std::vector<AgreementId> agreements_;
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
  const bool in_force = entry != nullptr && entry->version == &version;
  articles_.push_back({.version = &version,
                       .nodes = in_force ? entry->node_list : nullptr,
                       .revision = version.revision,
                       .removed_at = 0,
                       .first_text = static_cast<TextId>(texts_.size())});
  const auto node_of = [&](size_t mention) { return in_force ? entry->node_list[mention] : kNoNode; };
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
  index_.Add(words, TagOf(of_one_node ? parts.front().node : kNoNode, is_sentence));
  texts_.push_back({.article = static_cast<uint32_t>(articles_.size() - 1),
                    .first_part = static_cast<uint32_t>(parts_.size()),
                    .is_sentence = is_sentence});
  parts_.insert(parts_.end(), parts.begin(), parts.end());
  gone_.push_back(false);
}

void AgreementSearch::MarkGone(uint32_t article) {
  const size_t end = article + 1 < articles_.size() ? articles_[article + 1].first_text : texts_.size();
  for (size_t text = articles_[article].first_text; text < end; ++text) gone_[text] = true;
  any_gone_ = true;
}

const NodeId* AgreementSearch::NodesOf(const Sight& sight, TextId text) const {
  const Article& article = articles_[texts_[text].article];
  if (&sight.state == &sight.newest) {
    if (article.revision > sight.newest.revision) return nullptr;
    if (article.removed_at != 0 && article.removed_at <= sight.newest.revision) return nullptr;
    if (article.nodes != nullptr) return article.nodes;
  }
  const ArticleEntry* entry = sight.state.articles.Find(article.version->id());
  return entry != nullptr && entry->version == article.version ? entry->node_list : nullptr;
}

bool AgreementSearch::IsInForce(const Sight& sight, TextId text) const {
  return sight.flat ? !any_gone_ || !gone_[text] : NodesOf(sight, text) != nullptr;
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
    visit(sight.state.AgreementOf(NodesOf(sight, text)[mention]), part);
  }
}

template <typename Visit>
void AgreementSearch::VisitAgreements(const Sight& sight, const TextIndex::Posting& posting,
                                      const Visit& visit) const {
  if (sight.flat && NodeOfTag(posting.tag) != kManyNodes) {
    visit(agreement_of_node_[NodeOfTag(posting.tag)]);
  } else {
    VisitParts(sight, posting.text, [&](AgreementId agreement, const Part&) { visit(agreement); });
  }
}

AgreementSearch::Sight AgreementSearch::SightOf(const RecordState& newest, const RecordState& state) const {
  return {newest, state, &state == &newest && newest.revision == revision_,
          state.agreements.empty() ? 0 : size_t{*state.agreements.LastKey()} + 1};
}

size_t AgreementSearch::HoldWord(const Sight& sight, absl::Span<const TextIndex::Posting> postings,
                                 size_t word, Complete& complete) const {
  size_t texts = 0;
  const TextIndex::Posting* last = nullptr;
  for (const TextIndex::Posting& posting : postings) {
    const bool is_again = last != nullptr && last->text == posting.text;
    last = &posting;
    if (is_again || !IsInForce(sight, posting.text)) continue;
    ++texts;
    VisitAgreements(sight, posting, [&](AgreementId agreement) { complete.Hold(agreement, word); });
  }
  return texts;
}

std::vector<AgreementSearch::Holder> AgreementSearch::HoldersOf(const Sight& sight,
                                                                absl::Span<const TextIndex::Posting> postings,
                                                                const Complete& complete) const {
  std::vector<Holder> holders;
  const TextIndex::Posting* last = nullptr;
  for (const TextIndex::Posting& posting : postings) {
    const bool is_again = last != nullptr && last->text == posting.text;
    last = &posting;
    if (is_again) {
      if (!holders.empty() && holders.back().text == posting.text) ++holders.back().frequency;
      continue;
    }
    if (!IsInForce(sight, posting.text)) continue;
    Holder holder = {.text = posting.text, .is_sentence = IsSentence(posting.tag)};
    bool is_asked = false;
    VisitAgreements(sight, posting, [&](AgreementId agreement) {
      const uint32_t place = complete.PlaceOf(agreement);
      if (place == Complete::kNone) return;
      holder.place = !is_asked || holder.place == place ? place : Complete::kNone;
      is_asked = true;
    });
    if (is_asked) holders.push_back(holder);
  }
  return holders;
}

void AgreementSearch::Match(const Sight& sight, absl::string_view query, Matches& matches) const {
  const std::vector<std::string> words = QueryWords(query);
  if (words.empty()) return;
  Complete complete(words.size(), sight.agreements);
  std::vector<double> rarities;
  const size_t all = sight.state.event_count + sight.state.members.size();
  for (size_t word = 0; word < words.size(); ++word) {
    const size_t texts = HoldWord(sight, index_.Find(words[word]), word, complete);
    if (texts == 0) return;
    rarities.push_back(Bm25Rarity(texts, all));
  }
  std::vector<std::vector<Holder>> holders;
  holders.reserve(words.size());
  for (const std::string& word : words) holders.push_back(HoldersOf(sight, index_.Find(word), complete));
  matches.texts = Score(rarities, holders);
  for (const AgreementId agreement : complete.agreements())
    matches.found.emplace_back().agreement = agreement;
  for (const ScoredText& text : matches.texts) {
    const auto add = [&](uint32_t place) {
      Found& found = matches.found[place];
      double& score = text.is_sentence ? found.sentence_score : found.names_score;
      score = std::max(score, text.score);
    };
    if (text.place != Complete::kNone) {
      add(text.place);
      continue;
    }
    VisitParts(sight, text.text, [&](AgreementId agreement, const Part&) {
      if (const uint32_t place = complete.PlaceOf(agreement); place != Complete::kNone) add(place);
    });
  }
}

std::vector<AgreementSearch::ScoredText> AgreementSearch::Score(
    absl::Span<const double> rarities, absl::Span<const std::vector<Holder>> holders) const {
  std::vector<ScoredText> scored;
  std::vector<size_t> next(holders.size(), 0);
  while (true) {
    const Holder* first = nullptr;
    for (size_t i = 0; i < holders.size(); ++i) {
      if (next[i] == holders[i].size()) continue;
      const Holder& holder = holders[i][next[i]];
      if (first == nullptr || holder.text < first->text) first = &holder;
    }
    if (first == nullptr) return scored;
    ScoredText& text = scored.emplace_back(
        ScoredText{.text = first->text, .place = first->place, .is_sentence = first->is_sentence});
    const uint32_t length = index_.LengthOf(text.text);
    for (size_t i = 0; i < holders.size(); ++i) {
      if (next[i] == holders[i].size() || holders[i][next[i]].text != text.text) continue;
      text.score += rarities[i] * Bm25Weight(holders[i][next[i]++].frequency, length);
    }
  }
}

// Of sentences that score alike, that of the article first published.
void AgreementSearch::FindSentences(const Sight& sight, absl::Span<const ScoredText> texts,
                                    absl::Span<Found* const> asked) const {
  absl::flat_hash_map<AgreementId, Found*> found_of;
  for (Found* found : asked) found_of[found->agreement] = found;
  absl::flat_hash_set<double> scores;
  for (const Found* found : asked) scores.insert(found->sentence_score);
  for (const ScoredText& text : texts) {
    // Most texts are told from those looked for by their score alone.
    if (!text.is_sentence || !scores.contains(text.score)) continue;
    const ArticleVersion& version = *articles_[texts_[text.text].article].version;
    VisitParts(sight, text.text, [&](AgreementId agreement, const Part& part) {
      const auto it = found_of.find(agreement);
      if (it == found_of.end() || it->second->sentence_score != text.score) return;
      Found& found = *it->second;
      const bool is_first =
          found.article == nullptr || (&version == found.article ? part.number < found.event_index
                                                                 : PublishedBefore(version, *found.article));
      if (!is_first) return;
      found.article = &version;
      found.event_index = part.number;
    });
  }
}

namespace {

// Puts the best `count` of `found` first, in order.
template <typename Found>
void PutBestFirst(const RecordState& state, size_t count, std::vector<Found>& found) {
  if (count == 0) return;
  const auto scores_more = [](const Found& a, const Found& b) { return a.score() > b.score(); };
  const auto last = found.begin() + static_cast<ptrdiff_t>(count) - 1;
  std::nth_element(found.begin(), last, found.end(), scores_more);
  // Names are looked up of those alone that can be among them.
  const double least = last->score();
  const auto end = std::partition(last + 1, found.end(), [&](const Found& f) { return f.score() == least; });
  for (auto it = found.begin(); it != end; ++it) it->name = state.CellOf(it->agreement).name.view();
  std::partial_sort(found.begin(), last + 1, end, [](const Found& a, const Found& b) {
    return a.score() != b.score() ? a.score() > b.score() : a.name < b.name;
  });
}

}  // namespace

Page<v1::SearchHit> AgreementSearch::Find(const RecordState& newest, const Moment& moment,
                                          absl::string_view query, const v1::AgreementFilter& filter,
                                          PageOf page) {
  CatchUp(newest);
  const RecordState& state = *moment.state;
  Matches matches;
  {
    absl::ReaderMutexLock lock(&mutex_);
    Match(SightOf(newest, state), query, matches);
  }
  std::vector<Found>& found = matches.found;
  const AgreementSelection selection(filter);
  if (!selection.selects_all()) {
    std::erase_if(found,
                  [&](const Found& hit) { return !selection.Selects(moment, state.CellOf(hit.agreement)); });
  }
  const size_t end = std::min(found.size(), page.offset + std::min(page.size, found.size()));
  PutBestFirst(state, end, found);
  std::vector<Found*> asked;
  for (size_t i = page.offset; i < end; ++i) asked.push_back(&found[i]);
  {
    absl::ReaderMutexLock lock(&mutex_);
    FindSentences(SightOf(newest, state), matches.texts, asked);
  }
  Page<v1::SearchHit> hits;
  hits.total_size = found.size();
  for (const Found* best : asked) {
    v1::SearchHit& hit = hits.items.emplace_back();
    // Made, for the most part, for an earlier answer.
    hit.mutable_agreement()->ParseFromString(
        *WireHead(moment, state.CellOf(best->agreement), /*full=*/false));
    hit.set_score(best->score());
    if (best->article == nullptr) continue;
    *hit.mutable_matching_evidence() = best->article->extraction().events(best->event_index).evidence();
    hit.set_article(std::string(best->article->name()));
  }
  return hits;
}

}  // namespace treatywire::query
