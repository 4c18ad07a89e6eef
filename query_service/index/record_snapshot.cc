#include "query_service/index/record_snapshot.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/wire_field.h"
#include "query_service/index/agreement_selection.h"
#include "query_service/index/event_changes.h"
#include "query_service/index/event_selection.h"
#include "query_service/index/name_lookup.h"
#include "query_service/index/record_rendering.h"
#include "query_service/index/source_query.h"
#include "query_service/index/succession_links.h"
#include "query_service/index/timeline_query.h"
#include "query_service/resolution/party_directory.h"

namespace treatywire::query {
namespace {

namespace v1 = ::treatywire::v1;

absl::Status UnknownAgreement(absl::string_view name) {
  return absl::NotFoundError(absl::StrCat("no agreement has or had the name ", name));
}

// The cell of the agreement of an event of an article in force.
const AgreementCell& CellOfEvent(const RecordState& state, const ArticleVersion& article, int event_index) {
  const ArticleEntry& entry = *state.articles.Find(article.id());
  const int mention = article.mention_of_event[static_cast<size_t>(event_index)];
  return state.CellOf(state.AgreementOf(entry.nodes()[static_cast<size_t>(mention)]));
}

const AgreementCell& CellOfPlace(const RecordState& state, const EventPlace& place) {
  return place.agreement != kNoAgreement ? state.CellOf(place.agreement)
                                         : CellOfEvent(state, *place.article, place.event_index);
}

v1::EventRecord RenderEventRecord(const RecordState& state, const EventPlace& place) {
  const AgreementCell& cell = CellOfPlace(state, place);
  v1::EventRecord record;
  *record.mutable_claim() = RenderClaim(state, cell, *place.article, place.event_index);
  record.set_agreement(std::string(cell.name.view()));
  record.set_revision(place.article->revision);
  record.set_entry(EntryOfEvent(state, cell, *place.article, place.event_index));
  return record;
}

// The same in wire form, with the claim as its agreement has it ready.
std::string WireEventRecord(const RecordState& state, const EventPlace& place) {
  const AgreementCell& cell = CellOfPlace(state, place);
  const ResolvedAgreement& agreement = state.Resolved(cell);
  const ClaimPlace* claim = cell.lazy->FindClaim(place.article, place.event_index);
  if (claim == nullptr) return RenderEventRecord(state, place).SerializeAsString();
  std::string wire;
  const absl::string_view bytes = cell.rendering->Entries(cell, agreement)[claim->act].claim(claim->claim);
  wire.reserve(bytes.size() + cell.name.view().size() + 24);
  AppendField(v1::EventRecord::kClaimFieldNumber, bytes, &wire);
  AppendField(v1::EventRecord::kAgreementFieldNumber, cell.name.view(), &wire);
  AppendField(v1::EventRecord::kRevisionFieldNumber, place.article->revision, &wire);
  AppendField(v1::EventRecord::kEntryFieldNumber, EntryName(cell, agreement.acts[claim->act]), &wire);
  return wire;
}

// The events of the page; `total_size` of all pages.
std::vector<EventPlace> EventsOfPage(const RecordState& state, const v1::EventFilter& filter, PageOf page,
                                     size_t* total_size) {
  if (filter.ByteSizeLong() == 0) {
    *total_size = state.event_count;
    return EventsInForce(state, page.offset, page.size);
  }
  std::vector<EventPlace> places = EventSelection(state, filter).Find();
  *total_size = places.size();
  places.erase(places.begin(), places.begin() + static_cast<ptrdiff_t>(std::min(page.offset, places.size())));
  places.resize(std::min(page.size, places.size()));
  return places;
}

// A page of items that are made for it.
WirePage OwnedPage(std::vector<std::string> items, size_t total_size) {
  auto owned = std::make_shared<const std::vector<std::string>>(std::move(items));
  WirePage page = {.items = {owned->begin(), owned->end()}, .total_size = total_size, .owners = {}};
  page.owners.push_back(std::move(owned));
  return page;
}

v1::Party RenderParty(const RecordState& state, absl::string_view party_id) {
  PartyDescription description = DescribeParty(party_id);
  v1::Party party;
  party.set_name(absl::StrCat("parties/", party_id));
  party.set_party_id(std::move(description.party_id));
  party.set_display_name(std::move(description.display_name));
  party.set_kind(description.kind);
  for (std::string& id : description.successors) party.add_successors(std::move(id));
  for (std::string& id : description.predecessors) party.add_predecessors(std::move(id));
  if (const PartyTally* tally = state.parties.Find(party_id)) {
    party.set_agreement_count(tally->agreements);
    party.set_event_count(tally->events);
  }
  return party;
}

// Ids of the parties that share an agreement with `partner`.
std::set<std::string> PartnersOf(const RecordState& state, absl::string_view partner) {
  std::set<std::string> partners;
  const PartySelection selection({std::string(partner)}, v1::PARTY_MATCH_ANY);
  for (const AgreementId agreement : selection.Find(state)) {
    for (const absl::string_view party : state.CellOf(agreement).keys.parties) {
      if (!SharesSeat(party, partner)) partners.emplace(party);
    }
  }
  return partners;
}

bool IsByName(v1::AgreementOrder order) {
  return order == v1::AGREEMENT_ORDER_UNSPECIFIED || order == v1::AGREEMENT_ORDER_NAME;
}

bool IsNewest(const v1::AsOf& as_of) { return as_of.valid_at().empty() && as_of.known_at().empty(); }

// Calls `visit` with each agreement of the page; returns how many the filter selects.
template <typename Visit>
size_t VisitAgreements(const Moment& moment, const v1::AgreementFilter& filter, v1::AgreementOrder order,
                       PageOf page, const Visit& visit) {
  const RecordState& state = *moment.state;
  const AgreementSelection selection(filter);
  if (selection.selects_all() && IsByName(order)) {
    size_t visited = 0;
    state.by_name.VisitFromOffset(page.offset, [&](const SharedText&, AgreementId agreement) {
      if (visited++ == page.size) return false;
      visit(state.CellOf(agreement));
      return true;
    });
    return state.by_name.size();
  }
  std::vector<const AgreementCell*> cells = selection.Find(moment);
  OrderAgreements(state, order, cells);
  for (size_t i = page.offset; i < cells.size() && i - page.offset < page.size; ++i) visit(*cells[i]);
  return cells.size();
}

// A page with room for as many agreements as `page` can have.
WirePage RoomFor(PageOf page, const RecordState& state) {
  WirePage found;
  const size_t most = std::min(page.size, state.by_name.size());
  found.items.reserve(most);
  found.owners.reserve(most);
  return found;
}

void Add(std::shared_ptr<const std::string> wire, WirePage& page) {
  page.items.emplace_back(*wire);
  page.owners.push_back(std::move(wire));
}

// A page of whole fields that end there in `wire`.
WirePage FramedPage(std::shared_ptr<const std::string> wire, const std::vector<size_t>& ends,
                    size_t total_size) {
  WirePage page = {.items = {}, .framed = true, .total_size = total_size, .owners = {}};
  page.items.reserve(ends.size());
  size_t begin = 0;
  for (const size_t end : ends) {
    page.items.push_back(absl::string_view(*wire).substr(begin, end - begin));
    begin = end;
  }
  page.owners.push_back(std::move(wire));
  return page;
}

bool IsInPage(size_t index, PageOf page) { return index >= page.offset && index - page.offset < page.size; }

}  // namespace

RecordSnapshot::HeldMoment RecordSnapshot::At(const v1::AsOf& as_of) const {
  HeldMoment held;
  held.moment.state = &state_;
  if (const std::optional<Day> known_at = ParseDay(as_of.known_at())) {
    held.held = shared_->known.Get(state_, *known_at);
    held.moment.state = held.held.get();
  }
  held.moment.valid_at = ParseDay(as_of.valid_at());
  return held;
}

absl::StatusOr<v1::Agreement> RecordSnapshot::GetAgreement(absl::string_view name, v1::View view,
                                                           const v1::AsOf& as_of) const {
  const HeldMoment at = At(as_of);
  const AgreementId agreement = FindAgreement(*at.moment.state, name);
  if (agreement == kNoAgreement) return UnknownAgreement(name);
  return RenderAgreement(at.moment, at.moment.state->CellOf(agreement), view);
}

absl::StatusOr<std::string> RecordSnapshot::GetAgreementWire(absl::string_view name, v1::View view,
                                                             const v1::AsOf& as_of) const {
  const HeldMoment at = At(as_of);
  const AgreementId agreement = FindAgreement(*at.moment.state, name);
  if (agreement == kNoAgreement) return UnknownAgreement(name);
  return WireAgreement(at.moment, at.moment.state->CellOf(agreement), view);
}

Page<v1::Agreement> RecordSnapshot::ListAgreements(const v1::AgreementFilter& filter,
                                                   v1::AgreementOrder order, v1::View view,
                                                   const v1::AsOf& as_of, PageOf page) const {
  const HeldMoment at = At(as_of);
  Page<v1::Agreement> agreements;
  agreements.total_size = VisitAgreements(at.moment, filter, order, page, [&](const AgreementCell& cell) {
    agreements.items.push_back(RenderAgreement(at.moment, cell, view));
  });
  return agreements;
}

WirePage RecordSnapshot::ListAgreementsWire(const v1::AgreementFilter& filter, v1::AgreementOrder order,
                                            v1::View view, const v1::AsOf& as_of, PageOf page) const {
  const HeldMoment at = At(as_of);
  WirePage found = RoomFor(page, *at.moment.state);
  found.total_size = VisitAgreements(at.moment, filter, order, page, [&](const AgreementCell& cell) {
    Add(view == v1::VIEW_BASIC ? WireHead(at.moment, cell, /*full=*/false)
                               : std::make_shared<const std::string>(WireAgreement(at.moment, cell, view)),
        found);
  });
  return found;
}

bool RecordSnapshot::IsAgreementReady(absl::string_view name, v1::View view, const v1::AsOf& as_of) const {
  if (!IsNewest(as_of)) return false;
  const AgreementId* agreement = state_.by_name.Find(name);
  return agreement != nullptr &&
         state_.CellOf(*agreement)
             .rendering->IsReady(state_.revision, state_.LastDay(), view != v1::VIEW_BASIC);
}

std::optional<WirePage> RecordSnapshot::ListAgreementsIfReady(const v1::AgreementFilter& filter,
                                                              v1::AgreementOrder order, v1::View view,
                                                              const v1::AsOf& as_of, PageOf page) const {
  constexpr size_t kMaxBytes = 1 << 20;  // more takes a while to copy
  if (!IsNewest(as_of) || !IsByName(order) || filter.ByteSizeLong() != 0) return std::nullopt;
  const size_t most = std::min(page.size, state_.by_name.size());
  const size_t usual_bytes = view == v1::VIEW_BASIC ? 1024 : 4096;  // of an agreement
  const auto wire = std::make_shared<std::string>();
  wire->reserve(std::min(most * usual_bytes, kMaxBytes));
  std::vector<size_t> ends;
  ends.reserve(most);
  bool is_ready = true;
  state_.by_name.VisitFromOffset(page.offset, [&](const SharedText&, AgreementId agreement) {
    if (ends.size() == page.size) return false;
    is_ready = AppendAgreementIfReady(state_, state_.CellOf(agreement), view,
                                      v1::ListAgreementsResponse::kAgreementsFieldNumber, wire.get()) &&
               wire->size() <= kMaxBytes;
    ends.push_back(wire->size());
    return is_ready;
  });
  if (!is_ready) return std::nullopt;
  return FramedPage(wire, ends, state_.by_name.size());
}

bool RecordSnapshot::IsTimelineReady(const v1::GetTimelineRequest& request, PageOf page) const {
  constexpr size_t kMaxEntries = 100;  // more takes a while to copy
  if (!IsNewest(request.as_of()) || request.agreement().empty() || page.size > kMaxEntries) return false;
  const AgreementId* agreement = state_.by_name.Find(request.agreement());
  return agreement != nullptr && state_.CellOf(*agreement).rendering->HasEntries();
}

Page<v1::SearchHit> RecordSnapshot::SearchAgreements(absl::string_view query,
                                                     const v1::AgreementFilter& filter, const v1::AsOf& as_of,
                                                     PageOf page) const {
  const HeldMoment at = At(as_of);
  return shared_->search.Find(state_, at.moment, query, filter, page);
}

absl::StatusOr<Page<v1::Conflict>> RecordSnapshot::ListConflicts(absl::string_view agreement,
                                                                 const v1::AgreementFilter& filter,
                                                                 absl::Span<const v1::ConflictKind> kinds,
                                                                 const v1::AsOf& as_of, PageOf page) const {
  const HeldMoment at = At(as_of);
  const RecordState& state = *at.moment.state;
  const AgreementSelection selection(filter);
  std::vector<const AgreementCell*> cells;
  if (agreement.empty()) {
    cells = selection.Find(at.moment);
  } else {
    const AgreementId id = FindAgreement(state, agreement);
    if (id == kNoAgreement) return UnknownAgreement(agreement);
    if (selection.Selects(at.moment, state.CellOf(id))) cells.push_back(&state.CellOf(id));
  }
  Page<v1::Conflict> conflicts;
  for (const AgreementCell* cell : cells) {
    const ResolvedAgreement& resolved = state.Resolved(*cell);
    for (const ActConflict& conflict : resolved.conflicts) {
      if (!kinds.empty() && std::find(kinds.begin(), kinds.end(), conflict.kind) == kinds.end()) continue;
      if (IsInPage(conflicts.total_size++, page)) {
        conflicts.items.push_back(RenderConflict(*cell, resolved, conflict));
      }
    }
  }
  return conflicts;
}

absl::StatusOr<v1::Party> RecordSnapshot::GetParty(absl::string_view party_id, const v1::AsOf& as_of) const {
  const HeldMoment at = At(as_of);
  if (!at.moment.state->parties.Contains(party_id) && !IsListedParty(party_id)) {
    return absl::NotFoundError(absl::StrCat("party ", party_id, " is unknown"));
  }
  v1::Party party = RenderParty(*at.moment.state, party_id);
  for (v1::SuccessionLink& link : FindSuccessionLinks(*at.moment.state, party_id)) {
    *party.add_succession_links() = std::move(link);
  }
  return party;
}

Page<v1::Party> RecordSnapshot::ListParties(absl::Span<const v1::PartyKind> kinds, absl::string_view partner,
                                            const v1::AsOf& as_of, PageOf page) const {
  const HeldMoment at = At(as_of);
  const RecordState& state = *at.moment.state;
  const std::set<std::string> partners =
      partner.empty() ? std::set<std::string>() : PartnersOf(state, partner);
  Page<v1::Party> parties;
  state.parties.VisitAll([&](const std::string& id, const PartyTally&) {
    if (!partner.empty() && !partners.contains(id)) return;
    if (!kinds.empty() && std::find(kinds.begin(), kinds.end(), DescribeParty(id).kind) == kinds.end())
      return;
    if (IsInPage(parties.total_size++, page)) parties.items.push_back(RenderParty(state, id));
  });
  return parties;
}

absl::StatusOr<Page<v1::TimelineEntry>> RecordSnapshot::GetTimeline(const v1::GetTimelineRequest& request,
                                                                    PageOf page) const {
  const HeldMoment at = At(request.as_of());
  return FindTimeline(at.moment, request, page);
}

absl::StatusOr<WirePage> RecordSnapshot::GetTimelineWire(const v1::GetTimelineRequest& request,
                                                         PageOf page) const {
  const HeldMoment at = At(request.as_of());
  return FindTimelineWire(at.moment, request, page);
}

Page<v1::EventRecord> RecordSnapshot::ListEvents(const v1::EventFilter& filter, const v1::AsOf& as_of,
                                                 PageOf page) const {
  const HeldMoment at = At(as_of);
  Page<v1::EventRecord> events;
  for (const EventPlace& place : EventsOfPage(*at.moment.state, filter, page, &events.total_size)) {
    events.items.push_back(RenderEventRecord(*at.moment.state, place));
  }
  return events;
}

WirePage RecordSnapshot::ListEventsWire(const v1::EventFilter& filter, const v1::AsOf& as_of,
                                        PageOf page) const {
  const HeldMoment at = At(as_of);
  std::vector<std::string> items;
  size_t total_size = 0;
  for (const EventPlace& place : EventsOfPage(*at.moment.state, filter, page, &total_size)) {
    items.push_back(WireEventRecord(*at.moment.state, place));
  }
  return OwnedPage(std::move(items), total_size);
}

absl::StatusOr<v1::GetArticleResponse> RecordSnapshot::GetArticle(absl::string_view name) const {
  const ArticleEntry* entry = state_.articles.Find(absl::StripPrefix(name, "articles/"));
  if (entry == nullptr || entry->version->name() != name) {
    return absl::NotFoundError(absl::StrCat("no article has the name ", name));
  }
  v1::GetArticleResponse response;
  *response.mutable_article() = RenderArticle(*entry->version);
  for (int i = 0; i < entry->version->extraction().events_size(); ++i) {
    const AgreementCell& cell = CellOfEvent(state_, *entry->version, i);
    v1::ArticleEvent& event = *response.add_events();
    *event.mutable_claim() = RenderClaim(state_, cell, *entry->version, i);
    event.set_agreement(std::string(cell.name.view()));
    event.set_entry(EntryOfEvent(state_, cell, *entry->version, i));
  }
  response.set_revision(state_.revision);
  return response;
}

Page<v1::ArticleRecord> RecordSnapshot::ListArticles(const v1::ListArticlesRequest& request,
                                                     PageOf page) const {
  Page<v1::ArticleRecord> articles;
  const AgreementId agreement =
      request.agreement().empty() ? kNoAgreement : FindAgreement(state_, request.agreement());
  if (!request.agreement().empty() && agreement == kNoAgreement) return articles;
  const DaySpan published = SpanOf(request.published());
  const auto is_asked = [&](const ArticleEntry& entry) {
    const ArticleVersion& article = *entry.version;
    const auto& publishers = request.publishers();
    if (!publishers.empty() &&
        std::find(publishers.begin(), publishers.end(), article.publisher()) == publishers.end()) {
      return false;
    }
    if (request.has_published() &&
        (!article.publish_day || !published.Contains({*article.publish_day, *article.publish_day}))) {
      return false;
    }
    const absl::Span<const NodeId> nodes = entry.nodes();
    return agreement == kNoAgreement || std::any_of(nodes.begin(), nodes.end(), [&](NodeId node) {
             return state_.AgreementOf(node) == agreement;
           });
  };
  state_.articles.VisitAll([&](absl::string_view, const ArticleEntry& entry) {
    if (is_asked(entry) && IsInPage(articles.total_size++, page)) {
      articles.items.push_back(RenderArticle(*entry.version));
    }
  });
  return articles;
}

Page<v1::Source> RecordSnapshot::ListSources(const v1::AsOf& as_of, PageOf page) const {
  const HeldMoment at = At(as_of);
  return FindSources(*at.moment.state, page);
}

std::vector<v1::EventChange> RecordSnapshot::ChangesAt(uint64_t revision) const {
  return FindChanges(state_, revision);
}

bool RecordSnapshot::Selects(const v1::EventFilter& filter, const v1::EventRecord& event) const {
  return EventSelection(state_, filter).Selects(event);
}

bool RecordSnapshot::KnowsParty(absl::string_view party_id) const {
  return state_.parties.Contains(party_id) || IsListedParty(party_id);
}

}  // namespace treatywire::query
