#include "tests/history/history_checks.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <random>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "query_service/index/index.h"
#include "tests/query_service/index/snapshot_answers.h"

namespace treatywire {

using treatywire::v1::ExtractedArticle;
using treatywire::v1::LogRecord;
using Kind = Operation::Kind;

namespace {

std::string ArticleOf(const LogRecord& record) {
  return record.has_retraction() ? record.retraction().article_id()
                                 : record.extraction().article().article_id();
}

// "" for a retraction.
std::string VersionOf(const LogRecord& record) { return record.extraction().article().title(); }

bool IsWrite(const Operation& op) { return op.kind == Kind::kIngest || op.kind == Kind::kRetract; }

// What an operation wrote, as the log would have it.
std::string WrittenBy(const Operation& op) { return op.kind == Kind::kRetract ? "" : op.version; }

// The log by article, to look up what was in force.
class ArticleRevisions {
 public:
  explicit ArticleRevisions(const LogRecords& log) : log_(log) {
    for (size_t i = 0; i < log.size(); ++i) revisions_[ArticleOf(log[i])].push_back(i + 1);
  }

  // The last record about `article` up to `revision`; nullptr where there is none.
  const LogRecord* LastUpTo(const std::string& article, uint64_t revision) const {
    const auto found = revisions_.find(article);
    if (found == revisions_.end()) return nullptr;
    const auto after = std::upper_bound(found->second.begin(), found->second.end(), revision);
    return after == found->second.begin() ? nullptr : &log_[*std::prev(after) - 1];
  }

 private:
  const LogRecords& log_;
  std::map<std::string, std::vector<uint64_t>> revisions_;
};

bool Says(const ExtractedArticle& article, const treatywire::v1::AgreementEvent& event) {
  return std::any_of(article.events().begin(), article.events().end(), [&](const auto& other) {
    return other.SerializeAsString() == event.SerializeAsString();
  });
}

// The changes that a record makes, as a watch names them: what the article's version before said and this one
// does not, then what it says anew. A retraction says nothing, as an article does that is not there.
std::vector<std::string> ChangesOf(const LogRecord& record, const ArticleRevisions& articles) {
  const std::string article = ArticleOf(record);
  const LogRecord* last = articles.LastUpTo(article, record.revision() - 1);
  const ExtractedArticle& before =
      last == nullptr ? ExtractedArticle::default_instance() : last->extraction();
  std::vector<std::string> changes;
  for (const auto& event : before.events()) {
    if (!Says(record.extraction(), event))
      changes.push_back(absl::StrCat("-", article, "/", event.event_id()));
  }
  for (const auto& event : record.extraction().events()) {
    if (!Says(before, event)) changes.push_back(absl::StrCat("+", article, "/", event.event_id()));
  }
  return changes;
}

// One client's watch, over all its streams.
class WatchCheck {
 public:
  WatchCheck(const LogRecords& log, const ArticleRevisions& articles, Violations* violations)
      : log_(log), articles_(articles), violations_(violations) {}

  void Opened(const Operation& op) {
    if (!begun_) {
      next_ = op.from;
    } else if (op.from != next_) {
      violations_->push_back(
          absl::StrCat("resumed from ", op.from, " instead of ", next_, ": ", op.ToString()));
    }
    begun_ = true;
  }

  void Got(const Operation& op) {
    std::vector<std::string> expected;
    if (op.revision + 1 < next_ || op.revision > log_.size()) {
      violations_->push_back(absl::StrCat("revision ", op.revision, " after ", next_ - 1, " of a log of ",
                                          log_.size(), ": ", op.ToString()));
      return;
    }
    for (; next_ <= op.revision; ++next_) {
      const auto changes = ChangesOf(log_[next_ - 1], articles_);
      expected.insert(expected.end(), changes.begin(), changes.end());
    }
    if (op.changes == expected) return;
    violations_->push_back(absl::StrCat("expected [", absl::StrJoin(expected, " "), "]: ", op.ToString()));
  }

