#include "query_service/request_validation.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "common/status.h"
#include "tests/query_service/fake_snapshot.h"
#include "tests/query_service/proto_matchers.h"

namespace treatywire::query {
namespace {

using namespace treatywire::v1;  // NOLINT(google-build-using-namespace)

std::string FaultOf(const absl::Status& status) {
  if (status.ok()) return "";
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << status;
  const auto details = GetBadRequest(status);
  return details.has_value() ? details->field_violations(0).field() : "no field";
}

// The field that is said to be at fault in the request that `text` says; "" where none is.
template <typename Request>
std::string Fault(const std::string& text) {
  return FaultOf(Validate(ParseText<Request>(text)));
}

std::string Repeated(const std::string& text, int times) {
  std::string repeated;
  for (int i = 0; i < times; ++i) repeated += text + " ";
  return repeated;
}

TEST(RequestValidationTest, EmptyListsRequestsAreValid) {
  EXPECT_EQ(Fault<ListAgreementsRequest>(""), "");
  EXPECT_EQ(Fault<ListConflictsRequest>(""), "");
  EXPECT_EQ(Fault<ListPartiesRequest>(""), "");
  EXPECT_EQ(Fault<ListEventsRequest>(""), "");
  EXPECT_EQ(Fault<WatchEventsRequest>(""), "");
  EXPECT_EQ(Fault<ListArticlesRequest>(""), "");
  EXPECT_EQ(Fault<ListSourcesRequest>(""), "");
}

TEST(RequestValidationTest, NamesAreRequiredAndOfTheirCollection) {
  EXPECT_EQ(Fault<GetAgreementRequest>(""), "name");
  EXPECT_EQ(Fault<GetAgreementRequest>("name: 'agreements/france-russia-fisheries'"), "");
  for (const char* name : {"agreements/", "agreements/-", "agreement/x", "france-russia", "agreements/A",
                           "agreements/a/b", "agreements/a b", "parties/RU"}) {
    EXPECT_EQ(FaultOf(Validate([&] {
                GetAgreementRequest request;
                request.set_name(name);
                return request;
              }())),
              "name")
        << name;
  }
  EXPECT_EQ(Fault<GetPartyRequest>("name: 'parties/SUHH'"), "");
  EXPECT_EQ(Fault<GetPartyRequest>("name: 'parties/african-union'"), "");
  EXPECT_EQ(Fault<GetPartyRequest>("name: 'parties/Russia'"), "name");
  EXPECT_EQ(Fault<GetArticleRequest>("name: 'articles/u-12.ab_c~:x'"), "");
  EXPECT_EQ(Fault<GetArticleRequest>("name: 'articles/a b'"), "name");
  EXPECT_EQ(Fault<RetractArticleRequest>("name: 'articles/'"), "name");
}

TEST(RequestValidationTest, PartyIdsHaveTwoForms) {
  for (const char* id : {"RU", "SUHH", "nato", "african-union", "m23"}) EXPECT_TRUE(IsPartyId(id)) << id;
  for (const char* id : {"", "R", "RUS", "SUHHX", "Ru", "ru-", "-ru", "a--b", "a_b", "ру"}) {
    EXPECT_FALSE(IsPartyId(id)) << id;
  }
  EXPECT_TRUE(IsPartyId(std::string(kMaxPartyIdBytes, 'a')));
  EXPECT_FALSE(IsPartyId(std::string(kMaxPartyIdBytes + 1, 'a')));
}

TEST(RequestValidationTest, PageSizeMustNotBeNegative) {
  EXPECT_EQ(Fault<ListAgreementsRequest>("page_size: -1"), "page_size");
  EXPECT_EQ(Fault<ListConflictsRequest>("page_size: -1"), "page_size");
  EXPECT_EQ(Fault<ListPartiesRequest>("page_size: -1"), "page_size");
  EXPECT_EQ(Fault<ListEventsRequest>("page_size: -1"), "page_size");
  EXPECT_EQ(Fault<GetTimelineRequest>("agreement: 'agreements/a' page_size: -1"), "page_size");
  EXPECT_EQ(Fault<ListArticlesRequest>("page_size: -1"), "page_size");
  EXPECT_EQ(Fault<ListSourcesRequest>("page_size: -1"), "page_size");
  EXPECT_EQ(Fault<ListAgreementsRequest>("page_size: 2147483647"), "");
}

TEST(RequestValidationTest, DaysAreRealDaysOfTheYears1000To2999) {
  EXPECT_EQ(Fault<ListAgreementsRequest>("as_of { valid_at: '2025-08-01' known_at: '2024-02-29' }"), "");
  EXPECT_EQ(Fault<ListAgreementsRequest>("as_of { valid_at: '10000-01-01' }"), "as_of.valid_at");
  EXPECT_EQ(Fault<ListAgreementsRequest>("as_of { known_at: '2025-02-29' }"), "as_of.known_at");
  EXPECT_EQ(Fault<ListAgreementsRequest>("filter { signed { from: '2025' } }"), "filter.signed.from");
  EXPECT_EQ(Fault<ListAgreementsRequest>("filter { signed { to: 'today' } }"), "filter.signed.to");
  EXPECT_EQ(Fault<ListAgreementsRequest>("filter { signed { from: '2025-01-02' to: '2025-01-01' } }"),
            "filter.signed");
  EXPECT_EQ(Fault<ListEventsRequest>("filter { published { from: 'x' } }"), "filter.published.from");
  EXPECT_EQ(Fault<ListArticlesRequest>("published { to: 'x' }"), "published.to");
  EXPECT_EQ(Fault<GetTimelineRequest>("parties: 'RU' range { from: 'x' }"), "range.from");
}

TEST(RequestValidationTest, FiltersAreBoundedAndNameTheValueAtFault) {
  EXPECT_EQ(Fault<ListAgreementsRequest>("filter { " + Repeated("parties: 'RU'", kMaxFilterParties) + "}"),
            "");
  EXPECT_EQ(
      Fault<ListAgreementsRequest>("filter { " + Repeated("parties: 'RU'", kMaxFilterParties + 1) + "}"),
      "filter.parties");
  EXPECT_EQ(Fault<ListAgreementsRequest>("filter { parties: 'RU' parties: 'russia!' }"), "filter.parties[1]");
  EXPECT_EQ(Fault<ListEventsRequest>("filter { actors: 'x y' }"), "filter.actors[0]");
  EXPECT_EQ(Fault<ListEventsRequest>("filter { " +
                                     Repeated("agreements: 'agreements/a'", kMaxFilterAgreements) + "}"),
            "");
  EXPECT_EQ(Fault<ListEventsRequest>("filter { " +
                                     Repeated("agreements: 'agreements/a'", kMaxFilterAgreements + 1) + "}"),
            "filter.agreements");
  EXPECT_EQ(Fault<WatchEventsRequest>("filter { agreements: 'x' }"), "filter.agreements[0]");
  EXPECT_EQ(Fault<ListAgreementsRequest>("filter { publishers: '' }"), "filter.publishers[0]");
  EXPECT_EQ(Fault<ListArticlesRequest>("publishers: '" + std::string(kMaxPublisherBytes + 1, 'x') + "'"),
            "publishers[0]");
  EXPECT_EQ(Fault<ListAgreementsRequest>("filter { min_independent_sources: -1 }"),
            "filter.min_independent_sources");
}

TEST(RequestValidationTest, EnumValuesMustExist) {
  EXPECT_EQ(Fault<ListAgreementsRequest>("order: 99"), "order");
  EXPECT_EQ(Fault<ListAgreementsRequest>("view: 99"), "view");
  EXPECT_EQ(Fault<ListAgreementsRequest>("filter { statuses: 99 }"), "filter.statuses[0]");
  EXPECT_EQ(Fault<ListAgreementsRequest>("filter { party_match: 99 }"), "filter.party_match");
  EXPECT_EQ(Fault<ListAgreementsRequest>("filter { subjects: 0 kinds: 0 }"), "");
  EXPECT_EQ(Fault<ListAgreementsRequest>("filter { event_types: 0 }"), "filter.event_types[0]");
  EXPECT_EQ(Fault<ListAgreementsRequest>("filter { event_modalities: 0 }"), "filter.event_modalities[0]");
  EXPECT_EQ(Fault<ListAgreementsRequest>("filter { event_date { from: '2019' } }"), "filter.event_date.from");
  EXPECT_EQ(Fault<ListConflictsRequest>("kinds: 1 kinds: 0"), "kinds[1]");
  EXPECT_EQ(Fault<ListEventsRequest>("filter { " + Repeated("types: 1", kMaxFilterEnums + 1) + "}"),
            "filter.types");
}

TEST(RequestValidationTest, TimelineIsOfAnAgreementOrOfOneOrTwoParties) {
  EXPECT_EQ(Fault<GetTimelineRequest>(""), "agreement");
  EXPECT_EQ(Fault<GetTimelineRequest>("agreement: 'agreements/a' parties: 'RU'"), "agreement");
  EXPECT_EQ(Fault<GetTimelineRequest>("parties: 'RU'"), "");
  EXPECT_EQ(Fault<GetTimelineRequest>("parties: 'RU' parties: 'FR'"), "");
  EXPECT_EQ(Fault<GetTimelineRequest>("parties: 'RU' parties: 'RU'"), "parties[1]");
  EXPECT_EQ(Fault<GetTimelineRequest>("parties: 'RU' parties: 'FR' parties: 'DE'"), "parties");
}

TEST(RequestValidationTest, ConflictsAreOfOneAgreementOrOfAll) {
  EXPECT_EQ(Fault<ListConflictsRequest>("parent: 'agreements/-'"), "");
  EXPECT_EQ(Fault<ListConflictsRequest>("parent: 'agreements/a'"), "");
  EXPECT_EQ(Fault<ListConflictsRequest>("parent: 'parties/RU'"), "parent");
}

TEST(RequestValidationTest, SearchHasOneTo32Words) {
  EXPECT_EQ(Fault<SearchAgreementsRequest>("query: ' \t '"), "query");
  EXPECT_EQ(Fault<SearchAgreementsRequest>("query: '" + Repeated("a", kMaxQueryWords) + "'"), "");
  EXPECT_EQ(Fault<SearchAgreementsRequest>("query: '" + Repeated("a", kMaxQueryWords + 1) + "'"), "query");
  EXPECT_EQ(Fault<SearchAgreementsRequest>("query: '" + std::string(kMaxQueryBytes, 'a') + "'"), "");
  EXPECT_EQ(Fault<SearchAgreementsRequest>("query: '" + std::string(kMaxQueryBytes + 1, 'a') + "'"), "query");
}

TEST(RequestValidationTest, RetractionsReasonIsBounded) {
  const std::string name = "name: 'articles/a' reason: '";
  EXPECT_EQ(Fault<RetractArticleRequest>(name + std::string(kMaxReasonBytes, 'x') + "'"), "");
  EXPECT_EQ(Fault<RetractArticleRequest>(name + std::string(kMaxReasonBytes + 1, 'x') + "'"), "reason");
}

TEST(CheckPartiesKnownTest, NamesTheFirstThatIsNot) {
  FakeSnapshot snapshot(1);
  snapshot.parties = {"RU", "FR"};
  EXPECT_THAT(
      CheckPartiesKnown(ParseText<AgreementFilter>("parties: 'RU' parties: 'FR'"), "filter", snapshot),
      IsOk());
  EXPECT_EQ(FaultOf(CheckPartiesKnown(ParseText<AgreementFilter>("parties: 'RU' parties: 'XX'"), "filter",
                                      snapshot)),
            "filter.parties[1]");
  EXPECT_EQ(FaultOf(CheckPartiesKnown(ParseText<EventFilter>("actors: 'XX'"), "filter", snapshot)),
            "filter.actors[0]");
  EXPECT_EQ(FaultOf(CheckPartyKnown("XX", "partner", snapshot)), "partner");
}

}  // namespace
}  // namespace treatywire::query
