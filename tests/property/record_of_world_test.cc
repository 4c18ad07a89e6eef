// How well the record tells the agreements of a made-up world apart, and shows where its newspapers
// contradict one another.
#include <gmock/gmock.h>

#include <cstdio>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "query_service/index/index.h"
#include "query_service/resolution/day_span.h"
#include "tests/query_service/index/article_builder.h"
#include "tests/query_service/index/world.h"
#include "tests/query_service/proto_matchers.h"

namespace treatywire::query {
namespace {

namespace v1 = ::treatywire::v1;

constexpr PageOf kAll = {.size = 1'000'000};

// Of pairs of mentions that are of one agreement.
struct Marks {
  double precision = 0;
  double recall = 0;
  double f1 = 0;
  size_t agreements = 0;
  std::set<std::pair<int, std::string>> missed;    // wrong dates that no conflict shows
  std::set<std::pair<int, std::string>> invented;  // dates that conflicts show and nobody claims wrongly
};

double Pairs(double n) { return n * (n - 1) / 2; }

// Which agreement of the record each mention is of.
std::map<MentionKey, std::string> Resolution(const Snapshot& snapshot) {
  std::map<MentionKey, std::string> resolution;
  for (const v1::EventRecord& event : snapshot.ListEvents({}, {}, kAll).items) {
    const std::string id = event.claim().article().substr(sizeof("articles/") - 1);
    resolution[{id, event.claim().event().agreement().local_id()}] = event.agreement();
  }
  return resolution;
}

// For each agreement of the record, the true one that most of its mentions are of.
std::map<std::string, int> Majorities(const std::map<std::string, std::map<int, int>>& counts) {
  std::map<std::string, int> majorities;
  for (const auto& [name, of_truth] : counts) {
    int best = 0;
    for (const auto& [agreement, count] : of_truth) {
      if (count > best) majorities[name] = agreement;
      best = std::max(best, count);
    }
  }
  return majorities;
}

bool Contradicts(const std::string& edtf, const TrueAgreement& truth) {
  return !DatesAgree(*ClaimedDateOf(MakeDate(edtf)), *ClaimedDateOf(MakeDate(truth.signed_date)));
}

void MarkConflicts(const Snapshot& snapshot, const World& world, const std::map<std::string, int>& majorities,
                   Marks& marks) {
  std::set<std::pair<int, std::string>> shown;
  const auto conflicts = snapshot.ListConflicts("", {}, {}, {}, kAll);
  for (const v1::Conflict& conflict : conflicts->items) {
    if (conflict.event_type() != v1::EVENT_TYPE_SIGNED || !majorities.contains(conflict.agreement()))
      continue;
    const int agreement = majorities.at(conflict.agreement());
    for (const v1::ConflictPosition& position : conflict.positions()) {
      if (Contradicts(position.value(), world.agreements[static_cast<size_t>(agreement)])) {
        shown.emplace(agreement, position.value());
      }
    }
  }
  const std::set<std::pair<int, std::string>>& wrong = world.wrong_dates;
  std::set_difference(wrong.begin(), wrong.end(), shown.begin(), shown.end(),
                      std::inserter(marks.missed, marks.missed.end()));
  std::set_difference(shown.begin(), shown.end(), wrong.begin(), wrong.end(),
                      std::inserter(marks.invented, marks.invented.end()));
}

Marks Mark(const Snapshot& snapshot, const World& world) {
  std::map<std::string, std::map<int, int>> counts;
  std::map<int, int> of_truth;
  const std::map<MentionKey, std::string> resolution = Resolution(snapshot);
  for (const auto& [mention, agreement] : world.truth) {
    ++counts[resolution.at(mention)][agreement];
    ++of_truth[agreement];
  }
  double together = 0;
  double predicted = 0;
  double actual = 0;
  for (const auto& [name, by_truth] : counts) {
    int size = 0;
    for (const auto& [agreement, count] : by_truth) {
      together += Pairs(count);
      size += count;
    }
    predicted += Pairs(size);
  }
  for (const auto& [agreement, count] : of_truth) actual += Pairs(count);
  Marks marks;
  marks.agreements = counts.size();
  marks.precision = together / predicted;
  marks.recall = together / actual;
  marks.f1 = 2 * together / (predicted + actual);
  MarkConflicts(snapshot, world, Majorities(counts), marks);
  return marks;
}

void PrintWrong(const char* what, const World& world, int agreement, const std::string& date) {
  const TrueAgreement& truth = world.agreements[static_cast<size_t>(agreement)];
  std::printf("  %s: %s for %s, signed %s\n", what, date.c_str(), truth.titles.front().c_str(),
              truth.signed_date.c_str());
}

// How the settings differ from the usual world's: "parties 12, same_subject 0.8".
std::string Difference(const WorldSettings& settings) {
  const WorldSettings usual;
  std::vector<std::string> differences;
  const auto compare = [&](const char* what, double value, double usual_value) {
    if (value != usual_value) differences.push_back(absl::StrCat(what, " ", value));
  };
  compare("parties", settings.parties, usual.parties);
  compare("untitled", settings.untitled, usual.untitled);
  compare("no_subject", settings.no_subject, usual.no_subject);
  compare("one_party", settings.one_party, usual.one_party);
  compare("dated", settings.dated, usual.dated);
  compare("wrong_date", settings.wrong_date, usual.wrong_date);
  compare("copied", settings.copied, usual.copied);
  compare("corrected", settings.corrected, usual.corrected);
  compare("same_subject", settings.same_subject, usual.same_subject);
  compare("ambiguous", settings.ambiguous, usual.ambiguous);
  return absl::StrJoin(differences, ", ");
}

// The marks of a world are a row of docs/record.md's table.
Marks MarkWorld(const char* name, const WorldSettings& settings) {
  const World world = MakeWorld(settings);
  Index index;
  EXPECT_THAT(index.Apply(world.log), IsOk());
  const Marks marks = Mark(*index.snapshot(), world);
  std::set<int> told;
  for (const auto& [mention, agreement] : world.truth) told.insert(agreement);
  std::printf("| %s | %s | %u | %.4f | %.4f | %.4f | %zu | %zu | %zu | %zu | %zu |\n", name,
              Difference(settings).c_str(), settings.seed, marks.precision, marks.recall, marks.f1,
              told.size(), marks.agreements, world.wrong_dates.size(), marks.missed.size(),
              marks.invented.size());
  for (const auto& [agreement, date] : marks.missed) PrintWrong("missed", world, agreement, date);
  for (const auto& [agreement, date] : marks.invented) PrintWrong("invented", world, agreement, date);
  return marks;
}

// Its head.
class RecordOfWorldTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    std::puts(
        "| world | harder by | seed | precision | recall | F1 | agreements told of | found | wrong dates | "
        "missed | invented |\n"
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
  }
};

TEST_F(RecordOfWorldTest, TellsTheAgreementsOfTheUsualWorldApart) {
  for (const unsigned seed : {1u, 2u, 3u}) {
    const Marks marks = MarkWorld("usual", {.seed = seed});
    EXPECT_GE(marks.f1, 0.97) << "seed " << seed;
    EXPECT_TRUE(marks.missed.empty()) << marks.missed.size() << " conflicts missed, seed " << seed;
    EXPECT_TRUE(marks.invented.empty()) << marks.invented.size() << " conflicts invented, seed " << seed;
  }
}

// What makes it hard, and how much it costs.
TEST_F(RecordOfWorldTest, HoldsWhereMentionsSayLess) {
  EXPECT_GE(MarkWorld("vague", {.untitled = 0.5, .no_subject = 0.4, .one_party = 0.15}).f1, 0.97);
  EXPECT_GE(MarkWorld("undated", {.dated = 0.15}).f1, 0.97);
  EXPECT_GE(MarkWorld("wrong", {.wrong_date = 0.15}).f1, 0.97);
  EXPECT_GE(MarkWorld("copied", {.copied = 0.6, .corrected = 0.15}).f1, 0.95);
  EXPECT_GE(MarkWorld("crowded", {.parties = 12, .same_subject = 0.8}).f1, 0.97);
  EXPECT_GE(MarkWorld("ambiguous", {.parties = 12, .same_subject = 0.8, .ambiguous = 0.5}).f1, 0.95);
}

}  // namespace
}  // namespace treatywire::query
