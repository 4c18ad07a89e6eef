#include "query_service/resolution/date_preference.h"

#include <gmock/gmock.h>

#include "absl/time/civil_time.h"
#include "tests/query_service/resolution/claims.h"

namespace treatywire::query {
namespace {

namespace v1 = ::treatywire::v1;

const char kFullTitle[] = "Agreement between Russia and France on cooperation in the field of defence";

struct Choice {
  std::string edtf;
  v1::PreferenceRule rule;
  friend bool operator==(const Choice&, const Choice&) = default;
};
void PrintTo(const Choice& choice, std::ostream* out) {
  *out << choice.edtf << " " << v1::PreferenceRule_Name(choice.rule);
}

Choice Preferred(const Claims& claims) {
  const auto preferred = PreferDate(claims.all());
  return preferred ? Choice{preferred->stated.edtf(), preferred->rule}
                   : Choice{"", v1::PREFERENCE_RULE_UNSPECIFIED};
}

TEST(PreferDateTest, NothingWhereNoClaimIsDated) {
  EXPECT_EQ(Preferred(Claims().Add(v1::EVENT_TYPE_SIGNED)), (Choice{"", v1::PREFERENCE_RULE_UNSPECIFIED}));
}

TEST(PreferDateTest, TheOnlyValue) {
  EXPECT_EQ(Preferred(Claims().Add(v1::EVENT_TYPE_SIGNED, {.date = "1994"}).Add(v1::EVENT_TYPE_SIGNED)),
            (Choice{"1994", v1::PREFERENCE_RULE_ONLY_VALUE}));
}

TEST(PreferDateTest, AFullTitleWithPlaceAndDayBeatsMoreSources) {
  EXPECT_EQ(Preferred(Claims()
                          .Add(v1::EVENT_TYPE_SIGNED, {.date = "1994-02-04", .place = "Moscow"},
                               {.title = kFullTitle})
                          .Add(v1::EVENT_TYPE_SIGNED, {.date = "1997"})
                          .Add(v1::EVENT_TYPE_SIGNED, {.date = "1997"})),
            (Choice{"1994-02-04", v1::PREFERENCE_RULE_FULL_TITLE}));
}

TEST(PreferDateTest, AQuotationBeatsMoreSources) {
  EXPECT_EQ(Preferred(Claims()
                          .Add(v1::EVENT_TYPE_SIGNED, {.date = "1994", .speaker = "the ministry"})
                          .Add(v1::EVENT_TYPE_SIGNED, {.date = "1997"})
                          .Add(v1::EVENT_TYPE_SIGNED, {.date = "1997"})),
            (Choice{"1994", v1::PREFERENCE_RULE_QUOTED_INSTRUMENT}));
}

TEST(PreferDateTest, WhatNamesTheActBeatsABareOrigin) {
  EXPECT_EQ(Preferred(Claims()
                          .Add(v1::EVENT_TYPE_CONCLUDED, {.date = "1997"})
                          .Add(v1::EVENT_TYPE_CONCLUDED, {.date = "1997"})
                          .Add(v1::EVENT_TYPE_SIGNED, {.date = "1994"})),
            (Choice{"1994", v1::PREFERENCE_RULE_NAMES_THE_ACT}));
}

TEST(PreferDateTest, MoreSourcesOfWhichCopiesCountOnce) {
  EXPECT_EQ(Preferred(Claims()
                          .Add(v1::EVENT_TYPE_SIGNED, {.date = "1997"}, {}, "2020-01-01", /*source=*/1)
                          .Add(v1::EVENT_TYPE_SIGNED, {.date = "1997"}, {}, "2020-01-01", /*source=*/1)
                          .Add(v1::EVENT_TYPE_SIGNED, {.date = "1997"}, {}, "2020-01-01", /*source=*/1)
                          .Add(v1::EVENT_TYPE_SIGNED, {.date = "1994"}, {}, "2020-01-01", /*source=*/2)
                          .Add(v1::EVENT_TYPE_SIGNED, {.date = "1994"}, {}, "2020-01-01", /*source=*/3)),
            (Choice{"1994", v1::PREFERENCE_RULE_MORE_SOURCES}));
}

TEST(PreferDateTest, APlanForADayDoesNotSpeakForIt) {
  const EventFields planned = {.date = "2021-05-01", .modality = v1::MODALITY_PLANNED};
  EXPECT_EQ(Preferred(Claims()
                          .Add(v1::EVENT_TYPE_SIGNED, planned, {}, "2021-03-01")
                          .Add(v1::EVENT_TYPE_SIGNED, planned, {}, "2021-03-02")
                          .Add(v1::EVENT_TYPE_SIGNED, {.date = "2021-06-01"}, {}, "2021-06-02")
                          .Add(v1::EVENT_TYPE_SIGNED, {.date = "2021-05-01"}, {}, "2021-06-03")),
            (Choice{"2021-06-01", v1::PREFERENCE_RULE_PUBLISHED_FIRST}));
}

TEST(PreferDateTest, ADeniedDateDatesNothingThatIsToldAsDone) {
  const EventFields denied = {.date = "1992-05-19", .modality = v1::MODALITY_DENIED};
  EXPECT_EQ(Preferred(Claims().Add(v1::EVENT_TYPE_TERMINATED, denied)),
            (Choice{"1992-05-19", v1::PREFERENCE_RULE_ONLY_VALUE}));
  EXPECT_EQ(Preferred(Claims().Add(v1::EVENT_TYPE_TERMINATED, denied).Add(v1::EVENT_TYPE_TERMINATED)),
            (Choice{"", v1::PREFERENCE_RULE_UNSPECIFIED}));
}

TEST(PreferDateTest, TheMorePreciseOfAgreeingDates) {
  EXPECT_EQ(Preferred(Claims()
                          .Add(v1::EVENT_TYPE_SIGNED, {.date = "1994"})
                          .Add(v1::EVENT_TYPE_SIGNED, {.date = "1994-02-04"})),
            (Choice{"1994-02-04", v1::PREFERENCE_RULE_MORE_PRECISE}));
}

TEST(PreferDateTest, ThePublishedFirstAsALastResort) {
  EXPECT_EQ(Preferred(Claims()
                          .Add(v1::EVENT_TYPE_SIGNED, {.date = "1997"}, {}, "2020-02-01")
                          .Add(v1::EVENT_TYPE_SIGNED, {.date = "1994"}, {}, "2020-01-01")),
            (Choice{"1994", v1::PREFERENCE_RULE_PUBLISHED_FIRST}));
}

TEST(PreferDateTest, WhatHappenedBeforeWhatWasPlannedAndStatedBeforeStandIn) {
  EXPECT_EQ(
      Preferred(Claims()
                    .Add(v1::EVENT_TYPE_SIGNED, {.date = "2021-05-01", .modality = v1::MODALITY_PLANNED})
                    .Add(v1::EVENT_TYPE_SIGNED, {.date = "2021-05-09"}))
          .edtf,
      "2021-05-09");
  EXPECT_EQ(
      Preferred(Claims()
                    .Add(v1::EVENT_TYPE_SIGNED, {.date = "2021-05-09~", .basis = v1::DATE_BASIS_PUBLICATION})
                    .Add(v1::EVENT_TYPE_SIGNED, {.date = "2021"}))
          .edtf,
      "2021");
}

TEST(PreferDateTest, AFreshReportsDayWithinTheMonthThatOthersState) {
  Claims claims;
  claims.Add(v1::EVENT_TYPE_TERMINATED, {.date = "2025-12"})
      .Add(v1::EVENT_TYPE_TERMINATED, {.date = "2025-12-06~", .basis = v1::DATE_BASIS_PUBLICATION})
      .Add(v1::EVENT_TYPE_TERMINATED, {.date = "2025-12-05~", .basis = v1::DATE_BASIS_PUBLICATION})
      .Add(v1::EVENT_TYPE_TERMINATED, {.date = "2025-11-30~", .basis = v1::DATE_BASIS_PUBLICATION});
  EXPECT_EQ(Preferred(claims), (Choice{"2025-12-05~", v1::PREFERENCE_RULE_MORE_PRECISE}));
  EXPECT_EQ(Preferred(Claims()
                          .Add(v1::EVENT_TYPE_TERMINATED, {.date = "2025"})
                          .Add(v1::EVENT_TYPE_TERMINATED,
                               {.date = "2025-12-06~", .basis = v1::DATE_BASIS_PUBLICATION})),
            (Choice{"2025", v1::PREFERENCE_RULE_ONLY_VALUE}));
}

// As made-up articles may give: what two sources say is not crowded out by thousands that one says each.
TEST(PreferDateTest, OfMoreDatesThanAreWeighedTheBestSupportedIsPreferred) {
  Claims claims;
  for (int i = 0; i < 1100; ++i) {
    claims.Add(v1::EVENT_TYPE_SIGNED, {.date = absl::FormatCivilTime(absl::CivilDay(1950, 1, 1) + i)});
  }
  claims.Add(v1::EVENT_TYPE_SIGNED, {.date = "1994"}, {}, "2021-01-01")
      .Add(v1::EVENT_TYPE_SIGNED, {.date = "1994"}, {}, "2021-01-01");
  EXPECT_EQ(Preferred(claims), (Choice{"1994", v1::PREFERENCE_RULE_MORE_SOURCES}));
}

TEST(CompareWithPreferredTest, ContradictionNeedsOneNamedAct) {
  Claims claims;
  claims.Add(v1::EVENT_TYPE_SIGNED, {.date = "1994-02-04"})
      .Add(v1::EVENT_TYPE_SIGNED, {.date = "1997"})
      .Add(v1::EVENT_TYPE_CONCLUDED, {.date = "1997"})
      .Add(v1::EVENT_TYPE_SIGNED, {.date = "1993", .modality = v1::MODALITY_PLANNED})
      .Add(v1::EVENT_TYPE_SIGNED, {.date = "2020-06-01~", .basis = v1::DATE_BASIS_PUBLICATION})
      .Add(v1::EVENT_TYPE_SIGNED, {.date = "1994"});
  const PreferredDate preferred = *PreferDate(absl::MakeSpan(claims.all()).subspan(0, 1));
  const auto compare = [&](size_t i) { return CompareWithPreferred(claims.all()[i], preferred); };
  EXPECT_EQ(compare(0), v1::DATE_COMPARISON_SAME);
  EXPECT_EQ(compare(1), v1::DATE_COMPARISON_CONTRADICTS);
  EXPECT_EQ(compare(2), v1::DATE_COMPARISON_INCOMPARABLE);
  EXPECT_EQ(compare(3), v1::DATE_COMPARISON_INCOMPARABLE);
  EXPECT_EQ(compare(4), v1::DATE_COMPARISON_INCOMPARABLE);
  EXPECT_EQ(compare(5), v1::DATE_COMPARISON_REFINES);
}

TEST(CompareWithPreferredTest, DaysOfPublicationDoNotContradictOneAnother) {
  Claims claims;
  claims.Add(v1::EVENT_TYPE_TERMINATED, {.date = "2025-12-05~", .basis = v1::DATE_BASIS_PUBLICATION})
      .Add(v1::EVENT_TYPE_TERMINATED, {.date = "2025-11-20~", .basis = v1::DATE_BASIS_PUBLICATION});
  const PreferredDate preferred = *PreferDate(absl::MakeSpan(claims.all()).subspan(0, 1));
  EXPECT_EQ(CompareWithPreferred(claims.all()[1], preferred), v1::DATE_COMPARISON_INCOMPARABLE);
}

}  // namespace
}  // namespace treatywire::query
