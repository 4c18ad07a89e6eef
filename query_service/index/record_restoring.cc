// A record's contents, and a record made of them again: RecordWriter::Contents and Restore.
#include <algorithm>
#include <future>
#include <memory>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "common/status_macros.h"
#include "query_service/index/record_writer.h"

namespace treatywire::query {
namespace {

// The versions in force, by id, and which are not, as a history tells it.
class Replayed {
 public:
  absl::Status Take(uint64_t revision, const RevisionEntry& entry) {
    if (entry.removed != nullptr) TW_RETURN_IF_ERROR(TakeOut(revision, *entry.removed, entry));
    if (entry.added == nullptr) {
      if (entry.removed != nullptr) return absl::OkStatus();
      return absl::DataLossError(absl::StrCat("revision ", revision, " changes nothing"));
    }
    if (entry.added->revision != revision) {
      return absl::DataLossError(absl::StrCat("revision ", revision, " has a version of another"));
    }
    if (!in_force_.emplace(entry.added->id(), entry.added.get()).second) {
      return absl::DataLossError(absl::StrCat("revision ", revision, " repeats an article in force"));
    }
    return absl::OkStatus();
  }

  std::vector<const ArticleVersion*> in_force() const {
    std::vector<const ArticleVersion*> versions;
    versions.reserve(in_force_.size());
    for (const auto& [id, version] : in_force_) versions.push_back(version);
    return versions;
  }
  OrderedMap<uint64_t, uint64_t>& removed_at() { return removed_at_; }

 private:
  absl::Status TakeOut(uint64_t revision, const ArticleVersion& removed, const RevisionEntry& entry) {
    const auto it = in_force_.find(removed.id());
    const bool was_in_force = it != in_force_.end() && it->second == &removed;
    const bool is_replaced = entry.added == nullptr || entry.added->id() == removed.id();
    const bool has_names =
        entry.removed_from != nullptr && entry.removed_from->size() == removed.mentions.size();
    if (!was_in_force || !is_replaced || !has_names) {
      return absl::DataLossError(absl::StrCat("revision ", revision, " removes what it cannot"));
    }
    in_force_.erase(it);
    removed_at_.Set(removed.revision, revision);
    return absl::OkStatus();
  }

  absl::flat_hash_map<absl::string_view, const ArticleVersion*> in_force_;
  OrderedMap<uint64_t, uint64_t> removed_at_;
};

// The node of each mention of the versions in force.
class NodesOfMentions {
 public:
  explicit NodesOfMentions(absl::Span<const ArticleVersion* const> versions) {
    nodes_.reserve(versions.size());
    for (const ArticleVersion* version : versions) {
      nodes_.try_emplace(version, version->mentions.size(), kNoNode);
      missing_ += version->mentions.size();
    }
  }

  absl::Status Take(const IndexContents& contents) {
    const std::vector<PartitionContents::Node>& nodes = contents.partition.nodes;
    std::vector<int> members(nodes.size());
    bool is_sound = true;
    contents.members.VisitAll([&](const NodeMember& member, const Present&) {
      if (member.node < nodes.size() && TakeMember(member, nodes[member.node])) {
        ++members[member.node];
      } else {
        is_sound = false;
      }
    });
    for (size_t i = 0; i < nodes.size(); ++i) is_sound = is_sound && nodes[i].members == members[i];
    if (is_sound && missing_ == 0) return absl::OkStatus();
    return absl::DataLossError("the mentions' nodes are not those of the articles in force");
  }

  absl::Span<const NodeId> Of(const ArticleVersion& version) const { return nodes_.at(&version); }

 private:
  bool TakeMember(const NodeMember& member, const PartitionContents::Node& node) {
    const auto it = nodes_.find(member.article);
    const auto mention = static_cast<size_t>(member.mention);
    if (it == nodes_.end() || mention >= it->second.size() || it->second[mention] != kNoNode) return false;
    const MentionReading* reading = member.article->mentions[mention].reading.get();
    if (node.reading == nullptr) return false;
    if (reading != node.reading && !(reading->traits.signature == node.reading->traits.signature))
      return false;
    it->second[mention] = member.node;
    --missing_;
    return true;
  }

  absl::flat_hash_map<const ArticleVersion*, std::vector<NodeId>> nodes_;
  size_t missing_ = 0;  // mentions whose node is not known yet
};

}  // namespace

IndexContents RecordWriter::Contents() const {
  return {.revision = state_.revision,
          .history = state_.history,
          .members = state_.members,
          .parties = state_.parties,
          .partition = partition_.Contents()};
}

absl::Status RecordWriter::Restore(const IndexContents& contents) {
  // The two need nothing of each other and take about as long.
  std::future<absl::StatusOr<PartitionChanges>> partition =
      std::async(std::launch::async, [&] { return partition_.Restore(contents.partition); });
  TW_RETURN_IF_ERROR(RestoreArticles(contents));
  state_.members.VisitAll([&](const NodeMember& member, const Present&) { NoteFirst(member); });
  TW_ASSIGN_OR_RETURN(const PartitionChanges changes, partition.get());
  contents.parties.VisitAll([&](const std::string& party, const PartyTally& tally) {
    party_changes_[party].events += tally.events;
  });
  Follow(changes);
  state_.revision = contents.revision;
  return absl::OkStatus();
}

absl::Status RecordWriter::RestoreArticles(const IndexContents& contents) {
  Replayed replayed;
  absl::Status status;
  contents.history.VisitAll([&](uint64_t revision, const RevisionEntry& entry) {
    if (status.ok()) status = replayed.Take(revision, entry);
  });
  TW_RETURN_IF_ERROR(status);
  const uint64_t* last = contents.history.LastKey();
  if (last != nullptr && *last > contents.revision) {
    return absl::DataLossError(absl::StrCat("revision ", *last, " of ", contents.revision));
  }
  std::vector<const ArticleVersion*> in_force = replayed.in_force();
  NodesOfMentions nodes(in_force);
  TW_RETURN_IF_ERROR(nodes.Take(contents));
  std::sort(in_force.begin(), in_force.end(),
            [](const auto& a, const auto& b) { return a->name() < b->name(); });
  for (const ArticleVersion* version : in_force) {
    CountVersion(*version, 1);
    state_.articles.Set(version->id(),
                        {.version = version, .node_list = node_lists_->Add(nodes.Of(*version))});
  }
  state_.history = contents.history;
  state_.members = contents.members;
  state_.removed_at = std::move(replayed.removed_at());
  return absl::OkStatus();
}

}  // namespace treatywire::query
