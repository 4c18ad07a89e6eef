#include "query_service/index/event_selection.h"

#include <algorithm>
#include <tuple>

#include "query_service/index/name_lookup.h"
#include "query_service/resolution/party_directory.h"

namespace treatywire::query {
namespace {

namespace v1 = ::treatywire::v1;

template <typename Alternatives, typename Value>
bool IsOneOf(const Alternatives& alternatives, const Value& value) {
  return alternatives.empty() ||
         std::find(alternatives.begin(), alternatives.end(), value) != alternatives.end();
}

bool IsDoneByOneOf(const v1::AgreementEvent& event,
                   const google::protobuf::RepeatedPtrField<std::string>& actors) {
  if (actors.empty()) return true;
  return std::any_of(event.actors().begin(), event.actors().end(), [&](const v1::PartyRef& actor) {
    return std::any_of(actors.begin(), actors.end(),
                       [&](const std::string& wanted) { return SharesSeat(wanted, actor.party_id()); });
  });
}

std::optional<Day> PublishDayOf(const v1::Claim& claim) {
  if (!claim.has_publish_time()) return std::nullopt;
  return DayOfSeconds(claim.publish_time().seconds());
}

// Calls `visit` with every version in force, by revision, until it returns false.
template <typename Visit>
void VisitArticlesInForce(const RecordState& state, const Visit& visit) {
  state.history.VisitFromOffset(0, [&](uint64_t revision, const RevisionEntry& entry) {
    if (entry.added == nullptr || state.removed_at.Contains(revision)) return true;
    return visit(*entry.added);
  });
}

}  // namespace

// The events of an article, unpacked once if one is asked for.
class EventSelection::ArticleEvents {
 public:
  explicit ArticleEvents(const ArticleVersion& version) : version_(version) {}

  const ArticleVersion& version() const { return version_; }
  const v1::AgreementEvent& Get(int event) {
    if (extraction_ == nullptr) extraction_ = version_.Unpack();
    return extraction_->events(event);
  }

 private:
  const ArticleVersion& version_;
  std::shared_ptr<const v1::ExtractedArticle> extraction_;
};

EventSelection::EventSelection(const RecordState& state, const v1::EventFilter& filter)
    : state_(state),
      filter_(filter),
      parties_(filter.parties(), filter.party_match()),
      date_(SpanOf(filter.date())),
      published_(SpanOf(filter.published())) {
  for (const std::string& name : filter.agreements()) {
    const AgreementId agreement = FindAgreement(state, name);
    if (agreement != kNoAgreement) agreements_.push_back(agreement);
  }
  std::sort(agreements_.begin(), agreements_.end());
  agreements_.erase(std::unique(agreements_.begin(), agreements_.end()), agreements_.end());
}

bool EventSelection::SelectsAgreement(AgreementId agreement) const {
  if (!filter_.agreements().empty() &&
      !std::binary_search(agreements_.begin(), agreements_.end(), agreement)) {
    return false;
  }
  return parties_.empty() || parties_.Selects(state_.CellOf(agreement).keys.parties);
}

bool EventSelection::SelectsFacts(const EventFacts& facts, absl::string_view publisher,
                                  std::optional<Day> publish_day) const {
  if (!IsOneOf(filter_.types(), facts.type()) || !IsOneOf(filter_.modalities(), facts.modality()))
    return false;
  if (filter_.has_date() && !(facts.days() != nullptr && facts.days()->Intersects(date_))) return false;
  if (!IsOneOf(filter_.publishers(), publisher)) return false;
  return !filter_.has_published() || (publish_day && published_.Contains({*publish_day, *publish_day}));
}

bool EventSelection::SelectsEvent(ArticleEvents& article, int event) const {
  const ArticleVersion& version = article.version();
  if (!SelectsFacts(version.facts[static_cast<size_t>(event)], version.publisher(), version.publish_day))
    return false;
  return filter_.actors().empty() || IsDoneByOneOf(article.Get(event), filter_.actors());
}

bool EventSelection::Selects(const v1::EventRecord& record) const {
  const v1::Claim& claim = record.claim();
  if (!SelectsFacts(FactsOf(claim.event()), claim.publisher(), PublishDayOf(claim)) ||
      !IsDoneByOneOf(claim.event(), filter_.actors())) {
    return false;
  }
  if (filter_.agreements().empty() && parties_.empty()) return true;
  const AgreementId agreement = FindAgreement(state_, record.agreement());
  if (agreement != kNoAgreement) return SelectsAgreement(agreement);
  if (!filter_.agreements().empty() && !IsOneOf(filter_.agreements(), record.agreement())) return false;
  std::vector<absl::string_view> parties;
  for (const v1::PartyRef& party : claim.event().agreement().parties()) parties.push_back(party.party_id());
  return parties_.Selects(SharedTexts(parties));
}

void EventSelection::AddEventsOf(AgreementId agreement, std::vector<EventPlace>& events) const {
  for (const NodeId node : state_.CellOf(agreement).nodes) {
    VisitMembers(state_.members, node, [&](const NodeMember& member) {
      ArticleEvents article(*member.article);
      for (const int event : member.article->mentions[static_cast<size_t>(member.mention)].events) {
        if (SelectsEvent(article, event)) events.push_back({member.article, event, agreement});
      }
    });
  }
}

std::vector<EventPlace> EventSelection::FindInAll() const {
  std::vector<EventPlace> events;
  VisitArticlesInForce(state_, [&](const ArticleVersion& version) {
    ArticleEvents article(version);
    for (int event = 0; event < static_cast<int>(version.event_count()); ++event) {
      if (SelectsEvent(article, event)) events.push_back({&version, event, kNoAgreement});
    }
    return true;
  });
  return events;
}

std::vector<EventPlace> EventSelection::Find() const {
  if (filter_.agreements().empty() && parties_.empty()) return FindInAll();
  std::vector<EventPlace> events;
  for (const AgreementId agreement : filter_.agreements().empty() ? parties_.Find(state_) : agreements_) {
    if (SelectsAgreement(agreement)) AddEventsOf(agreement, events);
  }
  std::sort(events.begin(), events.end(), [](const EventPlace& a, const EventPlace& b) {
    return std::tie(a.article->revision, a.event_index) < std::tie(b.article->revision, b.event_index);
  });
  return events;
}

std::vector<EventPlace> EventsInForce(const RecordState& state, size_t offset, size_t size) {
  std::vector<EventPlace> events;
  size_t next = 0;  // number of the article's first event
  VisitArticlesInForce(state, [&](const ArticleVersion& article) {
    const size_t count = article.event_count();
    for (size_t i = offset > next ? offset - next : 0; i < count && events.size() < size; ++i) {
      events.push_back({&article, static_cast<int>(i), kNoAgreement});
    }
    next += count;
    return events.size() < size;
  });
  return events;
}

}  // namespace treatywire::query
