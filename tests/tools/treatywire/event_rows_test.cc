#include "tools/treatywire/event_rows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "google/protobuf/struct.pb.h"
#include "google/protobuf/text_format.h"
#include "google/protobuf/util/json_util.h"

namespace treatywire::tools {
namespace {

namespace v1 = treatywire::v1;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::SizeIs;

v1::EventRecord Record(const std::string& text) {
  v1::EventRecord record;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &record));
  return record;
}

v1::EventRecord Signature() {
  return Record(R"pb(
    claim {
      event {
        event_id: "e1"
        type: EVENT_TYPE_SIGNED
        modality: MODALITY_ASSERTED
        agreement {
          local_id: "a1"
          title: "Treaty of Friendship"
          parties { party_id: "FR" }
          parties { party_id: "IT" }
          subject: SUBJECT_POLITICAL
        }
        actors { party_id: "FR" surface: "Paris" }
        actors { party_id: "IT" }
        date { edtf: "2021-11-26" earliest: "2021-11-26" latest: "2021-11-26" basis: DATE_BASIS_RELATIVE }
        evidence { text: "They signed it." begin_byte: 10 end_byte: 25 cue: "signed" }
        confidence: 0.9
      }
      article: "articles/u-1"
      publisher: "Harbour Wire"
      publish_time { seconds: 1638014400 }
      uri: "https://harbourwire.example/1"
      date_comparison: DATE_COMPARISON_SAME
      source_group: 1
    }
    agreement: "agreements/france-italy-friendship"
    revision: 7
    entry: "agreements/france-italy-friendship/entries/signed-2021-11-26")pb");
}

std::string Cell(const EventRow& row, const std::string& column) {
  for (size_t i = 0; i < EventColumns().size(); ++i) {
    if (EventColumns()[i].name == column) return row.cells[i];
  }
  ADD_FAILURE() << "no column " << column;
  return "";
}

// "source>target" of each row.
std::vector<std::string> Dyads(const v1::EventRecord& record) {
  std::vector<std::string> dyads;
  for (const EventRow& row : RowsOf(record)) {
    dyads.push_back(absl::StrCat(Cell(row, "source_party"), ">", Cell(row, "target_party")));
  }
  return dyads;
}

TEST(EventRowsTest, RowsHaveTheColumnsOfEventDataAndOfTheRecord) {
  EXPECT_EQ(
      CsvHeader(),
      "event_id,event_date,date_earliest,date_latest,date_basis,source_actor,source_party,target_actor,"
      "target_party,cameo_code,cameo_root,cameo_name,quad_class,plover_event,plover_mode,plover_context,"
      "event_type,modality,agreement,agreement_title,agreement_parties,subject,entry,date_comparison,"
      "source_group,confidence,article,publisher,published,url,evidence,evidence_begin,evidence_end,"
      "revision\r\n");
  const std::vector<EventRow> rows = RowsOf(Signature());
  ASSERT_THAT(rows, SizeIs(2));
  EXPECT_EQ(CsvLine(rows[0]),
            "e1,2021-11-26,2021-11-26,2021-11-26,RELATIVE,FRA,FR,ITA,IT,057,05,Sign formal agreement,1,"
            "SUPPORT,,diplomatic,SIGNED,ASSERTED,agreements/france-italy-friendship,Treaty of Friendship,"
            "FR;IT,POLITICAL,agreements/france-italy-friendship/entries/signed-2021-11-26,SAME,1,0.90,"
            "articles/u-1,Harbour Wire,2021-11-27T12:00:00Z,https://harbourwire.example/1,They signed it.,10,"
            "25,7\r\n");
}

TEST(EventRowsTest, WhoActsTogetherHasARowInEachDirection) {
  EXPECT_THAT(Dyads(Signature()), ElementsAre("FR>IT", "IT>FR"));
}

