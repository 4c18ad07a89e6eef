#include "query_service/image/index_image.h"

#include <algorithm>
#include <future>
#include <memory>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "common/status_macros.h"
#include "query_service/resolution/value_bytes.h"
#include "query_service/resolution/version_image.h"

namespace treatywire::query {
namespace {

enum BlockKind : uint8_t {
  kIdentity = 1,
  kDictionary = 2,
  kHistory = 3,
  kNodes = 4,
  kParties = 5,
  kCounts = 6,
};

// Values gathered into blocks of one kind.
class BlockWriter {
 public:
  explicit BlockWriter(const std::function<absl::Status(absl::string_view)>& write) : write_(write) {}

  // For the values of one item.
  ValueWriter& Begin(BlockKind kind) {
    if (kind != kind_) Flush();
    kind_ = kind;
    if (values_.size() == 0) values_.Number(kind);
    return values_;
  }
  // After an item.
  absl::Status End() {
    if (values_.size() >= kImageBlockBytes) Flush();
    return status_;
  }
  absl::Status Finish() {
    Flush();
    return status_;
  }

 private:
  void Flush() {
    if (status_.ok() && values_.size() > 0) status_ = write_(values_.bytes());
    values_.Clear();
  }

  const std::function<absl::Status(absl::string_view)>& write_;
  ValueWriter values_;
  BlockKind kind_ = kIdentity;
  absl::Status status_;
};

void WriteMatch(const Match& match, ValueWriter& to) {
  to.Number(static_cast<uint64_t>(match.strength));
  to.Number(match.score);
  to.Number((match.by_name ? 1u : 0u) | (match.by_date ? 2u : 0u) | (match.first_joins ? 4u : 0u) |
            (match.second_joins ? 8u : 0u));
}

Match ReadMatch(ValueReader& from) {
  Match match;
  match.strength = static_cast<MatchStrength>(from.NumberUpTo(static_cast<uint64_t>(MatchStrength::kStrong)));
  if (match.strength == MatchStrength::kNone) from.Fail();
  match.score = static_cast<uint8_t>(from.NumberUpTo(UINT8_MAX));
  const uint64_t flags = from.NumberUpTo(15);
  match.by_name = (flags & 1) != 0;
  match.by_date = (flags & 2) != 0;
  match.first_joins = (flags & 4) != 0;
  match.second_joins = (flags & 8) != 0;
  return match;
}

class ImageWriter {
 public:
  ImageWriter(const IndexContents& contents, BlockWriter& blocks) : contents_(contents), blocks_(blocks) {}

  absl::Status WriteHistory() {
    absl::Status status;
    contents_.history.VisitFrom(uint64_t{0}, [&](uint64_t revision, const RevisionEntry& entry) {
      WriteRevision(revision, entry, blocks_.Begin(kHistory));
      status = blocks_.End();
      return status.ok();
    });
    return status;
  }

  absl::Status WriteNodes() {
    const std::vector<PartitionContents::Node>& nodes = contents_.partition.nodes;
    for (const PartitionContents::Node& node : nodes) place_of_node_.emplace(node.id, place_of_node_.size());
    for (const PartitionContents::Node& node : nodes) {
      WriteNode(node, blocks_.Begin(kNodes));
      TW_RETURN_IF_ERROR(blocks_.End());
    }
    return absl::OkStatus();
  }

  absl::Status WriteParties() {
    absl::Status status;
    contents_.parties.VisitAll([&](const std::string& party, const PartyTally& tally) {
      ValueWriter& to = blocks_.Begin(kParties);
      to.Text(party);
      to.Number(static_cast<uint64_t>(tally.events));
      if (const absl::Status ended = blocks_.End(); !ended.ok()) status = ended;
    });
    return status;
  }

  void WriteCounts() {
    ValueWriter& to = blocks_.Begin(kCounts);
    to.Number(revisions_);
    to.Number(versions_.size());
    to.Number(contents_.partition.nodes.size());
    to.Number(contents_.parties.size());
  }

 private:
  // A version's place among those that were written.
  uint64_t PlaceOf(const ArticleVersion& version) const {
    return static_cast<uint64_t>(std::lower_bound(versions_.begin(), versions_.end(), version.revision) -
                                 versions_.begin());
  }

