#include "ingest_service/lexicon/phrase_trie.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <map>
#include <utility>

namespace treatywire::ingest {

static_assert(kMaxPatternWords < 63, "Need has a bit for each word and one for the hyphen");

// Grows a trie with a map of edges in each node, then lays it out flat.
class PhraseTrieBuilder {
 public:
  std::unique_ptr<const PhraseTrie> Build(absl::Span<const Phrase> phrases) {
    NumberWords(phrases);
    growing_.resize(trie_->first_words_);
    for (const Phrase& phrase : phrases) Add(phrase);
    LayOut();
    return std::move(trie_);
  }

 private:
  using Need = PhraseTrie::Need;

  struct Spelling {
    Need need;
    const LexiconEntry* entry = nullptr;  // nullptr: blocks
    VerbForm form = VerbForm::kNone;
    uint32_t order = 0;
  };
  struct GrowingNode {
    std::map<uint32_t, uint32_t> children;
    uint32_t after_gap = PhraseTrie::kNone;
    std::map<EntryKind, std::vector<Spelling>> leaves;
  };

  // Gives each word its number, first words first.
  void NumberWords(absl::Span<const Phrase> phrases) {
    std::vector<absl::string_view> first;
    std::vector<absl::string_view> later = {"-"};
    size_t bytes = 1;
    for (const Phrase& phrase : phrases) {
      first.push_back(phrase.sequence.words.front().norm);
      for (const PatternWord& word : phrase.sequence.words) {
        later.push_back(word.norm);
        bytes += word.norm.size();
      }
    }
    trie_->word_text_.reset(new char[bytes]);
    next_text_ = trie_->word_text_.get();
    for (absl::string_view word : first) Number(word);
    trie_->first_words_ = static_cast<uint32_t>(trie_->words_.size());
    for (absl::string_view word : later) Number(word);
    trie_->hyphen_ = *trie_->words_.Find("-");
  }

  void Number(absl::string_view word) {
    if (trie_->words_.Find(word) != nullptr) return;
    std::memcpy(next_text_, word.data(), word.size());
    const auto number = static_cast<uint32_t>(trie_->words_.size());
    trie_->words_.Add(absl::string_view(next_text_, word.size()), number);
    next_text_ += word.size();
  }

  void Add(const Phrase& phrase) {
    Need need;
    uint32_t node = 0;
    for (size_t i = 0; i < phrase.sequence.words.size(); ++i) {
      const PatternWord& word = phrase.sequence.words[i];
      const uint32_t number = *trie_->words_.Find(word.norm);
      need.capital |= uint64_t{word.needs_capital} << i;
      need.caps |= uint64_t{word.needs_caps} << i;
      node = i == 0 ? number : Child(word.after_gap ? AfterGap(node) : node, number);
    }
    if (phrase.before_hyphen) need.capital |= PhraseTrie::kBeforeHyphen;
    growing_[node].leaves[phrase.entry->kind].push_back(
        {need, phrase.blocks ? nullptr : phrase.entry, phrase.sequence.form, phrases_added_++});
  }

  uint32_t Child(uint32_t node, uint32_t word) {
    const auto next = static_cast<uint32_t>(growing_.size());
    const auto [child, is_new] = growing_[node].children.try_emplace(word, next);
    const uint32_t found = child->second;
    if (is_new) growing_.emplace_back();
    return found;
  }

  uint32_t AfterGap(uint32_t node) {
    if (growing_[node].after_gap == PhraseTrie::kNone) {
      growing_[node].after_gap = static_cast<uint32_t>(growing_.size());
      growing_.emplace_back();
    }
    return growing_[node].after_gap;
  }

  void LayOut() {
    for (const GrowingNode& node : growing_) {
      BeginNode(node.after_gap);
      for (const auto& [word, child] : node.children) {
        trie_->edges_.push_back({word, child});
        trie_->nodes_.back().words |= PhraseTrie::WordBit(word);
      }
      for (const auto& [kind, spellings] : node.leaves) AddLeaf(kind, spellings);
    }
    BeginNode(PhraseTrie::kNone);
  }

