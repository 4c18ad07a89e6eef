#include "query_service/extraction_validation.h"

#include <gtest/gtest.h>

#include <functional>
#include <limits>
#include <string>

#include "common/status.h"
#include "tests/query_service/valid_extraction.h"

namespace treatywire::query {
namespace {

using treatywire::v1::AgreementEvent;
using treatywire::v1::ExtractedArticle;

// The field that is said to be at fault in a valid extraction that `spoil` has changed; "" where none is.
std::string FaultAfter(const std::function<void(ExtractedArticle&)>& spoil) {
  ExtractedArticle extraction = ValidExtraction();
  spoil(extraction);
  const absl::Status status = ValidateExtraction(extraction);
  if (status.ok()) return "";
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  const auto details = GetBadRequest(status);
  return details.has_value() ? details->field_violations(0).field() : "no field";
}

std::string FaultInEvent(const std::function<void(AgreementEvent&)>& spoil) {
  return FaultAfter([&](ExtractedArticle& x) { spoil(*x.mutable_events(0)); });
}

TEST(ExtractionValidationTest, TakesAValidOneAndOneWithoutEvents) {
  EXPECT_EQ(FaultAfter([](ExtractedArticle&) {}), "");
  EXPECT_EQ(FaultAfter([](ExtractedArticle& x) { x.clear_events(); }), "");
}

TEST(ExtractionValidationTest, ArticleMustBeIdentified) {
  EXPECT_EQ(FaultAfter([](auto& x) { x.mutable_article()->clear_article_id(); }),
            "extraction.article.article_id");
  EXPECT_EQ(FaultAfter([](auto& x) { x.mutable_article()->set_article_id("a/b"); }),
            "extraction.article.article_id");
  EXPECT_EQ(FaultAfter([](auto& x) { x.mutable_article()->set_article_id(std::string(128, 'a')); }), "");
  EXPECT_EQ(FaultAfter([](auto& x) { x.mutable_article()->set_article_id(std::string(129, 'a')); }),
            "extraction.article.article_id");
  EXPECT_EQ(FaultAfter([](auto& x) { x.mutable_article()->set_content_digest("md5:00"); }),
            "extraction.article.content_digest");
  EXPECT_EQ(FaultAfter([](auto& x) { x.clear_extractor_version(); }), "extraction.extractor_version");
}

TEST(ExtractionValidationTest, BodyIsNeverStored) {
  EXPECT_EQ(FaultAfter([](auto& x) { x.mutable_article()->set_body("text"); }), "extraction.article.body");
}

TEST(ExtractionValidationTest, MimeTypeIsTakenAsSent) {
  for (const char* type :
       {"", "text/html", "Text/HTML; charset=utf-8", "text/markdown", "application/xhtml+xml"}) {
    EXPECT_EQ(FaultAfter([&](auto& x) { x.mutable_article()->set_mime_type(type); }), "") << type;
  }
  for (const std::string& type : {std::string("application/pdf"), "text/html;" + std::string(600, ' ')}) {
    EXPECT_EQ(FaultAfter([&](auto& x) { x.mutable_article()->set_mime_type(type); }),
              "extraction.article.mime_type")
        << type;
  }
}

TEST(ExtractionValidationTest, PublishTimeIsOfTheYears1000To2999) {
  const auto fault_of = [](int64_t seconds, int32_t nanos) {
    return FaultAfter([=](auto& x) {
      x.mutable_article()->mutable_publish_time()->set_seconds(seconds);
      x.mutable_article()->mutable_publish_time()->set_nanos(nanos);
    });
  };
  EXPECT_EQ(fault_of(-30'610'224'000, 0), "");
  EXPECT_EQ(fault_of(-30'610'224'001, 0), "extraction.article.publish_time");
  EXPECT_EQ(fault_of(32'503'679'999, 999'999'999), "");
  EXPECT_EQ(fault_of(32'503'680'000, 0), "extraction.article.publish_time");
  EXPECT_EQ(fault_of(0, 1'000'000'000), "extraction.article.publish_time.nanos");
  EXPECT_EQ(fault_of(std::numeric_limits<int64_t>::min(), -1), "extraction.article.publish_time");
}

TEST(ExtractionValidationTest, EventsHaveAnIdOfTheirOwnATypeAndAModality) {
  EXPECT_EQ(FaultInEvent([](auto& e) { e.clear_event_id(); }), "extraction.events[0].event_id");
  EXPECT_EQ(FaultInEvent([](auto& e) { e.clear_type(); }), "extraction.events[0].type");
  EXPECT_EQ(FaultInEvent([](auto& e) { e.set_type(static_cast<treatywire::v1::EventType>(99)); }),
            "extraction.events[0].type");
  EXPECT_EQ(FaultInEvent([](auto& e) { e.clear_modality(); }), "extraction.events[0].modality");
  EXPECT_EQ(FaultAfter([](auto& x) { *x.add_events() = x.events(0); }), "extraction.events[1].event_id");
}

TEST(ExtractionValidationTest, DatesAreEdtfWithTheirOwnDays) {
  EXPECT_EQ(FaultInEvent([](auto& e) { e.mutable_date()->set_edtf("10000-01-01"); }),
            "extraction.events[0].date.edtf");
  EXPECT_EQ(FaultInEvent([](auto& e) { e.mutable_date()->set_earliest("1989-11-02"); }),
            "extraction.events[0].date.earliest");
  EXPECT_EQ(FaultInEvent([](auto& e) { e.mutable_date()->clear_latest(); }),
            "extraction.events[0].date.latest");
  EXPECT_EQ(FaultInEvent([](auto& e) { e.mutable_agreement()->mutable_signed_date()->set_edtf("soon"); }),
            "extraction.events[0].agreement.signed_date.edtf");
  EXPECT_EQ(FaultInEvent([](auto& e) { e.clear_date(); }), "");
}

TEST(ExtractionValidationTest, PartiesAreIdsAndNotTooMany) {
  EXPECT_EQ(FaultInEvent([](auto& e) { e.mutable_actors(0)->set_party_id("Russia"); }),
            "extraction.events[0].actors[0].party_id");
  EXPECT_EQ(FaultInEvent([](auto& e) { e.mutable_agreement()->mutable_parties(1)->clear_party_id(); }),
            "extraction.events[0].agreement.parties[1].party_id");
  const auto with_actors = [](int count) {
    return FaultInEvent([=](auto& e) {
      while (e.actors_size() < count) e.add_actors()->set_party_id("FR");
    });
  };
  EXPECT_EQ(with_actors(kMaxPartyRefs), "");
  EXPECT_EQ(with_actors(kMaxPartyRefs + 1), "extraction.events[0].actors");
}

TEST(ExtractionValidationTest, EvidenceIsASpanWithACue) {
  EXPECT_EQ(FaultInEvent([](auto& e) { e.mutable_evidence()->clear_text(); }),
            "extraction.events[0].evidence.text");
  EXPECT_EQ(FaultInEvent([](auto& e) { e.mutable_evidence()->set_begin_byte(-1); }),
            "extraction.events[0].evidence.begin_byte");
  EXPECT_EQ(FaultInEvent([](auto& e) { e.mutable_evidence()->set_end_byte(9); }),
            "extraction.events[0].evidence.end_byte");
  EXPECT_EQ(FaultInEvent([](auto& e) { e.mutable_evidence()->set_end_byte(kMaxBodyBytes); }), "");
  EXPECT_EQ(FaultInEvent([](auto& e) { e.mutable_evidence()->set_end_byte(kMaxBodyBytes + 1); }),
            "extraction.events[0].evidence.end_byte");
  EXPECT_EQ(FaultInEvent([](auto& e) { e.mutable_evidence()->clear_cue(); }),
            "extraction.events[0].evidence.cue");
  const auto with_text = [](size_t bytes) {
    return FaultInEvent([=](auto& e) { e.mutable_evidence()->set_text(std::string(bytes, 'x')); });
  };
  EXPECT_EQ(with_text(kMaxEvidenceBytes), "");
  EXPECT_EQ(with_text(kMaxEvidenceBytes + 1), "extraction.events[0].evidence.text");
}

TEST(ExtractionValidationTest, ConfidenceIsOfZeroToOne) {
  for (const float confidence : {0.0F, 1.0F}) {
    EXPECT_EQ(FaultInEvent([=](auto& e) { e.set_confidence(confidence); }), "");
  }
  for (const float confidence :
       {-0.1F, 1.1F, std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
    EXPECT_EQ(FaultInEvent([=](auto& e) { e.set_confidence(confidence); }),
              "extraction.events[0].confidence");
  }
}

TEST(ExtractionValidationTest, NumberOfAgreementsIsBounded) {
  const auto with_agreements = [](size_t count) {
    return FaultAfter([=](ExtractedArticle& x) {
      const AgreementEvent event = x.events(0);
      x.clear_events();
      for (size_t i = 0; i < count; ++i) {
        *x.add_events() = event;
        x.mutable_events()->rbegin()->set_event_id(std::to_string(i));
        x.mutable_events()->rbegin()->mutable_agreement()->set_local_id(std::to_string(i));
      }
    });
  };
  EXPECT_EQ(with_agreements(kMaxAgreements), "");
  EXPECT_EQ(with_agreements(kMaxAgreements + 1), "extraction.events");
}

TEST(ExtractionValidationTest, NumberAndSizeOfEventsAreBounded) {
  const auto with_events = [](int count) {
    return FaultAfter([=](ExtractedArticle& x) {
      const AgreementEvent event = x.events(0);
      x.clear_events();
      for (int i = 0; i < count; ++i) {
        *x.add_events() = event;
        x.mutable_events(i)->set_event_id(std::to_string(i));
      }
    });
  };
  EXPECT_EQ(with_events(kMaxEvents), "");
  EXPECT_EQ(with_events(kMaxEvents + 1), "extraction.events");
  EXPECT_EQ(FaultInEvent([](auto& e) {
              // Each field within its own maximum.
              while (e.ByteSizeLong() <= kMaxEventBytes) {
                auto& party = *e.add_actors();
                party.set_party_id("FR");
                party.set_surface(std::string(kMaxLabelBytes, 'x'));
                party.set_person(std::string(kMaxLabelBytes, 'x'));
              }
            }),
            "extraction.events[0]");
}

TEST(ExtractionValidationTest, LongTextsAreRefusedByField) {
  const std::string label(kMaxLabelBytes + 1, 'x');
  const std::string name(kMaxNameBytes + 1, 'x');
  EXPECT_EQ(FaultInEvent([&](auto& e) { e.set_place(label); }), "extraction.events[0].place");
  EXPECT_EQ(FaultInEvent([&](auto& e) { e.set_reason(name); }), "extraction.events[0].reason");
  EXPECT_EQ(FaultInEvent([&](auto& e) { e.mutable_agreement()->set_title(name); }),
            "extraction.events[0].agreement.title");
  EXPECT_EQ(FaultInEvent([&](auto& e) { e.mutable_agreement()->add_aliases(name); }),
            "extraction.events[0].agreement.aliases");
}

}  // namespace
}  // namespace treatywire::query