  void WriteRevision(uint64_t revision, const RevisionEntry& entry, ValueWriter& to) {
    ++revisions_;
    to.Number(revision);
    to.Flag(entry.removed != nullptr);
    to.Flag(entry.added != nullptr);
    if (entry.removed != nullptr) {
      to.Number(PlaceOf(*entry.removed));
      to.Number(entry.removed_from->size());
      for (const std::string& name : *entry.removed_from) to.Text(name);
    }
    if (entry.added != nullptr) {
      version_writer_.Write(*entry.added, to);
      versions_.push_back(entry.added->revision);
    }
  }

  void WriteNode(const PartitionContents::Node& node, ValueWriter& to) {
    to.Number(places_of_agreements_.try_emplace(node.agreement, places_of_agreements_.size()).first->second);
    to.Number(static_cast<uint64_t>(node.members));
    VisitMembers(contents_.members, node.id, [&](const NodeMember& member) {
      to.Number(PlaceOf(*member.article));
      to.Number(static_cast<uint64_t>(member.mention));
    });
    to.Number(node.ties);
    for (uint32_t i = 0; i < node.ties; ++i) {
      const PartitionContents::Tie& tie = contents_.partition.ties[next_tie_++];
      to.Number(place_of_node_.at(tie.other));
      WriteMatch(tie.match, to);
    }
    to.Number(node.apart);
    for (uint32_t i = 0; i < node.apart; ++i) {
      const PartitionContents::Apart& apart = contents_.partition.apart[next_apart_++];
      to.Number(place_of_node_.at(apart.other));
      to.Number(static_cast<uint64_t>(apart.articles));
    }
  }

  const IndexContents& contents_;
  BlockWriter& blocks_;
  VersionImageWriter version_writer_;
  uint64_t revisions_ = 0;
  std::vector<uint64_t> versions_;  // revisions of those that were written, ascending
  // Numbers without gaps.
  absl::flat_hash_map<NodeId, uint64_t> place_of_node_;
  absl::flat_hash_map<AgreementId, uint64_t> places_of_agreements_;
  size_t next_tie_ = 0;
  size_t next_apart_ = 0;
};

class ImageReader {
 public:
  // `block` without its kind.
  absl::Status Take(uint64_t kind, ValueReader from) {
    if (kind < last_kind_) return absl::DataLossError("its blocks are out of order");
    last_kind_ = kind;
    while (from.ok() && !from.at_end()) {
      switch (kind) {
        case kDictionary:
          if (!versions_reader_.AddDictionary(std::string(from.Text()))) {
            return absl::DataLossError("a dictionary cannot be used");
          }
          break;
        case kHistory:
          ReadRevision(from);
          break;
        case kNodes:
          ReadNode(from);
          break;
        case kParties:
          ReadParty(from);
          break;
        case kCounts:
          ReadCounts(from);
          break;
        default:
          return absl::DataLossError(absl::StrCat("a block is of kind ", kind));
      }
    }
    return from.ok() ? absl::OkStatus() : absl::DataLossError("its values cannot be");
  }

  absl::StatusOr<IndexContents> Finish(uint64_t revision) {
    if (!is_complete_) return absl::DataLossError("it is incomplete");
    contents_.revision = revision;
    ExtractionPacker().CountAdopted(versions_.size());
    return std::move(contents_);
  }

 private:
  void ReadRevision(ValueReader& from) {
    const uint64_t revision = from.Number();
    const bool has_removed = from.Flag();
    const bool has_added = from.Flag();
    const uint64_t* last = contents_.history.LastKey();
    if (last != nullptr && revision <= *last) return from.Fail();
    RevisionEntry entry;
    if (has_removed) ReadRemoved(from, entry);
    if (has_added) {
      entry.added = versions_reader_.Read(from);
      versions_.push_back(entry.added);
    }
    if (from.ok()) contents_.history.Set(revision, std::move(entry));
  }

  void ReadRemoved(ValueReader& from, RevisionEntry& entry) {
    const auto place = static_cast<size_t>(from.Number());
    if (place >= versions_.size()) return from.Fail();
    entry.removed = versions_[place];
    std::vector<std::string> names;
    const size_t count = from.Count();
    for (size_t i = 0; i < count && from.ok(); ++i) names.emplace_back(from.Text());
    entry.removed_from = std::make_shared<const std::vector<std::string>>(std::move(names));
  }