  void BeginNode(uint32_t after_gap) {
    trie_->nodes_.push_back({static_cast<uint32_t>(trie_->edges_.size()),
                             static_cast<uint32_t>(trie_->leaves_.size()), after_gap, 0});
  }

  void AddLeaf(EntryKind kind, const std::vector<Spelling>& spellings) {
    const auto first_variant = static_cast<uint32_t>(trie_->variants_.size());
    for (const Need& need : NeedsOfVariants(spellings)) AddVariant(need, spellings);
    trie_->leaves_.push_back({kind, first_variant, static_cast<uint32_t>(trie_->variants_.size())});
  }

  // The needs of the spellings and of each set of spellings together, so that whatever set a text meets there
  // is one variant for exactly that; the most demanding first. Sets past kMaxVariants are left out: the text
  // then gets the entries of its most demanding spelling.
  static std::vector<Need> NeedsOfVariants(const std::vector<Spelling>& spellings) {
    static constexpr size_t kMaxVariants = 32;
    std::vector<Need> needs;
    const auto add = [&](const Need& need) {
      if (std::find(needs.begin(), needs.end(), need) == needs.end()) needs.push_back(need);
    };
    for (const Spelling& spelling : spellings) add(spelling.need);
    for (size_t i = 0; i < needs.size() && needs.size() < kMaxVariants; ++i) {
      for (size_t j = 0; j < i; ++j) {
        add({needs[i].capital | needs[j].capital, needs[i].caps | needs[j].caps});
      }
    }
    std::stable_sort(needs.begin(), needs.end(),
                     [](const Need& a, const Need& b) { return Demand(a) > Demand(b); });
    return needs;
  }

  static int Demand(const Need& need) {
    return __builtin_popcountll(need.capital) + __builtin_popcountll(need.caps);
  }

  void AddVariant(const Need& need, const std::vector<Spelling>& spellings) {
    PhraseTrie::Variant variant;
    variant.need = need;
    variant.first_entry = static_cast<uint32_t>(trie_->entries_.size());
    for (const Spelling& spelling : spellings) {
      if (!spelling.need.IsMetBy(need)) continue;
      variant.order = std::min(variant.order, spelling.order);
      if (spelling.entry == nullptr) continue;
      if (variant.form == VerbForm::kNone) variant.form = spelling.form;
      const auto begin = trie_->entries_.begin() + variant.first_entry;
      if (std::find(begin, trie_->entries_.end(), spelling.entry) == trie_->entries_.end()) {
        trie_->entries_.push_back(spelling.entry);
      }
    }
    variant.last_entry = static_cast<uint32_t>(trie_->entries_.size());
    trie_->variants_.push_back(variant);
  }

  std::unique_ptr<PhraseTrie> trie_{new PhraseTrie()};
  char* next_text_ = nullptr;
  std::vector<GrowingNode> growing_;
  uint32_t phrases_added_ = 0;
};

std::unique_ptr<const PhraseTrie> PhraseTrie::Build(absl::Span<const Phrase> phrases) {
  return PhraseTrieBuilder().Build(phrases);
}

uint32_t PhraseTrie::FindEdge(uint32_t node, uint32_t word) const {
  const Edge* begin = edges_.data() + nodes_[node].edges;
  const Edge* const end = edges_.data() + nodes_[node + 1].edges;
  // Most nodes have one or two edges.
  while (end - begin > 8) {
    const Edge* const middle = begin + (end - begin) / 2;
    if (middle->word > word) break;
    begin = middle;
  }
  for (; begin != end && begin->word <= word; ++begin) {
    if (begin->word == word) return begin->node;
  }
  return kNone;
}

// One pass over one document.
class PhraseTrie::Matcher {
 public:
  Matcher(const PhraseTrie& trie, const Document& document, absl::Span<const uint32_t> numbers)
      : trie_(trie), tokens_(document.tokens), numbers_(numbers) {}

  std::vector<LexiconMatch> Run(const std::vector<Sentence>& sentences) {
    for (const Sentence& sentence : sentences) RunSentence(sentence.tokens);
    return std::move(matches_);
  }

