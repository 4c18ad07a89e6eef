// Keeps a RecordState up to date as articles come and go.
//
//   RecordWriter writer;
//   writer.Put(version);            // or Retract
//   writer.Settle(revision);        // once for a batch
//   RecordState now = writer.state();
//
// Used by one thread at a time. The state after Settle is a function of the articles in force, except for the
// numbers of nodes and agreements, which no answer shows, and for the history.
#ifndef TREATYWIRE_QUERY_SERVICE_INDEX_RECORD_WRITER_H_
#define TREATYWIRE_QUERY_SERVICE_INDEX_RECORD_WRITER_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "query_service/index/agreement_names.h"
#include "query_service/index/agreement_partition.h"
#include "query_service/index/index_contents.h"
#include "query_service/index/record_state.h"

namespace treatywire::query {

class RecordWriter {
 public:
  RecordWriter() { state_.node_lists = node_lists_; }

  // The version replaces that of the same id, if one is in force.
  void Put(const std::shared_ptr<const ArticleVersion>& version);
  // Takes an article out. Without effect where none of that id is in force.
  void Retract(uint64_t revision, absl::string_view article_id);
  // Works out what changed since the last call. The state is consistent, and of `revision`, from here on.
  void Settle(uint64_t revision);

  const RecordState& state() const { return state_; }

  // After Settle: what Restore makes the same of.
  IndexContents Contents() const;
  // For a writer that took nothing in so far. DATA_LOSS where the contents cannot be a record's; the writer
  // must not be used then.
  absl::Status Restore(const IndexContents& contents);

 private:
  // A step of Restore (record_restoring.cc): articles, history, members, and what is counted of them.
  absl::Status RestoreArticles(const IndexContents& contents);

  void Remove(ArticleEntry entry, RevisionEntry& change);
  // Brings everything else up to what the partition has.
  void Follow(const PartitionChanges& changes);
  std::shared_ptr<const std::vector<std::string>> AgreementNamesOf(const ArticleEntry& entry) const;
  void Count(const ArticleVersion& version, int difference);
  // The same but for the parties, for which the events have to be looked at.
  void CountVersion(const ArticleVersion& version, int difference);

  void EnterAgreement(AgreementId agreement);
  void GrowAgreement(AgreementId agreement);
  AgreementKeys KeysOf(const SharedList<NodeId>& nodes) const;
  std::shared_ptr<AgreementCell> MakeCell(AgreementId agreement) const;
  void DropAgreement(AgreementId agreement);
  void EnterKeys(AgreementId agreement, const AgreementCell& cell);
  void DropKeys(AgreementId agreement, const AgreementCell& cell);
  void NameAfterBestMention(AgreementId agreement);
  // Names the agreement after a node's first mention, if that is better than the one it is named after.
  void NameAfterBetter(AgreementId agreement, NodeId node);
  void FollowFirsts();
  void Rename();

  // Takes note of the first published mention of each node.
  void NoteFirst(const NodeMember& member);
  void ForgetFirst(const NodeMember& member);
  void SettleTallies();

  const std::shared_ptr<NodeLists> node_lists_ = std::make_shared<NodeLists>();
  RecordState state_;
  AgreementPartition partition_;
  AgreementNames names_;
  std::vector<NodeMember> firsts_;  // by node; that members would give
  // Nodes that have had another first mention since the last Settle: an earlier one, or not that one any
  // longer.
  std::vector<NodeId> earlier_firsts_;
  std::vector<NodeId> lost_firsts_;
  // What was counted since the last Settle, of parties, publishers and days: many articles of a batch change
  // the same few.
  absl::flat_hash_map<std::string, PartyTally> party_changes_;
  absl::flat_hash_map<std::string, PublisherTally> publisher_changes_;
  absl::flat_hash_map<Day, int> day_changes_;
};

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_INDEX_RECORD_WRITER_H_