  void ReadNode(ValueReader& from) {
    std::vector<PartitionContents::Node>& nodes = contents_.partition.nodes;
    const auto id = static_cast<NodeId>(nodes.size());
    if (nodes.size() >= kNoNode) return from.Fail();
    PartitionContents::Node node = {.id = id};
    node.agreement = static_cast<AgreementId>(from.NumberUpTo(id));
    node.members = ReadMembers(from, id, &node.reading);
    node.ties = static_cast<uint32_t>(from.NumberUpTo(UINT32_MAX));
    for (uint32_t i = 0; i < node.ties && from.ok(); ++i) {
      const auto other = static_cast<NodeId>(from.NumberUpTo(id));
      contents_.partition.ties.push_back({other, ReadMatch(from)});
    }
    node.apart = static_cast<uint32_t>(from.NumberUpTo(UINT32_MAX));
    for (uint32_t i = 0; i < node.apart && from.ok(); ++i) {
      const auto other = static_cast<NodeId>(from.NumberUpTo(id));
      contents_.partition.apart.push_back({other, static_cast<int>(from.NumberUpTo(INT32_MAX))});
    }
    nodes.push_back(node);
  }

  // How many; `reading` is that of the first.
  int ReadMembers(ValueReader& from, NodeId node, const MentionReading** reading) {
    const auto count = static_cast<int>(from.NumberUpTo(INT32_MAX));
    for (int i = 0; i < count && from.ok(); ++i) {
      const auto place = static_cast<size_t>(from.Number());
      const auto mention = static_cast<size_t>(from.NumberUpTo(INT32_MAX));
      if (place >= versions_.size() || mention >= versions_[place]->mentions.size()) {
        from.Fail();
        break;
      }
      const ArticleVersion& article = *versions_[place];
      if (*reading == nullptr) *reading = article.mentions[mention].reading.get();
      contents_.members.Set({.node = node, .mention = static_cast<int>(mention), .article = &article}, {});
    }
    return count;
  }

  void ReadParty(ValueReader& from) {
    std::string party(from.Text());
    const auto events = static_cast<int32_t>(from.NumberUpTo(INT32_MAX));
    contents_.parties.Set(std::move(party), {.agreements = 0, .events = events});
  }

  void ReadCounts(ValueReader& from) {
    is_complete_ = from.Number() == contents_.history.size() && from.Number() == versions_.size() &&
                   from.Number() == contents_.partition.nodes.size() &&
                   from.Number() == contents_.parties.size() && from.at_end();
    if (!is_complete_) from.Fail();
  }

  IndexContents contents_;
  VersionImageReader versions_reader_;
  std::vector<std::shared_ptr<const ArticleVersion>> versions_;
  uint64_t last_kind_ = kDictionary;
  bool is_complete_ = false;
};

}  // namespace

absl::Status WriteIndexImage(const ImageIdentity& identity, const IndexContents& contents,
                             const std::function<absl::Status(absl::string_view block)>& write) {
  BlockWriter blocks(write);
  ValueWriter& to = blocks.Begin(kIdentity);
  to.Text(identity.program);
  to.Number(identity.log_id);
  to.Number(identity.revision);
  to.Text(identity.last_record);
  for (const std::string& dictionary : ExtractionPacker().dictionaries()) {
    blocks.Begin(kDictionary).Text(dictionary);
    TW_RETURN_IF_ERROR(blocks.End());
  }
  ImageWriter image(contents, blocks);
  TW_RETURN_IF_ERROR(image.WriteHistory());
  TW_RETURN_IF_ERROR(image.WriteNodes());
  TW_RETURN_IF_ERROR(image.WriteParties());
  image.WriteCounts();
  return blocks.Finish();
}

absl::StatusOr<ImageIdentity> ReadImageIdentity(absl::string_view block) {
  ValueReader from(block);
  if (from.Number() != kIdentity) return absl::DataLossError("it does not begin with its identity");
  ImageIdentity identity;
  identity.program = std::string(from.Text());
  identity.log_id = from.Number();
  identity.revision = from.Number();
  identity.last_record = std::string(from.Text());
  if (!from.ok() || !from.at_end()) return absl::DataLossError("its identity cannot be read");
  return identity;
}

absl::StatusOr<IndexContents> ReadIndexImage(
    uint64_t revision, const std::function<absl::StatusOr<std::optional<std::string>>()>& next) {
  using Block = absl::StatusOr<std::optional<std::string>>;
  // The next block is read and its checksum verified while this one is taken in.
  std::future<Block> reading = std::async(std::launch::async, next);
  ImageReader image;
  while (true) {
    TW_ASSIGN_OR_RETURN(const std::optional<std::string> block, reading.get());
    if (!block.has_value()) return image.Finish(revision);
    reading = std::async(std::launch::async, next);
    ValueReader from(*block);
    const uint64_t kind = from.Number();
    TW_RETURN_IF_ERROR(image.Take(kind, from));
  }
}

}  // namespace treatywire::query
