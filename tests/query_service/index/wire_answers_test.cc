// What an index answers in wire form is what it answers as messages.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "common/wire_field.h"
#include "query_service/index/index.h"
#include "query_service/index/wire_form.h"
#include "tests/query_service/index/world.h"
#include "tests/query_service/proto_matchers.h"
#include "treatywire/v1/agreement_service.pb.h"
#include "treatywire/v1/timeline_service.pb.h"

namespace treatywire::query {
namespace {

namespace v1 = ::treatywire::v1;

constexpr PageOf kAll = {.offset = 0, .size = 100000};

template <typename Message>
Message Parsed(absl::string_view wire) {
  Message message;
  EXPECT_TRUE(message.ParseFromArray(wire.data(), static_cast<int>(wire.size())));
  return message;
}

template <typename Message>
void ExpectSame(const WirePage& wire, const Page<Message>& page) {
  EXPECT_EQ(wire.total_size, page.total_size);
  ASSERT_EQ(wire.items.size(), page.items.size());
  for (size_t i = 0; i < page.items.size(); ++i) {
    if (wire.framed) {
      const auto whole = Parsed<v1::GetTimelineResponse>(wire.items[i]);
      ASSERT_EQ(whole.entries_size(), 1);
      ASSERT_EQ(whole.entries(0).SerializeAsString(), page.items[i].SerializeAsString());
    } else {
      ASSERT_THAT(Parsed<Message>(wire.items[i]), EqualsProto(page.items[i]));
    }
  }
}

class WireAnswersTest : public testing::Test {
 protected:
  WireAnswersTest() {
    const World world = MakeWorld({.seed = 3, .agreements = 60, .articles = 400});
    EXPECT_TRUE(index_.Apply(world.log).ok());
    snapshot_ = index_.snapshot();
    v1::AsOf then;
    then.set_valid_at("2011-05-01");
    then.set_known_at("2022-06-30");
    days_ = {v1::AsOf(), then};
  }

  std::vector<std::string> Names(const v1::AsOf& as_of) const {
    std::vector<std::string> names;
    for (const v1::Agreement& agreement :
         snapshot_->ListAgreements({}, v1::AGREEMENT_ORDER_NAME, v1::VIEW_BASIC, as_of, kAll).items) {
      names.push_back(agreement.name());
    }
    EXPECT_GT(names.size(), 30u);
    return names;
  }