 private:
  // Where a walk is: the next token, the words behind it, and its gaps.
  struct Walk {
    uint32_t node = 0;
    uint32_t next = 0;
    uint32_t words = 0;
    Need have;
    TokenSpan gap;  // the first one
    uint32_t gaps = 0;
    uint32_t gap_tokens = 0;  // of all gaps
  };
  struct Candidate {
    const Variant* variant = nullptr;
    TokenSpan gap;
    uint32_t end = 0;
    uint32_t gaps = 0;
    uint32_t gap_tokens = 0;
  };

  void RunSentence(TokenSpan sentence) {
    end_ = sentence.end;
    // Not the members: whatever a match is written to might be one of them, for all the compiler knows.
    const uint32_t* const numbers = numbers_.data();
    const uint32_t first_words = trie_.first_words_;
    for (uint32_t i = sentence.begin; i < sentence.end; ++i) {
      if (numbers[i] < first_words && MayMatchFrom(i)) RunFrom(i);
    }
  }

  // Whether a walk from token `start` gets anywhere: most of those that begin with "the" or "in" don't.
  bool MayMatchFrom(uint32_t start) const {
    const uint32_t number = NumberOf(start);
    const Node& node = trie_.nodes_[number];
    if ((&node)[1].leaves > node.leaves || node.after_gap != kNone) return true;
    return start + 1 < end_ && NumberOf(start + 1) != kNone &&
           trie_.FindChild(number, NumberOf(start + 1)) != kNone;
  }

  uint32_t NumberOf(uint32_t token) const { return numbers_[token]; }

  void RunFrom(uint32_t start) {
    start_ = start;
    found_kinds_ = 0;
    gapped_leaves_.clear();
    Walk walk;
    walk.node = NumberOf(start);
    walk.next = start;
    Step(walk, walk.node);
    Go(walk);
    if (found_kinds_ != 0) Accept();
  }

  // Takes the next token as the next word, which leads to `node`.
  void Step(Walk& walk, uint32_t node) const {
    walk.have.capital |= uint64_t{tokens_[walk.next].capitalized} << walk.words;
    walk.have.caps |= uint64_t{tokens_[walk.next].all_caps} << walk.words;
    walk.node = node;
    ++walk.next;
    ++walk.words;
  }

  // Follows the text from `walk` as far as the trie goes.
  void Go(Walk& walk) {
    while (true) {
      const Node& node = trie_.nodes_[walk.node];
      const uint32_t last_leaf = (&node)[1].leaves;
      for (uint32_t leaf = node.leaves; leaf < last_leaf; ++leaf) Propose(leaf, walk);
      if (node.after_gap != kNone) GoOverGap(walk, node.after_gap);
      if (walk.next == end_ || NumberOf(walk.next) == kNone) return;
      const uint32_t child = trie_.FindChild(walk.node, NumberOf(walk.next));
      if (child == kNone) return;
      Step(walk, child);
    }
  }

  // Goes on after a gap of each length, the shortest first.
  void GoOverGap(const Walk& before, uint32_t node) {
    const uint32_t last = std::min(before.next + static_cast<uint32_t>(kMaxGapTokens), end_ - 1);
    for (uint32_t next = before.next; next <= last; ++next) {
      if (NumberOf(next) == kNone) continue;
      const uint32_t child = trie_.FindChild(node, NumberOf(next));
      if (child == kNone) continue;
      Walk walk = before;
      if (walk.gaps == 0) walk.gap = {before.next, next};
      ++walk.gaps;
      walk.gap_tokens += next - before.next;
      walk.next = next;
      Step(walk, child);
      Go(walk);
    }
  }

  // Makes the leaf that `walk` has reached its kind's candidate where it is better than the one so far.
  void Propose(uint32_t leaf_index, const Walk& walk) {
    const Leaf& leaf = trie_.leaves_[leaf_index];
    const auto kind = static_cast<size_t>(leaf.kind);
    if (start_ < free_from_[kind]) return;
    const Variant* const variant = FindVariant(leaf, walk);
    if (variant == nullptr) return;
    if (walk.gaps > 0) {
      // Of one sequence only the shortest gaps count, and these come first.
      if (std::find(gapped_leaves_.begin(), gapped_leaves_.end(), leaf_index) != gapped_leaves_.end()) return;
      gapped_leaves_.push_back(leaf_index);
    }
    const Candidate candidate = {variant, walk.gap, walk.next, walk.gaps, walk.gap_tokens};
    const bool is_first = (found_kinds_ >> kind & 1) == 0;
    if (!is_first && !IsBetter(candidate, candidates_[kind])) return;
    found_kinds_ |= 1U << kind;
    candidates_[kind] = candidate;
  }

