#include "ingest_service/ingest_session.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/ingest_service/fake_extraction_sink.h"

namespace treatywire::ingest {
namespace {

using treatywire::v1::IngestArticlesRequest;
using treatywire::v1::IngestArticlesResponse;

const Extractor& BuiltInExtractor() {
  static const Extractor* const extractor = Extractor::Create(Lexicon::BuiltIn().value()).value().release();
  return *extractor;
}

IngestArticlesRequest RequestOf(uint64_t sequence, const std::string& body = "Nothing was signed.") {
  IngestArticlesRequest request;
  request.set_sequence(sequence);
  request.mutable_article()->set_article_id(absl::StrCat("a", sequence));
  request.mutable_article()->set_body(body);
  return request;
}

class IngestSessionTest : public testing::Test {
 protected:
  void Take(const IngestArticlesRequest& request) { session_->Take(request, absl::InfiniteFuture()); }

  // The next answers, as soon as they are known.
  std::vector<IngestArticlesResponse> Answers(size_t count) {
    std::vector<IngestArticlesResponse> answers;
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] {
      while (answers.size() < count) {
        auto next = session_->NextAnswer();
        if (!next.has_value()) return false;
        answers.push_back(*std::move(next));
      }
      return true;
    });
    return answers;
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  FakeExtractionSink sink_;
  ArticleIngestion ingestion_{&BuiltInExtractor(), &sink_, {.threads = 2}};
  std::shared_ptr<IngestSession> session_ = IngestSession::Create(&ingestion_, [this] {
    const std::lock_guard lock(mutex_);
    changed_.notify_all();
  });
};

TEST_F(IngestSessionTest, AnswersInTheOrderOfRequestsWhateverIsDoneFirst) {
  for (const uint64_t sequence : {7, 3, 9}) Take(RequestOf(sequence));
  std::vector<FakeExtractionSink::Pending> deliveries;
  while (deliveries.size() < 3) {
    for (auto& delivery : sink_.Take(1)) deliveries.push_back(std::move(delivery));
  }
  std::sort(deliveries.begin(), deliveries.end(), [](const auto& a, const auto& b) {
    return a.extraction.article().article_id() > b.extraction.article().article_id();
  });
  for (auto& delivery : deliveries) std::move(delivery.done)(Delivery{1, false});
  const std::vector<IngestArticlesResponse> answers = Answers(3);
  EXPECT_EQ(answers[0].sequence(), 7);
  EXPECT_EQ(answers[0].ingested().article(), "articles/a7");
  EXPECT_EQ(answers[1].sequence(), 3);
  EXPECT_EQ(answers[2].sequence(), 9);
  EXPECT_TRUE(session_->idle());
}

TEST_F(IngestSessionTest, OneThatIsRefusedIsAnsweredSoAndTheOthersGoOn) {
  sink_.AnswerAtOnce();
  Take(RequestOf(1, " "));
  session_->Refuse(2, absl::InvalidArgumentError("no request"));
  Take(RequestOf(3));
  const std::vector<IngestArticlesResponse> answers = Answers(3);
  EXPECT_EQ(answers[0].error().code(), 3);
  EXPECT_EQ(answers[0].error().message(), "article.body must not be blank");
  EXPECT_EQ(answers[0].error().details_size(), 2);
  EXPECT_EQ(answers[1].sequence(), 2);
  EXPECT_EQ(answers[1].error().message(), "no request");
  EXPECT_EQ(answers[2].ingested().revision(), 1);
}

TEST_F(IngestSessionTest, WindowIsClosedAt128) {
  for (uint64_t i = 1; i <= IngestSession::kMaxUnanswered; ++i) {
    ASSERT_TRUE(session_->CanTake()) << i;
    Take(RequestOf(i));
  }
  EXPECT_EQ(IngestSession::kMaxUnanswered, 128);
  EXPECT_FALSE(session_->CanTake());
  size_t done = 0;
  while (done < IngestSession::kMaxUnanswered) {
    for (auto& delivery : sink_.Take(1)) {
      std::move(delivery.done)(Delivery{++done, false});
    }
  }
  EXPECT_TRUE(session_->has_answer());
  Answers(1);
  EXPECT_TRUE(session_->CanTake());
}

TEST_F(IngestSessionTest, WindowIsClosedByBytesToo) {
  sink_.AnswerAtOnce();
  const std::string body(3 << 20, ' ');
  for (uint64_t i = 1; i <= 3; ++i) {
    ASSERT_TRUE(session_->CanTake()) << i;
    Take(RequestOf(i, body));
  }
  EXPECT_FALSE(session_->CanTake());
  Answers(1);
  EXPECT_TRUE(session_->CanTake());
  Answers(2);
}

}  // namespace
}  // namespace treatywire::ingest
