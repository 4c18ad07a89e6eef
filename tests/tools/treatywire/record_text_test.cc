#include "tools/treatywire/record_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <string>

#include "google/protobuf/text_format.h"
#include "tools/treatywire/claim_text.h"

namespace treatywire::tools {
namespace {

namespace v1 = treatywire::v1;

template <typename Message>
Message Parse(const std::string& text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message)) << text;
  return message;
}

constexpr char kClaim[] = R"pb(
  event {
    type: EVENT_TYPE_SIGNED
    modality: MODALITY_ASSERTED
    date { edtf: "1986-12-08" }
    evidence { text: "It was signed on 8 December 1986." begin_byte: 43 end_byte: 76 speaker: "Ann Lee" }
  }
  article: "articles/u-1"
  publisher: "The Weekend Globe"
  publish_time { seconds: 1646956800 }
  date_comparison: DATE_COMPARISON_CONTRADICTS
)pb";

v1::TimelineEntry Entry() {
  v1::TimelineEntry entry = Parse<v1::TimelineEntry>(R"pb(
    name: "agreements/inf/entries/1"
    agreement: "agreements/inf"
    agreement_display_name: "INF Treaty"
    type: EVENT_TYPE_SIGNED
    modality: MODALITY_ASSERTED
    actors { party_id: "SUHH" }
    actors { party_id: "US" }
    date { edtf: "1987-12-08" }
    independent_source_count: 2
    conflicts: "agreements/inf/conflicts/1"
  )pb");
  *entry.add_claims() = Parse<v1::Claim>(kClaim);
  return entry;
}

TEST(ClaimTextTest, SaysWhoSaysWhatWhereAndHowItCompares) {
  EXPECT_EQ(ClaimText(Parse<v1::Claim>(kClaim), 2, 0),
            "  The Weekend Globe, 2022-03-11, dates it 1986-12-08 (contradicts), quoting Ann Lee\n"
            "    \"It was signed on 8 December 1986.\"\n"
            "    articles/u-1, bytes 43 to 76\n");
}

TEST(ClaimTextTest, TellsWhatIsNoReportOfTheAct) {
  v1::Claim claim = Parse<v1::Claim>(kClaim);
  claim.mutable_event()->set_modality(v1::MODALITY_POSSIBLE);
  EXPECT_THAT(
      ClaimText(claim, 2, 0),
      testing::StartsWith("  The Weekend Globe, 2022-03-11, tells it as possible, dates it 1986-12-08"));
}

TEST(ClaimTextTest, WrapsToTheTerminal) {
  EXPECT_EQ(ClaimText(Parse<v1::Claim>(kClaim), 2, 40),
            "  The Weekend Globe, 2022-03-11, dates\n"
            "    it 1986-12-08 (contradicts), quoting\n"
            "    Ann Lee\n"
            "    \"It was signed on 8 December 1986.\"\n"
            "    articles/u-1, bytes 43 to 76\n");
}

TEST(ClaimTextTest, StandsAnEmptyClaim) {
  EXPECT_EQ(ClaimText(v1::Claim(), 0, 0), "(publisher unknown)\n  , bytes 0 to 0\n");
}

TEST(DayTextTest, GivesNothingForTimesOutOfRange) {
  google::protobuf::Timestamp time;
  EXPECT_EQ(DayText(time), "");
  time.set_seconds(std::numeric_limits<int64_t>::max());
  EXPECT_EQ(DayText(time), "");
  time.set_seconds(1549108800);
  EXPECT_EQ(DayText(time), "2019-02-02");
}

TEST(DateTextTest, NamesSeasons) {
  EXPECT_EQ(DateText("2014-21"), "2014-21 (spring)");
  EXPECT_EQ(DateText("2014-24~"), "2014-24~ (winter)");
  for (const char* edtf : {"", "2014", "2014-12", "2014-25", "2014-21-01", "2000/2003~", "happened"}) {
    EXPECT_EQ(DateText(edtf), edtf);
  }
}

