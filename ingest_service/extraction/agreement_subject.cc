#include "ingest_service/extraction/agreement_subject.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <numeric>

namespace treatywire::ingest {
namespace {

namespace v1 = treatywire::v1;

using Shares = std::array<double, std::tuple_size_v<SubjectVotes>>;

// How much a layer counts once its votes are many, and the votes at which it has half of that. Chosen so that
// one clear word (weight 4, counted twice) in the agreement's own phrase outweighs any other layer, and a
// faint one does not.
struct Layer {
  double weight;
  double half;
};
constexpr Layer kOwnPhrases = {12, 6};
constexpr Layer kSentences = {4, 10};
constexpr Layer kTitle = {3, 10};
constexpr Layer kArticle = {2, 30};

// Longest label of a list item.
constexpr uint32_t kMaxLabelTokens = 8;

void Add(const SubjectVotes& votes, const Layer& layer, Shares* shares) {
  if (votes == SubjectVotes{}) return;  // as of most labels
  const int sum = std::accumulate(votes.begin(), votes.end(), 0);
  for (size_t s = 0; s < votes.size(); ++s) (*shares)[s] += layer.weight * votes[s] / (sum + layer.half);
}

void AddWords(const Annotation& a, TokenSpan span, SubjectVotes* votes) {
  if (a.subjects.empty()) return;
  // They lie by first token and do not overlap.
  auto match = std::lower_bound(
      a.subjects.begin(), a.subjects.end(), span.begin,
      [](const LexiconMatch& subject, uint32_t begin) { return subject.tokens.begin < begin; });
  for (; match != a.subjects.end() && match->tokens.begin < span.end; ++match) {
    if (a.at[match->tokens.begin].party >= 0) continue;
    for (const LexiconEntry* entry : match->entries) (*votes)[entry->subject] += entry->weight;
  }
}

// A sentence, the one after it in its block, and the heading above.
void AddSentence(const Annotation& a, uint32_t sentence, SubjectVotes* votes) {
  const std::vector<Sentence>& sentences = a.document.sentences;
  AddWords(a, sentences[sentence].tokens, votes);
  const uint32_t index = sentences[sentence].block;
  const Block& block = a.document.blocks[index];
  if (sentence + 1 < block.last_sentence && block.kind != BlockKind::kTableRow)
    AddWords(a, sentences[sentence + 1].tokens, votes);
  const Block& heading = a.document.blocks[block.heading];
  if (block.heading == index || heading.kind != BlockKind::kHeading) return;
  for (uint32_t s = heading.first_sentence; s < heading.last_sentence; ++s)
    AddWords(a, sentences[s].tokens, votes);
}

// "Road haulage: Poland suspended the agreement …": what stands before the colon of a list item names the
// matter of the agreement.
void AddLabel(const Annotation& a, uint32_t sentence, SubjectVotes* votes) {
  const Block& block = a.document.blocks[a.document.sentences[sentence].block];
  if (block.kind != BlockKind::kListItem) return;
  const TokenSpan first = a.document.sentences[block.first_sentence].tokens;
  for (uint32_t t = first.begin; t < std::min(first.end, first.begin + kMaxLabelTokens); ++t) {
    if (a.norm(t) == ":") return AddWords(a, {first.begin, t}, votes);
  }
}

v1::Subject Best(const Shares& shares) {
  size_t best = 0;
  for (size_t s = 1; s < shares.size(); ++s) {
    if (shares[s] > shares[best]) best = s;
  }
  return static_cast<v1::Subject>(best);
}

}  // namespace

std::vector<v1::Subject> ChooseSubjects(const Annotation& a, const Discourse& discourse,
                                        const std::vector<ReadEvent>& events) {
  Shares everywhere{};
  SubjectVotes title{};
  SubjectVotes article{};
  for (const Sentence& sentence : a.document.sentences) {
    const bool in_title = a.document.blocks[sentence.block].kind == BlockKind::kTitle;
    AddWords(a, sentence.tokens, in_title ? &title : &article);
  }
  Add(title, kTitle, &everywhere);
  Add(article, kArticle, &everywhere);

  std::vector<SubjectVotes> told(discourse.entities().size());
  std::vector<SubjectVotes> labels(discourse.entities().size());
  for (const ReadEvent& event : events) {
    AddSentence(a, event.sentence, &told[event.agreement]);
    AddLabel(a, event.sentence, &labels[event.agreement]);
  }

  std::vector<v1::Subject> subjects;
  for (size_t e = 0; e < discourse.entities().size(); ++e) {
    const AgreementEntity& entity = discourse.entities()[e];
    if (entity.known != nullptr && entity.known->subject != v1::SUBJECT_UNSPECIFIED) {
      subjects.push_back(entity.known->subject);
      continue;
    }
    Shares shares = everywhere;
    Add(entity.votes, kOwnPhrases, &shares);
    Add(told[e], kSentences, &shares);
    Add(labels[e], kOwnPhrases, &shares);
    subjects.push_back(Best(shares));
  }
  return subjects;
}

}  // namespace treatywire::ingest
