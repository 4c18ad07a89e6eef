// What docs/guarantees.md promises, as checks of a history against the log that was there at its end. Each
// returns what contradicts the promise, a sentence each; nothing where it was kept. None of them uses the
// code that it checks: they compute what should be from the log's records alone, but for order independence,
// which compares the index with itself.
//
// A version of an article is known by its title: the articles of a history have their version's name there.
#ifndef TREATYWIRE_TESTS_HISTORY_HISTORY_CHECKS_H_
#define TREATYWIRE_TESTS_HISTORY_HISTORY_CHECKS_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "tests/history/history.h"
#include "treatywire/v1/event_log_service.pb.h"

namespace treatywire {

using LogRecords = std::vector<treatywire::v1::LogRecord>;  // by revision, from 1
using Violations = std::vector<std::string>;

// Acknowledged means durable: the log has, at the revision of every acknowledgement, what was acknowledged.
Violations CheckAcknowledgedIsDurable(const History& history, const LogRecords& log);

// Exactly once: the log has nothing that nobody sent, and no version of an article twice, however often it
// was sent; every acknowledgement of a version has the same revision. (Clients send a version again only
// until it is acknowledged, and send the next one after that.)
Violations CheckEffectIsExactlyOnce(const History& history, const LogRecords& log);

// Ordered, gap-free, resumable: what each client's watch got, over all its streams, is every change that the
// log makes from where it began up to where it came, once and in the log's order.
Violations CheckWatchIsWhole(const History& history, const LogRecords& log);

// A read is of a revision at least its min_revision, and says what the log says there of its article; and a
// client that has had an acknowledgement never reads from before it.
Violations CheckReadIsNeverOlder(const History& history, const LogRecords& log);

// What an index answers that was given those records, their revisions counted from 1.
absl::StatusOr<std::vector<std::string>> AnswersOfIndex(LogRecords records);

// Order independence: the versions in force, sent in any other order, give the same answers. Tries two
// orders, by `seed`.
Violations CheckOrderDoesNotMatter(
    const LogRecords& log, unsigned seed,
    const std::function<absl::StatusOr<std::vector<std::string>>(LogRecords)>& answers_to = AnswersOfIndex);

// A reader never blocks a writer: while somebody holds a stream that they do not read, what is sent is
// acknowledged.
Violations CheckReaderBlocksNoWriter(const History& history);

// All of them, each violation with the name of its promise before it.
Violations CheckAll(const History& history, const LogRecords& log, unsigned seed);

}  // namespace treatywire

#endif  // TREATYWIRE_TESTS_HISTORY_HISTORY_CHECKS_H_