  Index index_;
  std::shared_ptr<const Snapshot> snapshot_;
  std::vector<v1::AsOf> days_;
};

TEST_F(WireAnswersTest, AgreementsAreTheSame) {
  for (const v1::AsOf& as_of : days_) {
    for (const v1::View view : {v1::VIEW_BASIC, v1::VIEW_FULL}) {
      for (const std::string& name : Names(as_of)) {
        const auto wire = snapshot_->GetAgreementWire(name, view, as_of);
        ASSERT_TRUE(wire.ok());
        ASSERT_THAT(Parsed<v1::Agreement>(*wire), EqualsProto(*snapshot_->GetAgreement(name, view, as_of)));
      }
      for (const v1::AgreementOrder order : {v1::AGREEMENT_ORDER_NAME, v1::AGREEMENT_ORDER_SOURCES}) {
        const PageOf page = {.offset = 7, .size = 20};
        ExpectSame(snapshot_->ListAgreementsWire({}, order, view, as_of, page),
                   snapshot_->ListAgreements({}, order, view, as_of, page));
      }
    }
  }
}

TEST_F(WireAnswersTest, TimelinesAreTheSame) {
  for (const v1::AsOf& as_of : days_) {
    v1::GetTimelineRequest of_party;
    of_party.add_parties("FR");
    std::vector<v1::GetTimelineRequest> requests = {of_party};
    for (const std::string& name : Names(as_of)) requests.emplace_back().set_agreement(name);
    for (v1::GetTimelineRequest& request : requests) {
      *request.mutable_as_of() = as_of;
      for (const v1::View view : {v1::VIEW_BASIC, v1::VIEW_FULL}) {
        request.set_view(view);
        const auto wire = snapshot_->GetTimelineWire(request, kAll);
        ASSERT_TRUE(wire.ok());
        ExpectSame(*wire, *snapshot_->GetTimeline(request, kAll));
      }
    }
  }
}

TEST_F(WireAnswersTest, EventsAreTheSame) {
  v1::EventFilter pair;
  pair.add_parties("FR");
  pair.add_parties("DE");
  pair.set_party_match(v1::PARTY_MATCH_ALL);
  pair.mutable_date()->set_from("1990-01-01");
  for (const v1::AsOf& as_of : days_) {
    for (const v1::EventFilter& filter : {v1::EventFilter(), pair}) {
      ExpectSame(snapshot_->ListEventsWire(filter, as_of, kAll), snapshot_->ListEvents(filter, as_of, kAll));
    }
  }
}

TEST_F(WireAnswersTest, ChangeWithTheAgreement) {
  const std::string name = Names({}).front();
  const std::string before = *snapshot_->GetAgreementWire(name, v1::VIEW_FULL, {});
  const World more = MakeWorld({.seed = 4, .agreements = 60, .articles = 400});
  std::vector<v1::LogRecord> records;
  for (const v1::LogRecord& record : more.log) {
    records.push_back(record);
    records.back().set_revision(snapshot_->revision() + records.size());
  }
  ASSERT_TRUE(index_.Apply(records).ok());
  const std::shared_ptr<const Snapshot> after = index_.snapshot();
  for (const v1::Agreement& agreement :
       after->ListAgreements({}, v1::AGREEMENT_ORDER_NAME, v1::VIEW_FULL, {}, kAll).items) {
    const std::string wire = *after->GetAgreementWire(agreement.name(), v1::VIEW_FULL, {});
    ASSERT_THAT(Parsed<v1::Agreement>(wire), EqualsProto(agreement));
  }
  EXPECT_EQ(*snapshot_->GetAgreementWire(name, v1::VIEW_FULL, {}), before);
}

TEST_F(WireAnswersTest, AreReadyOnceTheyWereAskedForUntilTheRecordChanges) {
  const std::string name = Names({}).front();
  v1::GetTimelineRequest timeline;
  timeline.set_agreement(name);
  const PageOf page = {.offset = 3, .size = 20};
  const auto is_list_ready = [&](const Snapshot& snapshot, const v1::AgreementFilter& filter = {}) {
    return snapshot.ListAgreementsIfReady(filter, v1::AGREEMENT_ORDER_NAME, v1::VIEW_BASIC, {}, page)
        .has_value();
  };
  EXPECT_FALSE(snapshot_->IsAgreementReady(name, v1::VIEW_FULL, {}));
  EXPECT_FALSE(snapshot_->IsTimelineReady(timeline, page));
  EXPECT_FALSE(is_list_ready(*snapshot_));

  const std::string first = *snapshot_->GetAgreementWire(name, v1::VIEW_FULL, {});
  EXPECT_TRUE(snapshot_->IsAgreementReady(name, v1::VIEW_FULL, {}));
  EXPECT_EQ(*snapshot_->GetAgreementWire(name, v1::VIEW_FULL, {}), first);
  EXPECT_FALSE(snapshot_->IsAgreementReady(name, v1::VIEW_BASIC, {}));
  EXPECT_FALSE(snapshot_->IsAgreementReady(name, v1::VIEW_FULL, days_[1]));
  EXPECT_FALSE(snapshot_->IsAgreementReady("agreements/nobody-s", v1::VIEW_FULL, {}));
  EXPECT_TRUE(snapshot_->IsTimelineReady(timeline, page));
  const WirePage list = snapshot_->ListAgreementsWire({}, v1::AGREEMENT_ORDER_NAME, v1::VIEW_BASIC, {}, page);
  const std::optional<WirePage> ready =
      snapshot_->ListAgreementsIfReady({}, v1::AGREEMENT_ORDER_NAME, v1::VIEW_BASIC, {}, page);
  ASSERT_TRUE(ready.has_value());
  ASSERT_TRUE(ready->framed);
  ASSERT_EQ(ready->items.size(), list.items.size());
  for (size_t i = 0; i < list.items.size(); ++i) {
    std::string field;
    AppendField(v1::ListAgreementsResponse::kAgreementsFieldNumber, list.items[i], &field);
    EXPECT_EQ(ready->items[i], field);
  }
  EXPECT_EQ(ready->total_size, list.total_size);
  v1::AgreementFilter filter;
  filter.add_parties("FR");
  EXPECT_FALSE(is_list_ready(*snapshot_, filter));

  v1::LogRecord record;
  record.set_revision(snapshot_->revision() + 1);
  record.mutable_retraction()->set_article_id("nobody's");
  ASSERT_TRUE(index_.Apply({&record, 1}).ok());
  EXPECT_FALSE(index_.snapshot()->IsAgreementReady(name, v1::VIEW_FULL, {}));
  EXPECT_TRUE(index_.snapshot()->IsTimelineReady(timeline, page));  // hangs on no other agreement
}

// A response of entries of these lengths, and the same as a page of them in one piece of memory.
class JoinPageTest : public testing::Test {
 protected:
  void Add(std::initializer_list<size_t> lengths) {
    for (const size_t length : lengths) {
      v1::TimelineEntry& entry = *expected_.add_entries();
      entry.set_name(std::string(length, 'a'));
      const size_t begin = memory_->size();
      AppendField(v1::GetTimelineResponse::kEntriesFieldNumber, entry.SerializeAsString(), memory_.get());
      places_.emplace_back(begin, memory_->size() - begin);
    }
  }
  WirePage Page() {
    WirePage page;
    page.framed = true;
    page.owners = {memory_};
    for (const auto& [begin, size] : places_) {
      page.items.push_back(absl::string_view(*memory_).substr(begin, size));
    }
    return page;
  }
  WireResponse<v1::GetTimelineResponse> Join(const WirePage& page) {
    v1::GetTimelineResponse rest;
    rest.set_total_size(7);
    rest.set_revision(300);
    expected_.MergeFrom(rest);
    return JoinResponse(v1::GetTimelineResponse::kEntriesFieldNumber, page, rest);
  }

