#include "query_service/index/record_writer.h"

#include <algorithm>
#include <utility>

#include "query_service/resolution/party_directory.h"

namespace treatywire::query {
namespace {

namespace v1 = ::treatywire::v1;

template <typename T>
std::shared_ptr<const std::vector<T>> Shared(std::vector<T> values) {
  return std::make_shared<const std::vector<T>>(std::move(values));
}

template <typename Text>
void SortUnique(std::vector<Text>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

std::vector<std::string> SeatsOfAll(const SharedTexts& parties) {
  std::vector<std::string> seats;
  for (const absl::string_view party : parties) {
    for (std::string& seat : SeatsOf(party)) seats.push_back(std::move(seat));
  }
  SortUnique(seats);
  return seats;
}

// The ids that an event takes part of: its agreement's parties and its actors.
void ReadPartiesIn(const v1::AgreementEvent& event, std::vector<absl::string_view>& parties) {
  parties.clear();
  for (const v1::PartyRef& party : event.agreement().parties()) parties.push_back(party.party_id());
  for (const v1::PartyRef& party : event.actors()) parties.push_back(party.party_id());
  std::sort(parties.begin(), parties.end());
  parties.erase(std::unique(parties.begin(), parties.end()), parties.end());
  if (!parties.empty() && parties.front().empty()) parties.erase(parties.begin());
}

bool IsNothing(int count) { return count == 0; }
template <typename Tally>
bool IsNothing(const Tally& tally) {
  return tally.is_zero();
}

// Adds each change to the tally of its key, drops what nothing is left of, and forgets the changes.
template <typename Changes, typename Tallies>
void ApplyChanges(Changes& changes, Tallies& tallies) {
  for (auto& [key, change] : changes) {
    const auto* present = tallies.Find(key);
    if (present != nullptr) change += *present;
    if (IsNothing(change)) {
      tallies.Erase(key);
    } else {
      tallies.Set(key, change);
    }
  }
  changes.clear();
}

// Every key under which the agreement is found by its parties.
template <typename Visit>
void ForEachPartyKey(AgreementId agreement, const AgreementCell& cell, const Visit& visit) {
  const std::vector<std::string> seats = SeatsOfAll(cell.keys.parties);
  for (size_t i = 0; i < seats.size(); ++i) {
    visit(PartyKey(seats[i], "", agreement));
    if (seats.size() > kMaxPairedSeats) {
      visit(PartyKey(seats[i], kManyPartners, agreement));
      continue;
    }
    for (size_t j = i + 1; j < seats.size(); ++j) visit(PartyKey(seats[i], seats[j], agreement));
  }
}

}  // namespace

void RecordWriter::Put(const std::shared_ptr<const ArticleVersion>& version) {
  RevisionEntry change;
  change.added = version;
  if (const ArticleEntry* present = state_.articles.Find(version->id())) Remove(*present, change);
  std::vector<NodeId> nodes = partition_.Add(*version);
  for (size_t i = 0; i < nodes.size(); ++i) {
    const NodeMember member = {.node = nodes[i], .mention = static_cast<int>(i), .article = version.get()};
    state_.members.Set(member, {});
    NoteFirst(member);
  }
  Count(*version, 1);
  state_.articles.Set(version->id(), {.version = version.get(), .node_list = node_lists_->Add(nodes)});
  state_.history.Set(version->revision, std::move(change));
}

void RecordWriter::Retract(uint64_t revision, absl::string_view article_id) {
  const ArticleEntry* present = state_.articles.Find(article_id);
  if (present == nullptr) return;
  RevisionEntry change;
  Remove(*present, change);
  state_.articles.Erase(article_id);
  state_.removed_at.Set(change.removed->revision, revision);
  state_.history.Set(revision, std::move(change));
}

void RecordWriter::Remove(ArticleEntry entry, RevisionEntry& change) {
  // Of the same batch: it needs an agreement's name before it goes.
  if (entry.version->revision > state_.revision) Settle(entry.version->revision);
  change.removed = state_.history.Find(entry.version->revision)->added;
  change.removed_from = AgreementNamesOf(entry);
  if (change.added != nullptr) state_.removed_at.Set(entry.version->revision, change.added->revision);
  const absl::Span<const NodeId> nodes = entry.nodes();
  for (size_t i = 0; i < nodes.size(); ++i) {
    const NodeMember member = {.node = nodes[i], .mention = static_cast<int>(i), .article = entry.version};
    state_.members.Erase(member);
    ForgetFirst(member);
  }
  partition_.Remove(*entry.version, nodes);
  for (const NodeId node : nodes) {
    if (!partition_.IsAlive(node)) state_.agreement_of_node.Erase(node);
  }
  Count(*entry.version, -1);
}

std::shared_ptr<const std::vector<std::string>> RecordWriter::AgreementNamesOf(
    const ArticleEntry& entry) const {
  std::vector<std::string> names;
  for (const NodeId node : entry.nodes())
    names.emplace_back(state_.CellOf(state_.AgreementOf(node)).name.view());
  return Shared(std::move(names));
}

void RecordWriter::CountVersion(const ArticleVersion& version, int difference) {
  const auto events = static_cast<int32_t>(version.event_count());
  if (version.publish_day) day_changes_[*version.publish_day] += difference;
  publisher_changes_[version.publisher()] += {.articles = difference, .claims = difference * events};
  state_.event_count += static_cast<uint64_t>(int64_t{difference} * events);
}

void RecordWriter::Count(const ArticleVersion& version, int difference) {
  CountVersion(version, difference);
  const std::shared_ptr<const v1::ExtractedArticle> extraction = version.Unpack();
  std::vector<absl::string_view> parties;
  for (const v1::AgreementEvent& event : extraction->events()) {
    ReadPartiesIn(event, parties);
    for (const absl::string_view party : parties) party_changes_[party].events += difference;
  }
}

void RecordWriter::SettleTallies() {
  ApplyChanges(day_changes_, state_.publish_days);
  ApplyChanges(party_changes_, state_.parties);
  ApplyChanges(publisher_changes_, state_.publishers);
}

void RecordWriter::NoteFirst(const NodeMember& member) {
  if (member.node >= firsts_.size()) firsts_.resize(member.node + 1);
  NodeMember& first = firsts_[member.node];
  if (first.article != nullptr) {
    if (!NodeMemberLess()(member, first)) return;
    earlier_firsts_.push_back(member.node);
  }
  first = member;
}

void RecordWriter::ForgetFirst(const NodeMember& member) {
  NodeMember& first = firsts_[member.node];
  if (first.article != member.article || first.mention != member.mention) return;
  lost_firsts_.push_back(member.node);
  first = FirstMember(state_.members, member.node);
  if (first.node != member.node) first = NodeMember();  // of another: this one has none left
}

void RecordWriter::Settle(uint64_t revision) {
  Follow(partition_.Settle());
  state_.revision = revision;
}

void RecordWriter::Follow(const PartitionChanges& changes) {
  for (const AgreementId gone : changes.gone) DropAgreement(gone);
  for (const AgreementId made : changes.made) EnterAgreement(made);
  for (const AgreementId grown : changes.grown) GrowAgreement(grown);
  for (const AgreementId touched : changes.touched) {
    auto cell = std::make_shared<AgreementCell>(state_.CellOf(touched));
    state_.agreements.Set(touched, std::move(cell));
  }
  FollowFirsts();
  Rename();
  SettleTallies();
}

AgreementKeys RecordWriter::KeysOf(const SharedList<NodeId>& nodes) const {
  const MentionTraits& first = partition_.TraitsOf(nodes.front());
  std::vector<absl::string_view> parties;
  std::vector<absl::string_view> bases;
  std::vector<absl::string_view> slugs;
  for (const NodeId node : nodes) {
    const MentionTraits& traits = partition_.TraitsOf(node);
    parties.insert(parties.end(), traits.parties.begin(), traits.parties.end());
    bases.insert(bases.end(), traits.bases.begin(), traits.bases.end());
    slugs.push_back(traits.slug());
  }
  SortUnique(parties);
  SortUnique(bases);
  SortUnique(slugs);
  // For the most part all mentions name the same parties, in the same order: these are shared.
  const bool same_parties =
      std::equal(parties.begin(), parties.end(), first.parties.begin(), first.parties.end());
  return {.parties = same_parties ? first.parties : SharedTexts(parties),
          .slugs = SharedList<absl::string_view>(slugs),
          .bases = SharedTexts(bases)};
}

std::shared_ptr<AgreementCell> RecordWriter::MakeCell(AgreementId agreement) const {
  auto cell = std::make_shared<AgreementCell>();
  cell->nodes = partition_.NodesOf(agreement);
  cell->keys = KeysOf(cell->nodes);
  return cell;
}

void RecordWriter::EnterAgreement(AgreementId agreement) {
  std::shared_ptr<AgreementCell> cell = MakeCell(agreement);
  for (const NodeId node : cell->nodes) state_.agreement_of_node.Set(node, agreement);
  EnterKeys(agreement, *cell);
  state_.agreements.Set(agreement, std::move(cell));
  NameAfterBestMention(agreement);
}

void RecordWriter::EnterKeys(AgreementId agreement, const AgreementCell& cell) {
  for (const absl::string_view slug : cell.keys.slugs) state_.by_slug.Set(TextKey::Of(slug, agreement), {});
  for (const absl::string_view base : cell.keys.bases) state_.by_base.Set(TextKey::Of(base, agreement), {});
  ForEachPartyKey(agreement, cell, [&](const TextKey& key) { state_.by_party.Set(key, {}); });
  for (const absl::string_view party : cell.keys.parties) ++party_changes_[party].agreements;
}

void RecordWriter::DropKeys(AgreementId agreement, const AgreementCell& cell) {
  for (const absl::string_view slug : cell.keys.slugs) state_.by_slug.Erase(TextKey::Of(slug, agreement));
  for (const absl::string_view base : cell.keys.bases) state_.by_base.Erase(TextKey::Of(base, agreement));
  ForEachPartyKey(agreement, cell, [&](const TextKey& key) { state_.by_party.Erase(key); });
  for (const absl::string_view party : cell.keys.parties) --party_changes_[party].agreements;
}

// What more mentions say of it is for the most part what was said before: the keys stay then, and are shared.
void RecordWriter::GrowAgreement(AgreementId agreement) {
  std::shared_ptr<AgreementCell> cell = MakeCell(agreement);
  const std::shared_ptr<const AgreementCell> before = *state_.agreements.Find(agreement);
  cell->name = before->name;
  for (const NodeId node : cell->nodes) {
    if (std::binary_search(before->nodes.begin(), before->nodes.end(), node)) continue;
    state_.agreement_of_node.Set(node, agreement);
    NameAfterBetter(agreement, node);
  }
  if (cell->keys == before->keys) {
    cell->keys = before->keys;
  } else {
    DropKeys(agreement, *before);
    EnterKeys(agreement, *cell);
  }
  state_.agreements.Set(agreement, std::move(cell));
}

void RecordWriter::DropAgreement(AgreementId agreement) {
  const std::shared_ptr<const AgreementCell> cell = *state_.agreements.Find(agreement);
  DropKeys(agreement, *cell);
  state_.by_name.Erase(cell->name);
  state_.agreements.Erase(agreement);
  names_.Remove(agreement);
}

// The mention that NamingMember would choose, without going through all of them.
void RecordWriter::NameAfterBestMention(AgreementId agreement) {
  std::vector<AgreementMember> firsts;
  for (const NodeId node : partition_.NodesOf(agreement)) {
    firsts.push_back({firsts_[node].article, firsts_[node].mention});
  }
  const AgreementMember& best = NamingMember(firsts);
  names_.Set(agreement, best.get(), *best.article);
}

void RecordWriter::NameAfterBetter(AgreementId agreement, NodeId node) {
  const AgreementMember members[] = {names_.NamesakeOf(agreement),
                                     {firsts_[node].article, firsts_[node].mention}};
  const AgreementMember& best = NamingMember(members);
  names_.Set(agreement, best.get(), *best.article);
}

// What an agreement is named after is the first mention of one of its nodes. While these only get earlier
// ones, the best of them is one that it is named after already or a new one.
void RecordWriter::FollowFirsts() {
  for (const NodeId node : earlier_firsts_) {
    if (partition_.IsAlive(node)) NameAfterBetter(partition_.AgreementOf(node), node);
  }
  for (const NodeId node : lost_firsts_) {
    if (partition_.IsAlive(node)) NameAfterBestMention(partition_.AgreementOf(node));
  }
  earlier_firsts_.clear();
  lost_firsts_.clear();
}

void RecordWriter::Rename() {
  std::vector<std::pair<AgreementId, std::string>> renamed = names_.Settle();
  std::erase_if(renamed, [&](const auto& of) { return state_.CellOf(of.first).name.view() == of.second; });
  for (const auto& [agreement, name] : renamed) {
    if (const SharedText old = state_.CellOf(agreement).name; !old.empty()) state_.by_name.Erase(old);
  }
  for (const auto& [agreement, name] : renamed) {
    auto cell = std::make_shared<AgreementCell>(state_.CellOf(agreement));
    cell->name = SharedText(name);
    state_.by_name.Set(cell->name, agreement);
    state_.agreements.Set(agreement, std::move(cell));
  }
}

}  // namespace treatywire::query
