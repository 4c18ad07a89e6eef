// Each check passes a history that keeps the promises, and finds each way to break one.
#include "tests/history/history_checks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "tests/query_service/event_log/log_records.h"

namespace treatywire {
namespace {

using Kind = Operation::Kind;
using query::ExtractionRecord;
using query::RetractionRecord;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using treatywire::v1::LogRecord;

LogRecord Version(const std::string& article, const std::string& version) {
  LogRecord record = ExtractionRecord(article, version);
  record.mutable_extraction()->mutable_article()->set_title(version);
  return record;
}

LogRecords LogOf(LogRecords records) {
  for (size_t i = 0; i < records.size(); ++i) records[i].set_revision(i + 1);
  return records;
}

// Two clients write three articles, one of them twice, and retract one; one attempt is lost and sent again.
// There are two reads, a watch that is resumed once, a hold, and a crash after it.
class HistoryChecksTest : public testing::Test {
 protected:
  HistoryChecksTest() {
    Write(1, "a", "a1", 1);
    hold_ = recorder_.Invoke({.kind = Kind::kHold, .client = 9});
    Write(2, "b", "b1", 2);
    recorder_.Return(hold_, [](Operation&) {});
    Read(1, "a", "a1", 2, /*min_revision=*/1);
    recorder_.Note({.kind = Kind::kWatchOpened, .client = 3, .from = 1});
    Watch({"+a/a-a1"}, 1);
    Watch({"+b/b-b1"}, 2);
    recorder_.Note({.kind = Kind::kCrash});
    recorder_.Invoke({.kind = Kind::kIngest, .client = 1, .article = "a", .version = "a2"});  // lost
    Write(1, "a", "a2", 3);
    Write(2, "b", "", 4);
    recorder_.Note({.kind = Kind::kWatchOpened, .client = 3, .from = 3});
    Watch({"-a/a-a1", "+a/a-a2", "-b/b-b1"}, 4);
    Watch({}, 4);  // a checkpoint
    Read(2, "b", "", 4, /*min_revision=*/0);
    history_ = recorder_.Take();
  }

  void Write(int client, const std::string& article, const std::string& version, uint64_t revision) {
    const size_t call = recorder_.Invoke({.kind = version.empty() ? Kind::kRetract : Kind::kIngest,
                                          .client = client,
                                          .article = article,
                                          .version = version});
    recorder_.Return(call, [&](Operation& op) {
      op.acknowledged = true;
      op.revision = revision;
    });
  }
  void Read(int client, const std::string& article, const std::string& version, uint64_t revision,
            uint64_t min_revision) {
    const size_t call = recorder_.Invoke(
        {.kind = Kind::kRead, .client = client, .article = article, .min_revision = min_revision});
    recorder_.Return(call, [&](Operation& op) {
      op.acknowledged = true;
      op.version = version;
      op.revision = revision;
    });
  }
  void Watch(std::vector<std::string> changes, uint64_t revision) {
    recorder_.Note(
        {.kind = Kind::kWatchResponse, .client = 3, .revision = revision, .changes = std::move(changes)});
  }

  // The history with its `n`-th operation of that kind changed, or taken out.
  History With(Kind kind, size_t n, const std::function<void(Operation&)>& change) const {
    History changed = history_;
    for (Operation& op : changed) {
      if (op.kind == kind && n-- == 0) change(op);
    }
    return changed;
  }
  History Without(Kind kind, size_t n) const {
    History changed = history_;
    for (auto op = changed.begin(); op != changed.end(); ++op) {
      if (op->kind != kind || n-- != 0) continue;
      changed.erase(op);
      break;
    }
    return changed;
  }

