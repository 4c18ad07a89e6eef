#include "tests/query_service/index/snapshot_answers.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace treatywire::query {
namespace {

namespace v1 = ::treatywire::v1;

constexpr PageOf kAll = {.offset = 0, .size = 1'000'000};

template <typename T>
void Add(const char* what, const Page<T>& page, std::vector<std::string>& answers) {
  answers.push_back(absl::StrCat(what, " in all: ", page.total_size));
  for (const T& item : page.items) answers.push_back(absl::StrCat(what, ": ", item.ShortDebugString()));
}

void AddEvents(const Snapshot& snapshot, const v1::AsOf& as_of, std::vector<std::string>& answers) {
  Page<v1::EventRecord> events = snapshot.ListEvents({}, as_of, kAll);
  for (v1::EventRecord& event : events.items) event.clear_revision();
  std::sort(events.items.begin(), events.items.end(), [](const v1::EventRecord& a, const v1::EventRecord& b) {
    return a.claim().event().event_id() < b.claim().event().event_id();
  });
  Add("event", events, answers);
}

void AddTimelines(const Snapshot& snapshot, const v1::AsOf& as_of,
                  const std::vector<v1::Agreement>& agreements, const std::vector<v1::Party>& parties,
                  std::vector<std::string>& answers) {
  v1::GetTimelineRequest request;
  request.set_view(v1::VIEW_FULL);
  *request.mutable_as_of() = as_of;
  for (const v1::Agreement& agreement : agreements) {
    request.set_agreement(agreement.name());
    Add("entry of agreement", *snapshot.GetTimeline(request, kAll), answers);
    for (const std::string& name : agreement.retired_names()) {
      answers.push_back(
          absl::StrCat(name, " is ", snapshot.GetAgreement(name, v1::VIEW_BASIC, as_of)->name()));
    }
  }
  request.clear_agreement();
  for (const v1::Party& party : parties) {
    request.clear_parties();
    request.add_parties(party.party_id());
    Add("entry of party", *snapshot.GetTimeline(request, kAll), answers);
    request.add_parties("RU");
    Add("entry of pair", *snapshot.GetTimeline(request, kAll), answers);
  }
}

void AddArticles(const Snapshot& snapshot, std::vector<std::string>& answers) {
  Page<v1::ArticleRecord> articles = snapshot.ListArticles({}, kAll);
  for (v1::ArticleRecord& article : articles.items) {
    article.clear_revision();
    v1::GetArticleResponse one = *snapshot.GetArticle(article.name());
    one.clear_revision();
    one.mutable_article()->clear_revision();
    answers.push_back(one.ShortDebugString());
  }
  Add("article", articles, answers);
}

}  // namespace

std::vector<std::string> AnswersOf(const Snapshot& snapshot, const v1::AsOf& as_of) {
  std::vector<std::string> answers;
  const auto agreements = snapshot.ListAgreements({}, v1::AGREEMENT_ORDER_NAME, v1::VIEW_FULL, as_of, kAll);
  const auto parties = snapshot.ListParties({}, "", as_of, kAll);
  Add("agreement", agreements, answers);
  Add("by date", snapshot.ListAgreements({}, v1::AGREEMENT_ORDER_SIGNED_DATE, v1::VIEW_BASIC, as_of, kAll),
      answers);
  Add("by sources", snapshot.ListAgreements({}, v1::AGREEMENT_ORDER_SOURCES, v1::VIEW_BASIC, as_of, kAll),
      answers);
  Add("conflict", *snapshot.ListConflicts("", {}, {}, as_of, kAll), answers);
  Add("party", parties, answers);
  for (const v1::Party& party : parties.items) {
    answers.push_back(
        absl::StrCat("one party: ", snapshot.GetParty(party.party_id(), as_of)->ShortDebugString()));
  }
  for (const char* query : {"russia", "military visits", "new start", "the house"}) {
    Add(query, snapshot.SearchAgreements(query, {}, as_of, kAll), answers);
  }
  Add("source", snapshot.ListSources(as_of, kAll), answers);
  AddEvents(snapshot, as_of, answers);
  AddTimelines(snapshot, as_of, agreements.items, parties.items, answers);
  if (as_of.known_at().empty()) AddArticles(snapshot, answers);
  return answers;
}

}  // namespace treatywire::query