TEST(EventRowsTest, ActsOfCooperationOfNobodyAreAllParties) {
  v1::EventRecord record = Signature();
  record.mutable_claim()->mutable_event()->set_type(v1::EVENT_TYPE_ENTERED_INTO_FORCE);
  record.mutable_claim()->mutable_event()->clear_actors();
  EXPECT_THAT(Dyads(record), ElementsAre("FR>IT", "IT>FR"));
}

TEST(EventRowsTest, WhoActsAgainstTheOthersHasARowTowardsEach) {
  v1::EventRecord record = Signature();
  v1::AgreementEvent& event = *record.mutable_claim()->mutable_event();
  event.set_type(v1::EVENT_TYPE_SUSPENDED);
  event.mutable_agreement()->add_parties()->set_party_id("DE");
  EXPECT_THAT(Dyads(record), ElementsAre("FR>DE", "IT>DE"));
  event.mutable_actors()->RemoveLast();
  EXPECT_THAT(Dyads(record), ElementsAre("FR>IT", "FR>DE"));
  event.clear_actors();
  EXPECT_THAT(Dyads(record), ElementsAre(">"));
}

TEST(EventRowsTest, BothWhoEndWhatIsBetweenThemActAgainstEachOther) {
  v1::EventRecord record = Signature();
  record.mutable_claim()->mutable_event()->set_type(v1::EVENT_TYPE_TERMINATED);
  EXPECT_THAT(Dyads(record), ElementsAre("FR>IT", "IT>FR"));
}

TEST(EventRowsTest, WhoIsSaidToHaveViolatedAnAgreementIsTheTargetOfAnAccusation) {
  v1::EventRecord record = Signature();
  record.mutable_claim()->mutable_event()->set_type(v1::EVENT_TYPE_BREACH_ALLEGED);
  EXPECT_THAT(Dyads(record), ElementsAre(">FR", ">IT"));
  record.mutable_claim()->mutable_event()->mutable_agreement()->set_multilateral(true);
  EXPECT_THAT(Dyads(record), ElementsAre(">FR", ">IT"));
}

TEST(EventRowsTest, NobodyActsTowardsTheStateThatItContinues) {
  v1::EventRecord record = Signature();
  v1::AgreementEvent& event = *record.mutable_claim()->mutable_event();
  event.set_type(v1::EVENT_TYPE_SUSPENDED);
  event.mutable_agreement()->mutable_parties(0)->set_party_id("US");
  event.mutable_agreement()->mutable_parties(1)->set_party_id("SUHH");
  event.mutable_actors(0)->set_party_id("US");
  event.mutable_actors(1)->set_party_id("RU");
  EXPECT_THAT(Dyads(record), ElementsAre("US>RU", "RU>US"));
  event.mutable_actors()->RemoveLast();
  EXPECT_THAT(Dyads(record), ElementsAre("US>SUHH"));
}

TEST(EventRowsTest, AnAgreementOfManyHasARowAnActor) {
  v1::EventRecord record = Signature();
  record.mutable_claim()->mutable_event()->mutable_agreement()->set_multilateral(true);
  EXPECT_THAT(Dyads(record), ElementsAre("FR>", "IT>"));
}

TEST(EventRowsTest, PairsAreMadeOfAtMostEightParties) {
  v1::EventRecord record = Signature();
  v1::AgreementMention& agreement = *record.mutable_claim()->mutable_event()->mutable_agreement();
  while (agreement.parties_size() < kMaxDyadParties) {
    agreement.add_parties()->set_party_id(absl::StrCat("party-", agreement.parties_size()));
  }
  EXPECT_THAT(Dyads(record), SizeIs(2 * (kMaxDyadParties - 1)));
  agreement.add_parties()->set_party_id("one-more");
  EXPECT_THAT(Dyads(record), SizeIs(2));
}