TEST(ActTextTest, SaysWhatIsNoFact) {
  EXPECT_EQ(ActText(v1::EVENT_TYPE_WITHDRAWN, v1::MODALITY_ASSERTED), "withdrawn");
  EXPECT_EQ(ActText(v1::EVENT_TYPE_WITHDRAWN, v1::MODALITY_PLANNED), "planned: withdrawn");
  EXPECT_EQ(ActText(v1::EVENT_TYPE_RATIFIED, v1::MODALITY_DENIED), "denied: ratified");
  EXPECT_EQ(ActText(v1::EVENT_TYPE_BREACH_ALLEGED, v1::MODALITY_ASSERTED), "alleged breach");
}

TEST(TimelineTextTest, ShowsARowAnEntry) {
  EXPECT_EQ(TimelineTable({Entry()}, true, 0),
            "DATE        WHAT    WHO       AGREEMENT   SOURCES  CONFLICTS\n"
            "1987-12-08  signed  SUHH, US  INF Treaty        2          1\n");
  EXPECT_EQ(TimelineTable({v1::TimelineEntry()}, false, 0),
            "DATE       SOURCES\n"
            "(no date)        0\n");
}

TEST(TimelineTextTest, ShowsTheClaimsOfAnEntry) {
  EXPECT_EQ(TimelineClaims({Entry()}, false, 0),
            "1987-12-08  signed by SUHH, US (2 sources; in conflict)\n"
            "    The Weekend Globe, 2022-03-11, dates it 1986-12-08 (contradicts), quoting Ann Lee\n"
            "      \"It was signed on 8 December 1986.\"\n"
            "      articles/u-1, bytes 43 to 76\n");
}

TEST(TimelineTextTest, ShowsWhatCameAndWhatWent) {
  v1::EventChange change;
  change.set_kind(v1::CHANGE_KIND_ADDED);
  *change.mutable_event()->mutable_claim() = Parse<v1::Claim>(kClaim);
  change.mutable_event()->set_agreement("agreements/inf");
  change.mutable_event()->set_revision(7);
  EXPECT_EQ(EventChangeText(change, 0),
            "+ 7  1986-12-08  signed  agreements/inf  (The Weekend Globe)\n"
            "    \"It was signed on 8 December 1986.\"\n");
  change.set_kind(v1::CHANGE_KIND_REMOVED);
  EXPECT_EQ(EventChangeText(change, 0), "- 7  1986-12-08  signed  agreements/inf  (The Weekend Globe)\n");
}

v1::Agreement FullAgreement() {
  v1::Agreement agreement = Parse<v1::Agreement>(R"pb(
    name: "agreements/inf"
    retired_names: "agreements/missiles"
    display_name: "INF Treaty"
    aliases: "the missile treaty"
    aliases: "Intermediate-Range Nuclear Forces Treaty"
    parties { party_id: "SUHH" surface: "the Soviet Union" }
    parties { party_id: "US" surface: "the United States" }
    kind: AGREEMENT_KIND_TREATY
    subject: SUBJECT_ARMS_CONTROL
    signed_date { edtf: "1987-12-08" }
    signed_date_rule: PREFERENCE_RULE_MORE_SOURCES
    signed_place: "Washington"
    status: STATUS_ENDED
    status_since { edtf: "2019-08-02" }
    party_statuses {
      party_id: "US"
      status: STATUS_ENDED
      since { edtf: "2019-08-02" }
      exit_decided: true
      exit_effective: true
    }
    missing_steps: MISSING_STEP_NEVER_NOTIFIED
    relations { kind: RELATION_KIND_REPLACED_BY agreement: "agreements/x" display_name: "X" }
    conflicts: "agreements/inf/conflicts/1"
    article_count: 4
    independent_source_count: 3
  )pb");
  *agreement.add_entries() = Entry();
  return agreement;
}

