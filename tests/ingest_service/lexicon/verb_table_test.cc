#include "ingest_service/lexicon/verb_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_join.h"

namespace treatywire::ingest {
namespace {

std::string Joined(const VerbTable& verbs, absl::string_view base) {
  return absl::StrJoin(verbs.Inflect(base), " ",
                       [](std::string* out, const VerbWord& word) { out->append(word.word); });
}

TEST(VerbTableTest, RegularVerbsFollowTheRules) {
  struct Case {
    absl::string_view base;
    absl::string_view words;
  };
  const Case cases[] = {
      {"sign", "sign signs signed signing"},
      {"ratify", "ratify ratifies ratified ratifying"},
      {"deploy", "deploy deploys deployed deploying"},
      {"conclude", "conclude concludes concluded concluding"},
      {"agree", "agree agrees agreed agreeing"},
      {"die", "die dies died dying"},
      {"veto", "veto vetoes vetoed vetoing"},
      {"scrap", "scrap scraps scrapped scrapping"},
      {"ink", "ink inks inked inking"},
      {"annex", "annex annexes annexed annexing"},
      {"renew", "renew renews renewed renewing"},
      {"abolish", "abolish abolishes abolished abolishing"},
      {"quash", "quash quashes quashed quashing"},
      {"repeal", "repeal repeals repealed repealing"},
      {"join", "join joins joined joining"},
      {"suspend", "suspend suspends suspended suspending"},
      {"equip", "equip equips equipped equiped equipping equiping"},
      {"cancel", "cancel cancels cancelled canceled cancelling canceling"},
      {"commit", "commit commits committed commited committing commiting"},
      {"panic", "panic panics panicked paniced panicking panicing"},
  };
  for (const Case& c : cases) EXPECT_EQ(Joined(VerbTable(), c.base), c.words);
}

TEST(VerbTableTest, FormsOfARegularVerb) {
  EXPECT_THAT(VerbTable().Inflect("sign"),
              testing::ElementsAre(VerbWord{"sign", VerbForm::kBase}, VerbWord{"signs", VerbForm::kThird},
                                   VerbWord{"signed", VerbForm::kPastOrParticiple},
                                   VerbWord{"signing", VerbForm::kIng}));
}

TEST(VerbTableTest, TableTellsPastFromParticiple) {
  VerbTable verbs;
  ASSERT_TRUE(verbs.Add({"withdraw", {"withdrew"}, {"withdrawn"}, {}, {}}));
  EXPECT_THAT(verbs.Inflect("withdraw"), testing::ElementsAre(VerbWord{"withdraw", VerbForm::kBase},
                                                              VerbWord{"withdraws", VerbForm::kThird},
                                                              VerbWord{"withdrew", VerbForm::kPast},
                                                              VerbWord{"withdrawn", VerbForm::kParticiple},
                                                              VerbWord{"withdrawing", VerbForm::kIng}));
}

TEST(VerbTableTest, WordThatIsTheBaseAndMoreIsTheBase) {
  VerbTable verbs;
  ASSERT_TRUE(verbs.Add({"come", {"came"}, {"come"}, {}, {}}));
  ASSERT_TRUE(verbs.Add({"put", {"put"}, {"put"}, {}, {}}));
  EXPECT_THAT(verbs.Inflect("come"),
              testing::ElementsAre(VerbWord{"come", VerbForm::kBase}, VerbWord{"comes", VerbForm::kThird},
                                   VerbWord{"came", VerbForm::kPast}, VerbWord{"coming", VerbForm::kIng}));
  EXPECT_THAT(verbs.Inflect("put"),
              testing::ElementsAre(VerbWord{"put", VerbForm::kBase}, VerbWord{"puts", VerbForm::kThird},
                                   VerbWord{"putting", VerbForm::kIng}));
}

TEST(VerbTableTest, TableMayGiveSeveralSpellingsAndEveryForm) {
  VerbTable verbs;
  ASSERT_TRUE(verbs.Add({"be", {"was", "were"}, {"been"}, {"being"}, {"is", "are"}}));
  EXPECT_EQ(Joined(verbs, "be"), "be is are was were been being");
}

TEST(VerbTableTest, LastPartOfAHyphenatedVerbIsInflected) {
  VerbTable verbs;
  ASSERT_TRUE(verbs.Add({"do", {"did"}, {"done"}, {}, {"does"}}));
  EXPECT_EQ(Joined(verbs, "re-open"), "re-open re-opens re-openned re-opened re-openning re-opening");
  EXPECT_EQ(Joined(verbs, "re-do"), "re-do re-does re-did re-done re-doing");
}

TEST(VerbTableTest, VerbIsAddedOnce) {
  VerbTable verbs;
  EXPECT_TRUE(verbs.Add({"quit", {"quit"}, {"quit"}, {}, {}}));
  EXPECT_FALSE(verbs.Add({"quit", {"quitted"}, {"quitted"}, {}, {}}));
  EXPECT_EQ(Joined(verbs, "quit"), "quit quits quitting");
}

}  // namespace
}  // namespace treatywire::ingest