TEST(EventRowsTest, AnEventWithoutCodeKeepsItsRow) {
  v1::EventRecord record = Signature();
  record.mutable_claim()->mutable_event()->set_modality(v1::MODALITY_DENIED);
  const EventRow row = RowsOf(record).at(0);
  for (const char* column : {"cameo_code", "cameo_root", "cameo_name", "quad_class", "plover_event"}) {
    EXPECT_EQ(Cell(row, column), "") << column;
  }
  EXPECT_EQ(Cell(row, "modality"), "DENIED");
}

TEST(EventRowsTest, AnEmptyRecordIsARow) {
  EXPECT_THAT(Dyads({}), ElementsAre(">"));
  EXPECT_EQ(RowsOf({}).at(0).cells.size(), EventColumns().size());
}

// The evidence's cell as it stands in a line of CSV.
std::string EvidenceInCsv(const std::string& evidence) {
  v1::EventRecord record = Signature();
  record.mutable_claim()->mutable_event()->mutable_evidence()->set_text(evidence);
  const std::string line = CsvLine(RowsOf(record)[0]);
  const std::string before = "https://harbourwire.example/1,";
  const size_t begin = line.find(before) + before.size();
  const std::string after = ",10,25,7\r\n";
  EXPECT_THAT(line, EndsWith(after));
  return line.substr(begin, line.size() - after.size() - begin);
}

TEST(EventRowsTest, CsvQuotesWhatRfc4180SaysItMust) {
  EXPECT_EQ(EvidenceInCsv("plain"), "plain");
  EXPECT_EQ(EvidenceInCsv("a, b"), "\"a, b\"");
  EXPECT_EQ(EvidenceInCsv("a \"b\""), "\"a \"\"b\"\"\"");
  EXPECT_EQ(EvidenceInCsv("a\r\nb"), "\"a\r\nb\"");
  EXPECT_EQ(EvidenceInCsv("\""), "\"\"\"\"");
  EXPECT_EQ(EvidenceInCsv("Côte d’Ivoire"), "Côte d’Ivoire");
  EXPECT_EQ(EvidenceInCsv(std::string("a\0\x1b[2Jb", 7)), "a  [2Jb");
}

TEST(EventRowsTest, CsvHasNoCellThatASpreadsheetCalculates) {
  EXPECT_EQ(EvidenceInCsv("=HYPERLINK(\"http://x\")"), "\"'=HYPERLINK(\"\"http://x\"\")\"");
  EXPECT_EQ(EvidenceInCsv("+1"), "'+1");
  EXPECT_EQ(EvidenceInCsv("-1"), "'-1");
  EXPECT_EQ(EvidenceInCsv("@SUM(A1)"), "'@SUM(A1)");
  EXPECT_EQ(EvidenceInCsv("\t=1"), "'\t=1");
  EXPECT_EQ(EvidenceInCsv("\r=1"), "\"'\r=1\"");
  EXPECT_EQ(EvidenceInCsv("1=1"), "1=1");
}

TEST(EventRowsTest, JsonHasTheTextAsItIsAndNumbersAsNumbers) {
  v1::EventRecord record = Signature();
  record.mutable_claim()->mutable_event()->mutable_evidence()->set_text("=1 \"a\"\n\x1b");
  record.mutable_claim()->clear_source_group();
  google::protobuf::Struct object;
  const std::string line = JsonLine(RowsOf(record)[0]);
  ASSERT_THAT(line, EndsWith("}\n"));
  EXPECT_EQ(std::count(line.begin(), line.end(), '\n'), 1);
  ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(line, &object).ok()) << line;
  EXPECT_EQ(object.fields_size(), static_cast<int>(EventColumns().size()));
  EXPECT_EQ(object.fields().at("evidence").string_value(), "=1 \"a\"\n\x1b");
  EXPECT_EQ(object.fields().at("cameo_code").string_value(), "057");
  EXPECT_EQ(object.fields().at("quad_class").number_value(), 1);
  EXPECT_EQ(object.fields().at("revision").number_value(), 7);
  EXPECT_TRUE(object.fields().at("source_group").has_null_value());
}

}  // namespace
}  // namespace treatywire::tools