TEST(AgreementTextTest, ShowsAPage) {
  EXPECT_EQ(AgreementPage(FullAgreement(), 0),
            "INF Treaty\n"
            "agreements/inf\n"
            "  also called   the missile treaty; Intermediate-Range Nuclear Forces Treaty\n"
            "  kind          treaty, arms control\n"
            "  parties       SUHH the Soviet Union, US the United States\n"
            "  signed        1987-12-08 in Washington (more sources)\n"
            "  status        ended since 2019-08-02\n"
            "    US          ended since 2019-08-02; exit decided, effective\n"
            "  missing       never notified\n"
            "  replaced by   X (agreements/x)\n"
            "  sources       3 independent, 4 articles\n"
            "  conflict      agreements/inf/conflicts/1\n"
            "  once named    agreements/missiles\n"
            "\n"
            "1987-12-08  signed by SUHH, US (2 sources; in conflict)\n"
            "    The Weekend Globe, 2022-03-11, dates it 1986-12-08 (contradicts), quoting Ann Lee\n"
            "      \"It was signed on 8 December 1986.\"\n"
            "      articles/u-1, bytes 43 to 76\n");
}

TEST(AgreementTextTest, WrapsFactsBesideTheirLabels) {
  v1::Agreement agreement = FullAgreement();
  agreement.clear_entries();
  const std::string page = AgreementPage(agreement, 44);
  EXPECT_NE(page.find("  also called   the missile treaty;\n"
                      "                Intermediate-Range Nuclear\n"
                      "                Forces Treaty\n"),
            std::string::npos)
      << page;
}

TEST(AgreementTextTest, SaysUnknownWhereTheRecordDoesNotTell) {
  EXPECT_EQ(AgreementPage(Parse<v1::Agreement>("name: 'agreements/x' display_name: 'X'"), 0),
            "X\n"
            "agreements/x\n"
            "  status        unknown\n"
            "  sources       0 independent, 0 articles\n");
}

TEST(AgreementTextTest, ShowsATable) {
  EXPECT_EQ(AgreementTable({FullAgreement()}, 0),
            "AGREEMENT   PARTIES   SIGNED      STATUS                  SOURCES  CONFLICTS  NAME\n"
            "INF Treaty  SUHH, US  1987-12-08  ended since 2019-08-02        3          1  agreements/inf\n");
}

TEST(AgreementTextTest, ShowsFinds) {
  v1::SearchHit hit;
  *hit.mutable_agreement() = FullAgreement();
  hit.set_score(12.345);
  hit.mutable_matching_evidence()->set_text("It is over.");
  hit.set_article("articles/u-1");
  EXPECT_EQ(SearchHitList({hit}, 0),
            "12.35  INF Treaty (agreements/inf)\n"
            "    \"It is over.\"\n"
            "    articles/u-1\n");
}

TEST(ConflictTextTest, SetsTheValuesAgainstEachOther) {
  v1::Conflict conflict = Parse<v1::Conflict>(R"pb(
    name: "agreements/inf/conflicts/1"
    agreement: "agreements/inf"
    kind: CONFLICT_KIND_DATE
    event_type: EVENT_TYPE_SIGNED
    rule: PREFERENCE_RULE_MORE_SOURCES
    positions { value: "1987-12-08" independent_source_count: 2 preferred: true }
    positions { value: "1986-12-08" independent_source_count: 1 }
  )pb");
  *conflict.mutable_positions(1)->add_claims() = Parse<v1::Claim>(kClaim);
  EXPECT_EQ(ConflictPage(conflict, 0),
            "agreements/inf/conflicts/1\n"
            "  When was it signed?\n"
            "    1987-12-08  (2 sources; preferred: more sources)\n"
            "    1986-12-08  (1 source)\n"
            "        The Weekend Globe, 2022-03-11, dates it 1986-12-08 (contradicts), quoting Ann Lee\n"
            "          \"It was signed on 8 December 1986.\"\n"
            "          articles/u-1, bytes 43 to 76\n");
}

TEST(ArticleTextTest, ShowsATableAndAPage) {
  v1::GetArticleResponse response = Parse<v1::GetArticleResponse>(R"pb(
    article {
      name: "articles/u-1"
      article {
        publisher: "The Weekend Globe"
        uri: "https://weekendglobe.example/a"
        title: "In short"
        publish_time { seconds: 1646956800 }
      }
      extractor_version: "0.1.0+1"
      revision: 5
      event_count: 1
    }
    events { agreement: "agreements/inf" }
  )pb");
  *response.mutable_events(0)->mutable_claim() = Parse<v1::Claim>(kClaim);
  EXPECT_EQ(ArticleTable({response.article()}, 0),
            "ARTICLE       PUBLISHED   PUBLISHER          TITLE     EVENTS  REVISION\n"
            "articles/u-1  2022-03-11  The Weekend Globe  In short       1         5\n");
  EXPECT_EQ(ArticlePage(response, 0),
            "In short\n"
            "  articles/u-1, revision 5\n"
            "  The Weekend Globe, 2022-03-11\n"
            "  https://weekendglobe.example/a\n"
            "  read by extractor 0.1.0+1\n"
            "\n"
            "  1986-12-08  signed: agreements/inf\n"
            "    \"It was signed on 8 December 1986.\"\n");
}