  const Variant* FindVariant(const Leaf& leaf, const Walk& walk) const {
    Need have = walk.have;
    if (walk.next < end_ && NumberOf(walk.next) == trie_.hyphen_) have.capital |= kBeforeHyphen;
    for (uint32_t i = leaf.first_variant; i < leaf.last_variant; ++i) {
      if (trie_.variants_[i].need.IsMetBy(have)) return &trie_.variants_[i];
    }
    return nullptr;
  }

  // The longer one; of two as long the one with fewer tokens in gaps, then with fewer gaps, then the one that
  // was added first.
  static bool IsBetter(const Candidate& a, const Candidate& b) {
    if (a.end != b.end) return a.end > b.end;
    if (a.gap_tokens != b.gap_tokens) return a.gap_tokens < b.gap_tokens;
    if (a.gaps != b.gaps) return a.gaps < b.gaps;
    return a.variant->order < b.variant->order;
  }

  // Turns the candidates at start_ into matches, the longest first.
  void Accept() {
    const size_t first = matches_.size();
    for (uint32_t left = found_kinds_; left != 0; left &= left - 1) {
      const auto kind = static_cast<size_t>(std::countr_zero(left));
      const Candidate& candidate = candidates_[kind];
      const Variant& variant = *candidate.variant;
      free_from_[kind] = candidate.end;
      if (variant.first_entry == variant.last_entry) continue;
      LexiconMatch match;
      match.tokens = {start_, candidate.end};
      match.gap = candidate.gap;
      match.form = variant.form;
      match.entries = absl::MakeConstSpan(trie_.entries_)
                          .subspan(variant.first_entry, variant.last_entry - variant.first_entry);
      matches_.push_back(match);
    }
    for (size_t i = first + 1; i < matches_.size(); ++i) MoveUp(first, i);
  }

  // Moves the match at `at` before the shorter ones from `first` on. Mostly there is one, and
  // std::stable_sort would ask for memory to sort it.
  void MoveUp(size_t first, size_t at) {
    for (; at > first && matches_[at - 1].tokens.end < matches_[at].tokens.end; --at)
      std::swap(matches_[at - 1], matches_[at]);
  }

  const PhraseTrie& trie_;
  const std::vector<Token>& tokens_;
  const absl::Span<const uint32_t> numbers_;  // of the tokens
  std::vector<LexiconMatch> matches_;
  uint32_t end_ = 0;    // of the sentence
  uint32_t start_ = 0;  // the first token of the walks
  uint32_t found_kinds_ = 0;
  std::array<Candidate, kEntryKinds> candidates_;  // of the kinds in found_kinds_
  std::array<uint32_t, kEntryKinds> free_from_{};  // where each kind's last match ended
  std::vector<uint32_t> gapped_leaves_;            // those reached from start_
};

uint32_t PhraseTrie::NumberOf(absl::string_view norm) const {
  const uint32_t* const number = words_.Find(norm);
  return number == nullptr ? kNoWord : *number;
}

std::vector<absl::string_view> PhraseTrie::Words() const {
  std::vector<absl::string_view> words;
  words_.ForEach([&](absl::string_view word, uint32_t) { words.push_back(word); });
  return words;
}

std::vector<LexiconMatch> PhraseTrie::Match(const Document& document,
                                            absl::Span<const uint32_t> numbers) const {
  return Matcher(*this, document, numbers).Run(document.sentences);
}

std::vector<LexiconMatch> PhraseTrie::Match(const Document& document) const {
  std::vector<uint32_t> numbers;
  numbers.reserve(document.tokens.size());
  for (const Token& token : document.tokens) numbers.push_back(NumberOf(token.norm));
  return Match(document, numbers);
}

}  // namespace treatywire::ingest