  v1::GetTimelineResponse expected_;
  std::shared_ptr<std::string> memory_ = std::make_shared<std::string>();
  std::vector<std::pair<size_t, size_t>> places_;
};

TEST_F(JoinPageTest, ParsesAsTheResponse) {
  WirePage page;
  Add({200, 1, 0});
  std::vector<std::string> items;
  for (const v1::TimelineEntry& entry : expected_.entries()) items.push_back(entry.SerializeAsString());
  page.items = {items.begin(), items.end()};
  const auto response = Join(page);
  EXPECT_TRUE(response.shared.empty());
  EXPECT_THAT(Parsed<v1::GetTimelineResponse>(response.bytes), EqualsProto(expected_));
}

TEST_F(JoinPageTest, LongPiecesOfOneOwnerAreSharedAndLiveAsLongAsTheResponse) {
  Add({3000, 3000, 10});
  const WirePage page = Page();
  const auto response = Join(page);
  ASSERT_EQ(response.shared.size(), 1);
  EXPECT_EQ(response.shared[0].bytes, *memory_);
  EXPECT_EQ(response.shared[0].bytes.data(), memory_->data());
  EXPECT_EQ(response.shared[0].owner, memory_);
  EXPECT_THAT(Parsed<v1::GetTimelineResponse>(response.Joined()), EqualsProto(expected_));
}

TEST_F(JoinPageTest, WhatIsLeftOutParts) {
  Add({5000, 7, 5000, 9, 100, 5000});
  WirePage page = Page();
  for (const size_t left_out : {4, 1}) {
    page.items.erase(page.items.begin() + static_cast<ptrdiff_t>(left_out));
    expected_.mutable_entries()->DeleteSubrange(static_cast<int>(left_out), 1);
  }
  const auto response = Join(page);
  EXPECT_EQ(response.shared.size(), 3);
  EXPECT_THAT(Parsed<v1::GetTimelineResponse>(response.Joined()), EqualsProto(expected_));
}

TEST_F(JoinPageTest, ShortPiecesAreCopiedInTheirOrder) {
  Add({100, 9, 5000, 5000});
  WirePage page = Page();
  page.items.erase(page.items.begin() + 1);
  expected_.mutable_entries()->DeleteSubrange(1, 1);
  const auto response = Join(page);
  EXPECT_TRUE(response.shared.empty());
  EXPECT_THAT(Parsed<v1::GetTimelineResponse>(response.bytes), EqualsProto(expected_));
}

TEST_F(JoinPageTest, PiecesOfSeveralOwnersAreCopied) {
  Add({5000, 5000});
  WirePage page = Page();
  page.owners.push_back(std::make_shared<std::string>());
  const auto response = Join(page);
  EXPECT_TRUE(response.shared.empty());
  EXPECT_THAT(Parsed<v1::GetTimelineResponse>(response.bytes), EqualsProto(expected_));
}

}  // namespace
}  // namespace treatywire::query