 private:
  const LogRecords& log_;
  const ArticleRevisions& articles_;
  Violations* const violations_;
  bool begun_ = false;
  uint64_t next_ = 1;
};

std::vector<const Operation*> ByReturn(const History& history) {
  std::vector<const Operation*> operations;
  for (const Operation& op : history) operations.push_back(&op);
  std::sort(operations.begin(), operations.end(),
            [](const Operation* a, const Operation* b) { return a->returned < b->returned; });
  return operations;
}

}  // namespace

Violations CheckAcknowledgedIsDurable(const History& history, const LogRecords& log) {
  Violations violations;
  for (const Operation& op : history) {
    if (!IsWrite(op) || !op.acknowledged) continue;
    const bool there = op.revision >= 1 && op.revision <= log.size();
    if (there && ArticleOf(log[op.revision - 1]) == op.article &&
        VersionOf(log[op.revision - 1]) == WrittenBy(op)) {
      continue;
    }
    violations.push_back(
        absl::StrCat("the log of ", log.size(), " revisions does not have it: ", op.ToString()));
  }
  return violations;
}

Violations CheckEffectIsExactlyOnce(const History& history, const LogRecords& log) {
  Violations violations;
  using Write = std::pair<std::string, std::string>;  // article, version
  std::map<Write, std::set<uint64_t>> acknowledged;
  std::map<Write, std::vector<uint64_t>> logged;
  std::set<Write> sent;
  for (const Operation& op : history) {
    if (!IsWrite(op)) continue;
    const Write write(op.article, WrittenBy(op));
    sent.insert(write);
    if (op.acknowledged) acknowledged[write].insert(op.revision);
  }
  for (size_t i = 0; i < log.size(); ++i) logged[{ArticleOf(log[i]), VersionOf(log[i])}].push_back(i + 1);
  for (const auto& [write, revisions] : logged) {
    if (sent.count(write) == 0) {
      violations.push_back(absl::StrCat("nobody sent ", write.first, " '", write.second, "'"));
    }
    if (revisions.size() > 1) {
      violations.push_back(absl::StrCat(write.first, " '", write.second,
                                        "' is in the log more than once: ", absl::StrJoin(revisions, ", ")));
    }
  }
  for (const auto& [write, revisions] : acknowledged) {
    if (revisions.size() == 1) continue;
    violations.push_back(absl::StrCat(write.first, " '", write.second, "' was acknowledged with revisions ",
                                      absl::StrJoin(revisions, ", ")));
  }
  return violations;
}

Violations CheckWatchIsWhole(const History& history, const LogRecords& log) {
  Violations violations;
  const ArticleRevisions articles(log);
  std::map<int, WatchCheck> watches;
  for (const Operation& op : history) {
    if (op.kind != Kind::kWatchOpened && op.kind != Kind::kWatchResponse) continue;
    WatchCheck& watch = watches.try_emplace(op.client, log, articles, &violations).first->second;
    op.kind == Kind::kWatchOpened ? watch.Opened(op) : watch.Got(op);
  }
  return violations;
}

Violations CheckReadIsNeverOlder(const History& history, const LogRecords& log) {
  Violations violations;
  const ArticleRevisions articles(log);
  std::map<Moment, uint64_t> newest;  // acknowledged revision by when it was
  uint64_t so_far = 0;
  for (const Operation* op : ByReturn(history)) {
    if (!IsWrite(*op) || !op->acknowledged) continue;
    newest[op->returned] = so_far = std::max(so_far, op->revision);
  }
  for (const Operation& op : history) {
    if (op.kind != Kind::kRead || !op.acknowledged) continue;
    const auto later = newest.lower_bound(op.invoked);
    const uint64_t known = later == newest.begin() ? 0 : std::prev(later)->second;
    if (op.revision < std::max(op.min_revision, known)) {
      violations.push_back(
          absl::StrCat("older than revision ", std::max(op.min_revision, known), ": ", op.ToString()));
    } else if (op.revision > log.size()) {
      violations.push_back(absl::StrCat("of no revision of the log: ", op.ToString()));
    } else {
      const LogRecord* record = articles.LastUpTo(op.article, op.revision);
      const std::string version = record == nullptr ? "" : VersionOf(*record);
      if (op.version != version) {
        violations.push_back(absl::StrCat("the log has '", version, "' there: ", op.ToString()));
      }
    }
  }
  return violations;
}

absl::StatusOr<std::vector<std::string>> AnswersOfIndex(LogRecords records) {
  query::Index index;
  for (size_t i = 0; i < records.size(); ++i) records[i].set_revision(i + 1);
  if (const absl::Status applied = index.Apply(records); !applied.ok()) return applied;
  return query::AnswersOf(*index.snapshot());
}

Violations CheckOrderDoesNotMatter(
    const LogRecords& log, unsigned seed,
    const std::function<absl::StatusOr<std::vector<std::string>>(LogRecords)>& answers_to) {
  std::map<std::string, LogRecord> in_force;
  for (const LogRecord& record : log) {
    if (record.has_extraction()) {
      in_force[ArticleOf(record)] = record;
    } else {
      in_force.erase(ArticleOf(record));
    }
  }
  std::vector<LogRecord> versions;
  for (auto& [unused, record] : in_force) versions.push_back(std::move(record));
  const auto expected = answers_to(log);
  if (!expected.ok()) return {absl::StrCat("the log does not replay: ", expected.status().ToString())};
  Violations violations;
  std::mt19937 random(seed);
  for (int order = 0; order < 2; ++order) {
    std::shuffle(versions.begin(), versions.end(), random);
    const auto answers = answers_to(versions);
    if (!answers.ok()) return {absl::StrCat("another order does not replay: ", answers.status().ToString())};
    const auto [ours, theirs] =
        std::mismatch(expected->begin(), expected->end(), answers->begin(), answers->end());
    if (ours == expected->end() && theirs == answers->end()) continue;
    violations.push_back(absl::StrCat("another order gives \"", theirs == answers->end() ? "" : *theirs,
                                      "\" for \"", ours == expected->end() ? "" : *ours, "\""));
  }
  return violations;
}

Violations CheckReaderBlocksNoWriter(const History& history) {
  Violations violations;
  for (const Operation& hold : history) {
    if (hold.kind != Kind::kHold || hold.returned == kNever) continue;
    const auto within = [&](Moment moment) { return moment > hold.invoked && moment < hold.returned; };
    size_t sent = 0;
    size_t answered = 0;
    bool crashed = false;
    for (const Operation& op : history) {
      crashed = crashed || (op.kind == Kind::kCrash && within(op.invoked));
      if (!IsWrite(op) || !within(op.invoked)) continue;
      ++sent;
      if (op.acknowledged && within(op.returned)) ++answered;
    }
    if (crashed || sent == 0 || answered > 0) continue;
    violations.push_back(absl::StrCat("of ", sent, " writes none was acknowledged during ", hold.ToString()));
  }
  return violations;
}

Violations CheckAll(const History& history, const LogRecords& log, unsigned seed) {
  Violations all;
  const auto add = [&](const char* promise, const Violations& violations) {
    for (const std::string& violation : violations) all.push_back(absl::StrCat(promise, ": ", violation));
  };
  add("acknowledged means durable", CheckAcknowledgedIsDurable(history, log));
  add("exactly-once effect", CheckEffectIsExactlyOnce(history, log));
  add("a watch is whole", CheckWatchIsWhole(history, log));
  add("a read is never older", CheckReadIsNeverOlder(history, log));
  add("order does not matter", CheckOrderDoesNotMatter(log, seed));
  add("a reader blocks no writer", CheckReaderBlocksNoWriter(history));
  return all;
}

}  // namespace treatywire
