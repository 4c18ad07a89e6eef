#include "tools/treatywire/command_line.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <fstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/grpc_status.h"
#include "common/health_service.h"
#include "common/status.h"
#include "google/protobuf/text_format.h"
#include "tests/common/test_certificates.h"
#include "tests/query_service/event_log/temporary_directory.h"
#include "tests/tools/treatywire/test_environment.h"
#include "treatywire/v1/agreement_service.grpc.pb.h"
#include "treatywire/v1/article_service.grpc.pb.h"
#include "treatywire/v1/party_service.grpc.pb.h"
#include "treatywire/v1/timeline_service.grpc.pb.h"

namespace treatywire::tools {
namespace {

namespace v1 = treatywire::v1;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

// Keeps the requests as text, and answers with `status`, or with what was put into `answers`, in order.
class Recorder {
 public:
  template <typename Response>
  void Answer(const Response& response) {
    answers.push_back(response.SerializeAsString());
  }

  grpc::Status Take(const google::protobuf::Message& request, google::protobuf::Message* response) {
    requests.push_back(
        absl::StrCat(request.GetDescriptor()->name(), " { ", request.ShortDebugString(), " }"));
    if (!status.ok()) return ToGrpcStatus(status);
    if (!answers.empty()) {
      response->ParseFromString(answers.front());
      answers.pop_front();
    }
    return grpc::Status::OK;
  }

  std::vector<std::string> requests;
  std::deque<std::string> answers;
  absl::Status status;
};

#define TREATYWIRE_RECORD(method)                                                           \
  grpc::Status method(grpc::ServerContext* /*context*/, const v1::method##Request* request, \
                      v1::method##Response* response) override {                            \
    return recorder_.Take(*request, response);                                              \
  }

class FakeAgreements final : public v1::AgreementService::Service {
 public:
  explicit FakeAgreements(Recorder& recorder) : recorder_(recorder) {}
  grpc::Status GetAgreement(grpc::ServerContext* /*context*/, const v1::GetAgreementRequest* request,
                            v1::Agreement* response) override {
    return recorder_.Take(*request, response);
  }
  TREATYWIRE_RECORD(ListAgreements)
  TREATYWIRE_RECORD(SearchAgreements)
  TREATYWIRE_RECORD(ListConflicts)

 private:
  Recorder& recorder_;
};

class FakeArticles final : public v1::ArticleService::Service {
 public:
  explicit FakeArticles(Recorder& recorder) : recorder_(recorder) {}
  TREATYWIRE_RECORD(GetArticle)
  TREATYWIRE_RECORD(ListArticles)
  TREATYWIRE_RECORD(RetractArticle)
  TREATYWIRE_RECORD(ListSources)

 private:
  Recorder& recorder_;
};

class FakeParties final : public v1::PartyService::Service {
 public:
  explicit FakeParties(Recorder& recorder) : recorder_(recorder) {}
  grpc::Status GetParty(grpc::ServerContext* /*context*/, const v1::GetPartyRequest* request,
                        v1::Party* response) override {
    return recorder_.Take(*request, response);
  }
  TREATYWIRE_RECORD(ListParties)

 private:
  Recorder& recorder_;
};

class FakeTimelines final : public v1::TimelineService::Service {
 public:
  explicit FakeTimelines(Recorder& recorder) : recorder_(recorder) {}
  TREATYWIRE_RECORD(GetTimeline)
  TREATYWIRE_RECORD(ListEvents)

 private:
  Recorder& recorder_;
};

class CommandLineTest : public ::testing::Test {
 protected:
  // The one request that a command line makes.
  std::string RequestOf(const std::vector<std::string>& arguments) {
    recorder_.requests.clear();
    EXPECT_EQ(program_.Run(arguments), ExitCode::kDone) << program_.err();
    EXPECT_EQ(recorder_.requests.size(), 1U);
    return recorder_.requests.empty() ? "" : recorder_.requests[0];
  }