  HistoryRecorder recorder_;
  size_t hold_ = 0;
  History history_;
  const LogRecords log_ =
      LogOf({Version("a", "a1"), Version("b", "b1"), Version("a", "a2"), RetractionRecord("b")});
};

TEST_F(HistoryChecksTest, HistoryThatKeepsEveryPromisePasses) {
  EXPECT_THAT(CheckAll(history_, log_, 1), IsEmpty());
}

TEST_F(HistoryChecksTest, AcknowledgedArticleThatIsGoneIsFound) {
  LogRecords shorter = log_;
  shorter.pop_back();
  EXPECT_THAT(CheckAcknowledgedIsDurable(history_, shorter),
              ElementsAre(testing::AllOf(HasSubstr("log of 3 revisions"), HasSubstr("retract by client 2"))));
  EXPECT_THAT(CheckAcknowledgedIsDurable(history_, LogOf({Version("a", "other"), log_[1], log_[2], log_[3]})),
              ElementsAre(HasSubstr("'a1'")));
  EXPECT_THAT(
      CheckAcknowledgedIsDurable(With(Kind::kIngest, 0, [](Operation& op) { op.revision = 0; }), log_),
      ElementsAre(HasSubstr("'a1'")));
}

TEST_F(HistoryChecksTest, VersionThatIsThereTwiceOrThatNobodySentIsFound) {
  LogRecords twice = log_;
  twice.push_back(Version("a", "a2"));
  EXPECT_THAT(CheckEffectIsExactlyOnce(history_, LogOf(twice)),
              ElementsAre(HasSubstr("more than once: 3, 5")));
  LogRecords invented = log_;
  invented.push_back(Version("c", "c1"));
  EXPECT_THAT(CheckEffectIsExactlyOnce(history_, LogOf(invented)),
              ElementsAre(HasSubstr("nobody sent c 'c1'")));
}

TEST_F(HistoryChecksTest, TwoRevisionsForOneVersionAreFound) {
  const History history = With(Kind::kIngest, 2, [](Operation& op) {
    op.acknowledged = true;
    op.revision = 2;
  });
  EXPECT_THAT(CheckEffectIsExactlyOnce(history, log_),
              ElementsAre(HasSubstr("acknowledged with revisions 2, 3")));
}

TEST_F(HistoryChecksTest, WatchThatMissesRepeatsOrReordersIsFound) {
  const auto check = [&](const History& history) { return CheckWatchIsWhole(history, log_); };
  EXPECT_THAT(check(Without(Kind::kWatchResponse, 0)), ElementsAre(HasSubstr("expected [+a/a-a1 +b/b-b1]")));
  EXPECT_THAT(check(With(Kind::kWatchResponse, 1, [](Operation& op) { op.revision = 1; })),
              testing::Not(IsEmpty()));
  EXPECT_THAT(
      check(With(Kind::kWatchResponse, 2, [](Operation& op) { std::swap(op.changes[0], op.changes[2]); })),
      ElementsAre(HasSubstr("expected [-a/a-a1 +a/a-a2 -b/b-b1]")));
  EXPECT_THAT(check(With(Kind::kWatchResponse, 3, [](Operation& op) { op.changes = {"-b/b-b1"}; })),
              ElementsAre(HasSubstr("expected []")));
  EXPECT_THAT(check(With(Kind::kWatchOpened, 1, [](Operation& op) { op.from = 4; })),
              ElementsAre(HasSubstr("resumed from 4 instead of 3")));
  EXPECT_THAT(check(With(Kind::kWatchResponse, 3, [](Operation& op) { op.revision = 5; })),
              ElementsAre(HasSubstr("of a log of 4")));
}

TEST_F(HistoryChecksTest, OldReadIsFound) {
  const auto check = [&](const History& history) { return CheckReadIsNeverOlder(history, log_); };
  // Older than it asked for, than what had been acknowledged, than the log is long; and of another version.
  EXPECT_THAT(check(With(Kind::kRead, 0, [](Operation& op) { op.min_revision = 3; })),
              ElementsAre(HasSubstr("older than revision 3")));
  EXPECT_THAT(check(With(Kind::kRead, 0, [](Operation& op) { op.revision = 1; })),
              ElementsAre(HasSubstr("older than revision 2")));
  EXPECT_THAT(check(With(Kind::kRead, 0, [](Operation& op) { op.revision = 5; })),
              ElementsAre(HasSubstr("of no revision")));
  EXPECT_THAT(check(With(Kind::kRead, 1, [](Operation& op) { op.version = "b1"; })),
              ElementsAre(HasSubstr("the log has '' there")));
}

TEST_F(HistoryChecksTest, AnswersThatFollowTheOrderAreFound) {
  LogRecords log;
  for (int i = 0; i < 20; ++i) log.push_back(Version(absl::StrCat("a", i), "v"));
  EXPECT_THAT(CheckOrderDoesNotMatter(LogOf(log), 1), IsEmpty());
  const auto first_article = [](const LogRecords& records) -> absl::StatusOr<std::vector<std::string>> {
    return {{records.front().extraction().article().article_id()}};
  };
  EXPECT_THAT(CheckOrderDoesNotMatter(LogOf(log), 1, first_article),
              testing::Contains(HasSubstr("another order gives \"a")));
  const auto fails = [](const LogRecords&) -> absl::StatusOr<std::vector<std::string>> {
    return absl::InternalError("broken");
  };
  EXPECT_THAT(CheckOrderDoesNotMatter(LogOf(log), 1, fails), ElementsAre(HasSubstr("does not replay")));
}

TEST_F(HistoryChecksTest, WriterThatWaitsForAReaderIsFound) {
  EXPECT_THAT(CheckReaderBlocksNoWriter(With(Kind::kIngest, 1, [](Operation& op) { op.returned = 1000; })),
              ElementsAre(HasSubstr("of 1 writes none was acknowledged")));
  EXPECT_THAT(
      CheckReaderBlocksNoWriter(With(Kind::kIngest, 1, [](Operation& op) { op.acknowledged = false; })),
      ElementsAre(HasSubstr("of 1 writes none was acknowledged")));
}

}  // namespace
}  // namespace treatywire
