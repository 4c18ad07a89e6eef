// Agreements by words: of their titles, aliases and parties' names, and of the sentences that are evidence
// for them.
//
// Letter case, accents, hyphens and British or American spelling do not matter (FoldedWords). An agreement is
// found if each word of the query stands in one of its texts; its score is that of its best sentence plus
// that of its best mention's names.
//
// Texts are taken in from the history when somebody searches, not while articles are applied: ingestion does
// not wait for it, and what came since the last search costs the next one a few microseconds a sentence.
#ifndef TREATYWIRE_QUERY_SERVICE_INDEX_AGREEMENT_SEARCH_H_
#define TREATYWIRE_QUERY_SERVICE_INDEX_AGREEMENT_SEARCH_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "absl/types/span.h"
#include "query_service/index/moment.h"
#include "query_service/index/record_state.h"
#include "query_service/index/snapshot.h"
#include "query_service/index/text_index.h"
#include "treatywire/v1/agreement_service.pb.h"
#include "treatywire/v1/record.pb.h"

namespace treatywire::query {

// Words of a query past this many, folded and each counted once, are not looked for.
inline constexpr size_t kMaxSearchWords = 64;

// Shared by all snapshots of an index. Any thread may call; searches wait only for another search that takes
// texts in.
class AgreementSearch {
 public:
  // Best first, then by name. `newest` is the snapshot's own state, from whose history texts are taken in;
  // `moment` is of it, or of the record as known on some day.
  Page<treatywire::v1::SearchHit> Find(const RecordState& newest, const Moment& moment,
                                       absl::string_view query, const treatywire::v1::AgreementFilter& filter,
                                       PageOf page);

 private:
  struct Article {
    const ArticleVersion* version = nullptr;  // kept alive by the history
    const NodeId* nodes = nullptr;  // of each mention; of one that was in force when it was taken in
    uint64_t revision = 0;          // the version's own, here for the sake of the cache
    uint64_t removed_at = 0;        // 0: in force as far as the history is known
    TextId first_text = 0;          // the next article's is where its texts end
  };
  // A sentence or the names of a mention.
  struct Text {
    uint32_t article = 0;
    uint32_t first_part = 0;  // in parts_; the next text's is where they end
    bool is_sentence = false;
  };
  // An event that has the sentence, or the mention, with its node (kNoNode where there are no `nodes`).
  struct Part {
    int32_t number = 0;
    NodeId node = kNoNode;
  };
  class Complete;
  // A text of a moment that holds a word.
  struct Holder {
    TextId text = 0;
    uint32_t frequency = 1;
    uint32_t place = 0;  // in Complete, of its agreement; Complete::kNone where it is of several
    bool is_sentence = false;
  };
  // One that holds words of a query.
  struct ScoredText {
    TextId text = 0;
    uint32_t place = 0;
    bool is_sentence = false;
    double score = 0;
  };
  // An agreement that holds every word of a query.
  struct Found {
    AgreementId agreement = kNoAgreement;
    double names_score = 0;
    double sentence_score = 0;
    absl::string_view name;                   // only where it decided the order
    const ArticleVersion* article = nullptr;  // of the best sentence; nullptr where none matches
    int event_index = 0;

    double score() const { return names_score + sentence_score; }
  };
  struct Matches {
    std::vector<Found> found;
    std::vector<ScoredText> texts;  // ascending; those of the agreements that are found
  };
  // What a query is matched against.
  struct Sight {
    const RecordState& newest;
    const RecordState& state;  // of the moment
    bool flat;                 // the state is that of agreement_of_node_ and gone_
    size_t agreements;         // above the ids of all
  };

  void CatchUp(const RecordState& state) ABSL_LOCKS_EXCLUDED(mutex_);
  void TakeIn(const RecordState& state, const ArticleVersion& version) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void TakeInText(const std::vector<std::string>& words, bool is_sentence, absl::Span<const Part> parts)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void MarkGone(uint32_t article) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // The nodes of the text's article; nullptr if it is not in force at the moment.
  const NodeId* NodesOf(const Sight& sight, TextId text) const ABSL_SHARED_LOCKS_REQUIRED(mutex_);
  bool IsInForce(const Sight& sight, TextId text) const ABSL_SHARED_LOCKS_REQUIRED(mutex_);
  // Calls `visit(agreement, part)` with each part of a text that is in force.
  template <typename Visit>
  void VisitParts(const Sight& sight, TextId text, const Visit& visit) const
      ABSL_SHARED_LOCKS_REQUIRED(mutex_);
  // Calls `visit(agreement)` with each agreement of such a text.
  template <typename Visit>
  void VisitAgreements(const Sight& sight, const TextIndex::Posting& posting, const Visit& visit) const
      ABSL_SHARED_LOCKS_REQUIRED(mutex_);
  Sight SightOf(const RecordState& newest, const RecordState& state) const ABSL_SHARED_LOCKS_REQUIRED(mutex_);
  // Notes which agreements hold the word; returns how many texts in force do.
  size_t HoldWord(const Sight& sight, absl::Span<const TextIndex::Posting> postings, size_t word,
                  Complete& complete) const ABSL_SHARED_LOCKS_REQUIRED(mutex_);
  // The texts in force that hold the word and are of a complete agreement.
  std::vector<Holder> HoldersOf(const Sight& sight, absl::Span<const TextIndex::Posting> postings,
                                const Complete& complete) const ABSL_SHARED_LOCKS_REQUIRED(mutex_);
  // Of each word: its rarity, and the texts that hold it.
  std::vector<ScoredText> Score(absl::Span<const double> rarities,
                                absl::Span<const std::vector<Holder>> holders) const
      ABSL_SHARED_LOCKS_REQUIRED(mutex_);
  // The agreements with their scores, but without their best sentences.
  void Match(const Sight& sight, absl::string_view query, Matches& matches) const
      ABSL_SHARED_LOCKS_REQUIRED(mutex_);
  // Finds the best sentence of each of `asked`: of a page, since it takes a look at each text's article.
  void FindSentences(const Sight& sight, absl::Span<const ScoredText> texts,
                     absl::Span<Found* const> asked) const ABSL_SHARED_LOCKS_REQUIRED(mutex_);

  absl::Mutex mutex_;
  uint64_t revision_ ABSL_GUARDED_BY(mutex_) = 0;
  TextIndex index_ ABSL_GUARDED_BY(mutex_);
  std::vector<Text> texts_ ABSL_GUARDED_BY(mutex_);
  std::vector<Part> parts_ ABSL_GUARDED_BY(mutex_);
  std::vector<Article> articles_ ABSL_GUARDED_BY(mutex_);
  absl::flat_hash_map<uint64_t, uint32_t> article_of_revision_ ABSL_GUARDED_BY(mutex_);
  std::vector<bool> gone_ ABSL_GUARDED_BY(mutex_);  // texts of articles no longer in force, by id
  bool any_gone_ ABSL_GUARDED_BY(mutex_) = false;
  // The newest state's, by node: a word of a thousand texts asks it a thousand times.
  std::vector<AgreementId> agreement_of_node_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_INDEX_AGREEMENT_SEARCH_H_