  Recorder recorder_;
  FakeAgreements agreements_{recorder_};
  FakeArticles articles_{recorder_};
  FakeParties parties_{recorder_};
  FakeTimelines timelines_{recorder_};
  TestEnvironment program_{{&agreements_, &articles_, &parties_, &timelines_}};
};

TEST_F(CommandLineTest, MakesNoFilterWhereNoneIsAskedFor) {
  EXPECT_EQ(RequestOf({"agreements"}), "ListAgreementsRequest { page_size: 100 }");
  EXPECT_EQ(RequestOf({"articles"}), "ListArticlesRequest { page_size: 100 }");
  EXPECT_EQ(RequestOf({"events"}), "ListEventsRequest { page_size: 100 }");
  EXPECT_EQ(RequestOf({"parties"}), "ListPartiesRequest { page_size: 100 }");
  EXPECT_EQ(RequestOf({"sources"}), "ListSourcesRequest { page_size: 100 }");
  EXPECT_EQ(RequestOf({"conflicts"}), "ListConflictsRequest { page_size: 100 }");
}

TEST_F(CommandLineTest, WritesEveryFilterOfAgreementsIntoTheRequest) {
  EXPECT_EQ(
      RequestOf({"agreements",
                 "--party",
                 "RU",
                 "--party=US",
                 "--party_match",
                 "exactly",
                 "--status",
                 "ended,ending",
                 "--subject",
                 "arms-control",
                 "--kind",
                 "treaty",
                 "--type",
                 "signed",
                 "--type",
                 "withdrawn",
                 "--modality",
                 "planned",
                 "--date_from",
                 "1988-01-01",
                 "--date_to",
                 "1988-12-31",
                 "--signed_from",
                 "1987-01-01",
                 "--signed_to",
                 "1987-12-31",
                 "--publisher",
                 "A, B",
                 "--conflicts_only",
                 "--min_sources",
                 "2",
                 "--missing",
                 "never_notified",
                 "--order",
                 "signed_date",
                 "--valid_at",
                 "2019-08-01",
                 "--known_at",
                 "2020-01-01",
                 "--limit",
                 "7"}),
      "ListAgreementsRequest { page_size: 7 filter { parties: \"RU\" parties: \"US\" party_match: "
      "PARTY_MATCH_EXACTLY "
      "statuses: STATUS_ENDED statuses: STATUS_ENDING subjects: SUBJECT_ARMS_CONTROL kinds: "
      "AGREEMENT_KIND_TREATY "
      "event_types: EVENT_TYPE_SIGNED event_types: EVENT_TYPE_WITHDRAWN signed { from: \"1987-01-01\" to: "
      "\"1987-12-31\" } publishers: \"A, B\" conflicts_only: true min_independent_sources: 2 missing_steps: "
      "MISSING_STEP_NEVER_NOTIFIED event_modalities: MODALITY_PLANNED event_date { from: \"1988-01-01\" to: "
      "\"1988-12-31\" } } order: AGREEMENT_ORDER_SIGNED_DATE as_of { valid_at: \"2019-08-01\" "
      "known_at: "
      "\"2020-01-01\" } }");
}

TEST_F(CommandLineTest, WritesEveryFilterOfEventsIntoTheRequest) {
  EXPECT_EQ(
      RequestOf(
          {"events",     "--agreement",    "inf",        "--party",     "RU",         "--party_match",
           "all",        "--actor",        "US",         "--type",      "suspended",  "--modality",
           "planned",    "--date_from",    "2019-01-01", "--date_to",   "2019-12-31", "--published_from",
           "2019-02-01", "--published_to", "2019-02-28", "--publisher", "P",          "--known_at",
           "2020-01-01"}),
      "ListEventsRequest { filter { agreements: \"agreements/inf\" parties: \"RU\" party_match: "
      "PARTY_MATCH_ALL "
      "actors: \"US\" types: EVENT_TYPE_SUSPENDED modalities: MODALITY_PLANNED date { from: \"2019-01-01\" "
      "to: "
      "\"2019-12-31\" } published { from: \"2019-02-01\" to: \"2019-02-28\" } publishers: \"P\" } page_size: "
      "100 as_of { "
      "known_at: \"2020-01-01\" } }");
}

TEST_F(CommandLineTest, TakesNamesWithAndWithoutTheirCollection) {
  for (const char* name : {"inf", "agreements/inf"}) {
    EXPECT_EQ(RequestOf({"agreement", name}), "GetAgreementRequest { name: \"agreements/inf\" }");
    EXPECT_EQ(RequestOf({"conflicts", name}),
              "ListConflictsRequest { parent: \"agreements/inf\" page_size: 100 }");
  }
  for (const char* id : {"u-1", "articles/u-1"}) {
    EXPECT_EQ(RequestOf({"article", id}), "GetArticleRequest { name: \"articles/u-1\" }");
    EXPECT_EQ(RequestOf({"retract", id, "--reason", "wrong"}),
              "RetractArticleRequest { name: \"articles/u-1\" reason: \"wrong\" }");
  }
}

TEST_F(CommandLineTest, AsksForTheTimelineOfAnAgreementAPartyOrAPair) {
  EXPECT_EQ(RequestOf({"timeline", "agreements/inf"}),
            "GetTimelineRequest { agreement: \"agreements/inf\" view: VIEW_BASIC page_size: 100 }");
  EXPECT_EQ(RequestOf({"timeline", "parties/RU", "--claims"}),
            "GetTimelineRequest { parties: \"RU\" view: VIEW_FULL page_size: 100 }");
  EXPECT_EQ(RequestOf({"timeline", "RU", "US", "--date_from", "2019-01-01", "--valid_at", "2020-01-01"}),
            "GetTimelineRequest { parties: \"RU\" parties: \"US\" range { from: \"2019-01-01\" } view: "
            "VIEW_BASIC page_size: "
            "100 as_of { valid_at: \"2020-01-01\" } }");
}

TEST_F(CommandLineTest, SearchesForAllWords) {
  EXPECT_EQ(RequestOf({"search", "open", "skies", "--party", "RU"}),
            "SearchAgreementsRequest { query: \"open skies\" filter { parties: \"RU\" } page_size: 20 }");
}

TEST_F(CommandLineTest, ShowsAPartyWithItsAgreements) {
  v1::Party party;
  party.set_party_id("RU");
  party.set_display_name("Russia");
  recorder_.Answer(party);
  v1::ListAgreementsResponse agreements;
  agreements.add_agreements()->set_name("agreements/inf");
  recorder_.Answer(agreements);
  EXPECT_EQ(program_.Run({"party", "RU", "--valid_at", "2020-01-01"}), ExitCode::kDone);
  EXPECT_THAT(recorder_.requests,
              ElementsAre("GetPartyRequest { name: \"parties/RU\" as_of { valid_at: \"2020-01-01\" } }",
                          "ListAgreementsRequest { page_size: 100 filter { parties: \"RU\" } as_of { "
                          "valid_at: \"2020-01-01\" } }"));
  EXPECT_THAT(program_.out(), HasSubstr("agreements/inf"));
}

v1::ListAgreementsResponse PageOf(int size, const std::string& next) {
  v1::ListAgreementsResponse page;
  for (int i = 0; i < size; ++i) page.add_agreements()->set_name(absl::StrCat("agreements/", i));
  page.set_next_page_token(next);
  return page;
}

TEST_F(CommandLineTest, ReadsAllPagesWhereThereIsNoLimit) {
  recorder_.Answer(PageOf(100, "second"));
  recorder_.Answer(PageOf(3, ""));
  EXPECT_EQ(program_.Run({"agreements", "--limit", "0", "--json"}), ExitCode::kDone);
  EXPECT_THAT(recorder_.requests,
              ElementsAre("ListAgreementsRequest { page_size: 100 }",
                          "ListAgreementsRequest { page_size: 100 page_token: \"second\" }"));
  const std::string out = program_.out();
  EXPECT_EQ(std::count(out.begin(), out.end(), '\n'), 103);
  EXPECT_EQ(program_.err(), "");
}

TEST_F(CommandLineTest, SaysWhereItCutAList) {
  recorder_.Answer(PageOf(2, "second"));
  EXPECT_EQ(program_.Run({"agreements", "--limit", "2"}), ExitCode::kDone);
  EXPECT_EQ(program_.err(), "(the first 2; --limit 0 shows all)\n");
}

TEST_F(CommandLineTest, EndsWhereAServiceGivesTheSamePageForEver) {
  recorder_.Answer(PageOf(1, "same"));
  recorder_.Answer(PageOf(1, "same"));
  EXPECT_EQ(program_.Run({"agreements"}), ExitCode::kRefused);
  EXPECT_THAT(program_.err(), HasSubstr("the same page again"));
}

// Events "PREFIX0", "PREFIX1" and so on, of a page at revision 9.
v1::ListEventsResponse EventPage(const std::string& prefix, int size, const std::string& next) {
  v1::ListEventsResponse page;
  for (int i = 0; i < size; ++i) {
    page.add_events()->mutable_claim()->mutable_event()->set_event_id(absl::StrCat(prefix, i));
  }
  page.set_next_page_token(next);
  page.set_revision(9);
  return page;
}

TEST_F(CommandLineTest, ExportsAllPagesUnderOneHeader) {
  recorder_.Answer(EventPage("a", 2, "second"));
  recorder_.Answer(EventPage("b", 1, ""));
  EXPECT_EQ(program_.Run({"export", "--party", "RU", "--known_at", "2020-01-01"}), ExitCode::kDone);
  EXPECT_THAT(recorder_.requests,
              ElementsAre("ListEventsRequest { filter { parties: \"RU\" } page_size: 500 as_of { known_at: "
                          "\"2020-01-01\" } }",
                          "ListEventsRequest { filter { parties: \"RU\" } page_size: 500 page_token: "
                          "\"second\" as_of { known_at: \"2020-01-01\" } }"));
  const std::vector<std::string> lines = absl::StrSplit(program_.out(), "\r\n");
  ASSERT_EQ(lines.size(), 5U);
  EXPECT_THAT(lines[0], StartsWith("event_id,event_date,"));
  EXPECT_THAT(lines[1], StartsWith("a0,"));
  EXPECT_THAT(lines[2], StartsWith("a1,"));
  EXPECT_THAT(lines[3], StartsWith("b0,"));
  EXPECT_EQ(lines[4], "");
  EXPECT_EQ(program_.err(), "3 rows of 3 events at revision 9\n");
}

TEST_F(CommandLineTest, ExportsJsonLines) {
  for (const std::vector<std::string>& arguments :
       std::vector<std::vector<std::string>>{{"export", "--format=jsonl"}, {"--json", "export"}}) {
    recorder_.Answer(EventPage("a", 2, ""));
    EXPECT_EQ(program_.Run(arguments), ExitCode::kDone);
    const std::vector<std::string> lines = absl::StrSplit(program_.out(), '\n');
    ASSERT_EQ(lines.size(), 3U);
    EXPECT_THAT(lines[0], StartsWith("{\"event_id\":\"a0\","));
    EXPECT_THAT(lines[1], StartsWith("{\"event_id\":\"a1\","));
  }
}

TEST_F(CommandLineTest, ExportsNoMoreEventsThanTheLimit) {
  recorder_.Answer(EventPage("a", 2, "second"));
  EXPECT_EQ(program_.Run({"export", "--limit", "2"}), ExitCode::kDone);
  EXPECT_THAT(recorder_.requests, ElementsAre("ListEventsRequest { page_size: 2 }"));
  EXPECT_EQ(program_.err(), "2 rows of 2 events at revision 9\n");
}

TEST_F(CommandLineTest, ExportsAnEmptyRecordAsAHeader) {
  EXPECT_EQ(program_.Run({"export"}), ExitCode::kDone);
  EXPECT_THAT(program_.out(), StartsWith("event_id,"));
  EXPECT_EQ(program_.err(), "0 rows of 0 events at revision 0\n");
}

TEST_F(CommandLineTest, WritesTheTableOfCodesWithoutAskingAService) {
  EXPECT_EQ(program_.Run({"export", "--codes"}), ExitCode::kDone);
  EXPECT_THAT(recorder_.requests, IsEmpty());
  EXPECT_THAT(program_.out(),
              HasSubstr("\r\nSIGNED,ASSERTED,,057,Sign formal agreement,1,SUPPORT,,diplomatic\r\n"));
}

TEST_F(CommandLineTest, WritesJsonALineAResource) {
  v1::ListAgreementsResponse page = PageOf(2, "");
  page.mutable_agreements(0)->set_display_name("INF Treaty");
  recorder_.Answer(page);
  EXPECT_EQ(program_.Run({"--json", "agreements"}), ExitCode::kDone);
  EXPECT_EQ(program_.out(),
            "{\"name\":\"agreements/0\",\"displayName\":\"INF Treaty\"}\n{\"name\":\"agreements/1\"}\n");
}

TEST_F(CommandLineTest, SaysWhenThereIsNothing) {
  EXPECT_EQ(program_.Run({"agreements"}), ExitCode::kDone);
  EXPECT_EQ(program_.out(), "");
  EXPECT_EQ(program_.err(), "no agreements\n");
  EXPECT_EQ(program_.Run({"agreements", "--json"}), ExitCode::kDone);
  EXPECT_EQ(program_.err(), "");
}

TEST_F(CommandLineTest, DecodesErrorsAndExitsWithOne) {
  recorder_.status =
      AddFieldViolation(absl::InvalidArgumentError("bad request"), "filter.parties[0]", "is unknown");
  EXPECT_EQ(program_.Run({"agreements", "--party", "ZZ"}), ExitCode::kRefused);
  EXPECT_EQ(program_.out(), "");
  EXPECT_EQ(program_.err(),
            "treatywire: bad request (INVALID_ARGUMENT)\n  field filter.parties[0]: is unknown\n");
}

TEST_F(CommandLineTest, SaysWhomItCouldNotReachAndExitsWithThree) {
  recorder_.status = absl::UnavailableError("rebuilding");
  EXPECT_EQ(program_.Run({"agreements", "--query_service", "q:1", "--ingest_service", "i:2"}),
            ExitCode::kUnreachable);
  EXPECT_EQ(program_.err(),
            "treatywire: rebuilding (UNAVAILABLE)\n"
            "  asked: query service at q:1 (--query_service), ingest service at i:2 (--ingest_service); "
            "./run starts both\n");
  EXPECT_THAT(program_.targets(), ElementsAre("q:1"));
}

TEST_F(CommandLineTest, RefusesWrongCommandLinesWithTwo) {
  for (const std::vector<std::string>& arguments :
       std::vector<std::vector<std::string>>{{},
                                             {"bogus"},
                                             {"agreement"},
                                             {"agreement", "a", "b"},
                                             {"agreements", "--status", "torn"},
                                             {"agreements", "--bogus"},
                                             {"agreements", "--limit", "-1"},
                                             {"agreements", "--min_sources", "many"},
                                             {"agreements", "--timeout", "soon"},
                                             {"timeline"},
                                             {"export", "--format", "xml"},
                                             {"timeline", "RU", "US", "CN"},
                                             {"ingest"},
                                             {"ingest", "a.txt", "--published", "Friday"},
                                             {"ingest", "a.txt", "--give_up_after", "-1s"}}) {
    EXPECT_EQ(program_.Run(arguments), ExitCode::kBadCommandLine) << testing::PrintToString(arguments);
    EXPECT_NE(program_.err(), "") << testing::PrintToString(arguments);
  }
  EXPECT_TRUE(recorder_.requests.empty());
}

TEST_F(CommandLineTest, NamesTheWordsThatAnOptionTakes) {
  EXPECT_EQ(program_.Run({"agreements", "--party_match", "some"}), ExitCode::kBadCommandLine);
  EXPECT_THAT(program_.err(), HasSubstr("\"some\" is none of any, all, exactly"));
}

TEST_F(CommandLineTest, HelpSucceeds) {
  EXPECT_EQ(program_.Run({"--help"}), ExitCode::kDone);
  EXPECT_THAT(program_.out(), HasSubstr("ingest"));
  EXPECT_EQ(program_.Run({"watch", "--help"}), ExitCode::kDone);
  EXPECT_THAT(program_.out(), HasSubstr("--from_revision"));
}

TEST_F(CommandLineTest, SaysThatAServiceWithoutHealthIsNotThere) {
  EXPECT_EQ(program_.Run({"health", "--wait", "0s"}), ExitCode::kUnreachable);
  EXPECT_THAT(program_.out(), HasSubstr("UNIMPLEMENTED"));
}

TEST(HealthCommandTest, SaysThatBothServicesTakeCalls) {
  HealthService health;
  health.SetServing("treatywire.v1.AgreementService", true);
  health.SetServing("treatywire.v1.IngestService", true);
  TestEnvironment program({&health});
  EXPECT_EQ(program.Run({"health"}), ExitCode::kDone);
  EXPECT_EQ(program.out(),
            "SERVICE  ADDRESS          HEALTH\n"
            "query    127.0.0.1:50052  serving\n"
            "ingest   127.0.0.1:50051  serving\n");
}

TEST(HealthCommandTest, WaitsUntilTheyDo) {
  HealthService health;
  health.SetServing("treatywire.v1.AgreementService", true);
  health.SetServing("treatywire.v1.IngestService", false);  // it does not reach the query service yet
  TestEnvironment program({&health});
  program.OnWait([&health] { health.SetServing("treatywire.v1.IngestService", true); });
  EXPECT_EQ(program.Run({"health", "--wait", "1h"}), ExitCode::kDone);
  EXPECT_EQ(program.waits().size(), 1U);
}

TEST_F(CommandLineTest, RefusesSecretsForPlaintextAndFilesThatAreNoCertificates) {
  EXPECT_EQ(program_.Run({"agreements", "--token_file", "/nowhere"}), ExitCode::kBadCommandLine);
  EXPECT_THAT(program_.err(), HasSubstr("need --tls_authorities"));
  EXPECT_EQ(program_.Run({"agreements", "--tls_authorities", "/nowhere"}), ExitCode::kBadCommandLine);
  EXPECT_THAT(program_.err(), HasSubstr("/nowhere"));
  EXPECT_TRUE(program_.targets().empty());
  EXPECT_EQ(program_.Run({"agreements"}), ExitCode::kDone);
  EXPECT_FALSE(program_.encrypted());
}

TEST_F(CommandLineTest, CallsByTheNameThatCertificatesAreFor) {
  EXPECT_EQ(program_.Run({"agreements", "--tls_name", "query"}), ExitCode::kBadCommandLine);
  const query::TemporaryDirectory directory;
  const std::string file = directory.path() + "/ca.crt";
  std::ofstream(file) << TestAuthority("authority").certificate();
  EXPECT_EQ(program_.Run({"agreements", "--tls_authorities", file, "--tls_name", "query"}), ExitCode::kDone);
  EXPECT_TRUE(program_.encrypted());
  EXPECT_EQ(program_.tls_name(), "query");
}

TEST_F(CommandLineTest, CutsLinesToTheWidthAskedFor) {
  v1::ListAgreementsResponse page = PageOf(1, "");
  page.mutable_agreements(0)->set_display_name("Treaty on Open Skies and more words than there is room for");
  recorder_.Answer(page);
  EXPECT_EQ(program_.Run({"agreements", "--width", "60"}), ExitCode::kDone);
  EXPECT_EQ(program_.out(),
            "AGREEMENT                     STATUS   SOURCES  NAME\n"
            "Treaty on Open Skies and      unknown        0  agreements/0\n"
            "more words than there is\n"
            "room for\n");
}

}  // namespace
}  // namespace treatywire::tools