TEST(ArticleTextTest, ShowsWhatWouldBeExtracted) {
  v1::ExtractedArticle extraction;
  EXPECT_EQ(ExtractionText(extraction, 0), "  no events\n");
  *extraction.add_events() = Parse<v1::Claim>(kClaim).event();
  extraction.mutable_events(0)->mutable_agreement()->set_title("INF Treaty");
  *extraction.add_events() = extraction.events(0);
  *extraction.mutable_events(1)->mutable_agreement() = Parse<v1::AgreementMention>(
      "local_id: 'a2' kind: AGREEMENT_KIND_PACT parties { party_id: 'RU' } parties { party_id: 'US' }");
  EXPECT_EQ(ExtractionText(extraction, 0),
            "  1986-12-08  signed: INF Treaty\n"
            "    \"It was signed on 8 December 1986.\"\n"
            "  1986-12-08  signed: pact of RU, US (a2)\n"
            "    \"It was signed on 8 December 1986.\"\n");
}

TEST(ArticleTextTest, ShowsSources) {
  EXPECT_EQ(
      SourceTable({Parse<v1::Source>("publisher: 'P' article_count: 2 claim_count: 9 contradicted_count: 1"),
                   Parse<v1::Source>("article_count: 1")},
                  0),
      "PUBLISHER            ARTICLES  CLAIMS  CONTRADICTED\n"
      "P                           2       9             1\n"
      "(publisher unknown)         1       0             0\n");
}

TEST(PartyTextTest, ShowsATableAndAPage) {
  const v1::Party party = Parse<v1::Party>(R"pb(
    name: "parties/RU"
    party_id: "RU"
    display_name: "Russia"
    kind: PARTY_KIND_STATE
    predecessors: "SUHH"
    succession_links {
      predecessor: "SUHH"
      successor: "RU"
      display_name: "Soviet Union"
      continues_agreements: true
      predecessor_agreement_count: 1
    }
    agreement_count: 3
    event_count: 20
  )pb");
  EXPECT_EQ(PartyTable({party}, 0),
            "PARTY  NAME    KIND   AGREEMENTS  EVENTS\n"
            "RU     Russia  state           3      20\n");
  EXPECT_EQ(PartyPage(party, 0),
            "Russia (RU), state\n"
            "  took the place of Soviet Union (SUHH), which 1 agreement names; it continues them\n"
            "  3 agreements of its own, 20 events\n");
}

TEST(PartyTextTest, PageTellsWhatLinksAStateToItsSuccessors) {
  const v1::Party party = Parse<v1::Party>(R"pb(
    party_id: "YUCS"
    display_name: "Yugoslavia"
    kind: PARTY_KIND_FORMER_STATE
    succession_links {
      predecessor: "YUCS"
      successor: "HR"
      display_name: "Croatia"
      predecessor_agreement_count: 2
      succeeded_agreements: "agreements/geneva-conventions"
    }
    succession_links {
      predecessor: "YUCS"
      successor: "RS"
      display_name: "Serbia"
      continues_agreements: true
      predecessor_agreement_count: 2
    }
    agreement_count: 1
    event_count: 1)pb");
  EXPECT_EQ(PartyPage(party, 0),
            "Yugoslavia (YUCS), former state\n"
            "  its place was taken by Croatia (HR); succeeded to agreements/geneva-conventions\n"
            "  its place was taken by Serbia (RS), which continues its agreements\n"
            "  1 agreement of its own, 1 event\n");
}

}  // namespace
}  // namespace treatywire::tools
