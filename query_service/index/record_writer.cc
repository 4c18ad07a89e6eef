#include "query_service/index/record_writer.h"

#include <algorithm>
#include <set>
#include <utility>

#include "query_service/resolution/party_directory.h"

namespace treatywire::query {
namespace {

namespace v1 = ::treatywire::v1;

template <typename T>
std::shared_ptr<const std::vector<T>> Shared(std::vector<T> values) {
  return std::make_shared<const std::vector<T>>(std::move(values));
}

void SortUnique(std::vector<std::string>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

std::vector<std::string> SeatsOfAll(const std::vector<std::string>& parties) {
  std::vector<std::string> seats;
  for (const std::string& party : parties) {
    for (std::string& seat : SeatsOf(party)) seats.push_back(std::move(seat));
  }
  SortUnique(seats);
  return seats;
}

// The ids that an event takes part of: its agreement's parties and its actors.
std::set<absl::string_view> PartiesIn(const v1::AgreementEvent& event) {
  std::set<absl::string_view> parties;
  for (const v1::PartyRef& party : event.agreement().parties()) parties.insert(party.party_id());
  for (const v1::PartyRef& party : event.actors()) parties.insert(party.party_id());
  parties.erase("");
  return parties;
}

// Adds to the tally of `key` and drops it when nothing is left of it.
template <typename Tally, typename Change>
void ChangeTally(OrderedMap<std::string, Tally, std::less<>>& tallies, absl::string_view key,
                 const Change& change) {
  const Tally* found = tallies.Find(key);
  Tally tally = found != nullptr ? *found : Tally{};
  change(tally);
  if (tally.is_zero()) {
    tallies.Erase(key);
  } else {
    tallies.Set(std::string(key), tally);
  }
}

// Every key under which the agreement is found by its parties.
template <typename Visit>
void ForEachPartyKey(AgreementId agreement, const AgreementCell& cell, const Visit& visit) {
  const std::vector<std::string> seats = SeatsOfAll(*cell.parties);
  for (size_t i = 0; i < seats.size(); ++i) {
    visit(PartyKey{seats[i], "", agreement});
    if (seats.size() > kMaxPairedSeats) {
      visit(PartyKey{seats[i], std::string(kManyPartners), agreement});
      continue;
    }
    for (size_t j = i + 1; j < seats.size(); ++j) visit(PartyKey{seats[i], seats[j], agreement});
  }
}

template <typename Visit>
void ForEachBase(const AgreementCell& cell, const Visit& visit) {
  if (cell.bases == nullptr) return;
  for (const std::string& base : *cell.bases) visit(base);
}

}  // namespace

void RecordWriter::Put(std::shared_ptr<const ArticleVersion> version) {
  RevisionEntry change;
  change.added = version;
  if (const ArticleEntry* present = state_.articles.Find(version->id())) Remove(*present, change);
  std::vector<NodeId> nodes = partition_.Add(*version);
  for (size_t i = 0; i < nodes.size(); ++i) {
    state_.members.Set({.node = nodes[i], .article = version.get(), .mention = static_cast<int>(i)}, {});
  }
  Count(*version, 1);
  const uint64_t revision = version->revision;
  std::string id(version->id());
  state_.articles.Set(std::move(id), {std::move(version), Shared(std::move(nodes))});
  state_.history.Set(revision, std::move(change));
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
  change.removed = entry.version;
  change.removed_from = AgreementNamesOf(entry);
  if (change.added != nullptr) state_.removed_at.Set(entry.version->revision, change.added->revision);
  for (size_t i = 0; i < entry.nodes->size(); ++i) {
    state_.members.Erase(NodeMember{
        .node = (*entry.nodes)[i], .article = entry.version.get(), .mention = static_cast<int>(i)});
  }
  partition_.Remove(*entry.version, *entry.nodes);
  for (const NodeId node : *entry.nodes) {
    if (!partition_.IsAlive(node)) state_.agreement_of_node.Erase(node);
  }
  Count(*entry.version, -1);
}

std::shared_ptr<const std::vector<std::string>> RecordWriter::AgreementNamesOf(
    const ArticleEntry& entry) const {
  std::vector<std::string> names;
  for (const NodeId node : *entry.nodes) names.push_back(state_.CellOf(state_.AgreementOf(node)).name);
  return Shared(std::move(names));
}

void RecordWriter::Count(const ArticleVersion& version, int difference) {
  CountPublishDay(version, difference);
  const std::shared_ptr<const v1::ExtractedArticle> extraction = version.Unpack();
  for (const v1::AgreementEvent& event : extraction->events()) {
    for (const absl::string_view party : PartiesIn(event)) {
      ChangeTally(state_.parties, party, [&](PartyTally& tally) { tally.events += difference; });
    }
  }
  ChangeTally(state_.publishers, version.publisher, [&](PublisherTally& tally) {
    tally.articles += difference;
    tally.claims += difference * static_cast<int32_t>(version.event_count());
  });
  state_.event_count +=
      static_cast<uint64_t>(static_cast<int64_t>(difference) * static_cast<int64_t>(version.event_count()));
}

void RecordWriter::CountPublishDay(const ArticleVersion& version, int difference) {
  if (!version.publish_day) return;
  const int* present = state_.publish_days.Find(*version.publish_day);
  const int count = (present != nullptr ? *present : 0) + difference;
  if (count == 0) {
    state_.publish_days.Erase(*version.publish_day);
  } else {
    state_.publish_days.Set(*version.publish_day, count);
  }
}

void RecordWriter::Settle(uint64_t revision) {
  const PartitionChanges changes = partition_.Settle();
  for (const AgreementId gone : changes.gone) DropAgreement(gone);
  for (const AgreementId made : changes.made) EnterAgreement(made);
  for (const AgreementId touched : changes.touched) {
    auto cell = std::make_shared<AgreementCell>(state_.CellOf(touched));
    cell->lazy = std::make_shared<const LazyAgreement>();
    cell->rendering = std::make_shared<const LazyRendering>();
    state_.agreements.Set(touched, std::move(cell));
    NameAfterBestMention(touched);
  }
  Rename();
  state_.revision = revision;
}

void RecordWriter::EnterAgreement(AgreementId agreement) {
  const std::vector<NodeId>& nodes = partition_.NodesOf(agreement);
  std::vector<std::string> parties;
  std::vector<std::string> slugs;
  std::vector<std::string> bases;
  for (const NodeId node : nodes) {
    const MentionTraits& traits = partition_.TraitsOf(node);
    parties.insert(parties.end(), traits.parties.begin(), traits.parties.end());
    slugs.push_back(traits.slug);
    bases.insert(bases.end(), traits.bases.begin(), traits.bases.end());
    state_.agreement_of_node.Set(node, agreement);
  }
  SortUnique(parties);
  SortUnique(slugs);
  SortUnique(bases);
  auto cell = std::make_shared<AgreementCell>();
  cell->nodes = Shared(nodes);
  cell->parties = Shared(std::move(parties));
  cell->slugs = Shared(std::move(slugs));
  if (!bases.empty()) cell->bases = Shared(std::move(bases));
  cell->lazy = std::make_shared<const LazyAgreement>();
  cell->rendering = std::make_shared<const LazyRendering>();
  for (const std::string& slug : *cell->slugs) state_.by_slug.Set({slug, agreement}, {});
  ForEachBase(*cell, [&](const std::string& base) { state_.by_base.Set({base, agreement}, {}); });
  ForEachPartyKey(agreement, *cell, [&](PartyKey key) { state_.by_party.Set(std::move(key), {}); });
  for (const std::string& party : *cell->parties) {
    ChangeTally(state_.parties, party, [](PartyTally& tally) { ++tally.agreements; });
  }
  state_.agreements.Set(agreement, std::move(cell));
  NameAfterBestMention(agreement);
}

void RecordWriter::DropAgreement(AgreementId agreement) {
  const std::shared_ptr<const AgreementCell> cell = *state_.agreements.Find(agreement);
  for (const std::string& slug : *cell->slugs) state_.by_slug.Erase(std::pair(slug, agreement));
  ForEachBase(*cell, [&](const std::string& base) { state_.by_base.Erase(std::pair(base, agreement)); });
  ForEachPartyKey(agreement, *cell, [&](const PartyKey& key) { state_.by_party.Erase(key); });
  for (const std::string& party : *cell->parties) {
    ChangeTally(state_.parties, party, [](PartyTally& tally) { --tally.agreements; });
  }
  state_.by_name.Erase(cell->name);
  state_.agreements.Erase(agreement);
  names_.Remove(agreement);
}

// The mention that NamingMember would choose, without going through all of them.
void RecordWriter::NameAfterBestMention(AgreementId agreement) {
  std::vector<AgreementMember> firsts;
  for (const NodeId node : partition_.NodesOf(agreement)) {
    const NodeMember first = FirstMember(state_.members, node);
    firsts.push_back({first.article, first.mention});
  }
  const AgreementMember& best = NamingMember(firsts);
  names_.Set(agreement, best.get(), *best.article);
}

void RecordWriter::Rename() {
  const std::vector<std::pair<AgreementId, std::string>> renamed = names_.Settle();
  for (const auto& [agreement, name] : renamed) {
    if (const std::string& old = state_.CellOf(agreement).name; !old.empty()) state_.by_name.Erase(old);
  }
  for (const auto& [agreement, name] : renamed) {
    auto cell = std::make_shared<AgreementCell>(state_.CellOf(agreement));
    cell->name = name;
    cell->rendering = std::make_shared<const LazyRendering>();
    state_.agreements.Set(agreement, std::move(cell));
    state_.by_name.Set(name, agreement);
  }
}

}  // namespace treatywire::query
