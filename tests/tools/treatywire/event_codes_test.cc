#include "tools/treatywire/event_codes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace treatywire::tools {
namespace {

namespace v1 = treatywire::v1;
using ::testing::ElementsAreArray;

v1::AgreementEvent Event(v1::EventType type, v1::Modality modality, const std::string& sentence = "",
                         v1::Subject subject = v1::SUBJECT_UNSPECIFIED) {
  v1::AgreementEvent event;
  event.set_type(type);
  event.set_modality(modality);
  event.mutable_evidence()->set_text(sentence);
  event.mutable_agreement()->set_subject(subject);
  return event;
}

// "057 SUPPORT//diplomatic"; "none".
std::string CodeText(const v1::AgreementEvent& event) {
  const EventCode* code = CodeOf(event);
  if (code == nullptr) return "none";
  return absl::StrCat(code->cameo, " ", code->plover, "/", code->mode, "/", code->context);
}

TEST(EventCodesTest, StepsOfConsentAreFormalAgreements) {
  for (const v1::EventType type : {v1::EVENT_TYPE_SIGNED, v1::EVENT_TYPE_RATIFIED, v1::EVENT_TYPE_ACCEDED}) {
    EXPECT_EQ(CodeText(Event(type, v1::MODALITY_ASSERTED)), "057 SUPPORT//diplomatic");
    EXPECT_EQ(CodeText(Event(type, v1::MODALITY_PLANNED)), "030 AGREE//diplomatic");
  }
}

TEST(EventCodesTest, LeavingReducesRelationsAndThreateningToDoesNot) {
  EXPECT_EQ(CodeText(Event(v1::EVENT_TYPE_WITHDRAWN, v1::MODALITY_ASSERTED)),
            "160 SANCTION/withdraw/diplomatic");
  EXPECT_EQ(CodeText(Event(v1::EVENT_TYPE_SUSPENDED, v1::MODALITY_ASSERTED)),
            "160 SANCTION/discontinue/diplomatic");
  EXPECT_EQ(CodeText(Event(v1::EVENT_TYPE_TERMINATED, v1::MODALITY_POSSIBLE)),
            "1313 THREATEN/relations/diplomatic");
}

TEST(EventCodesTest, ANoticeIsCodedByWhatItIsOf) {
  EXPECT_EQ(CodeText(Event(v1::EVENT_TYPE_NOTIFIED, v1::MODALITY_ASSERTED,
                           "Oslo notified the depositary that it would withdraw.")),
            "1313 THREATEN/relations/diplomatic");
  EXPECT_EQ(CodeText(Event(v1::EVENT_TYPE_NOTIFIED, v1::MODALITY_ASSERTED,
                           "Oslo notified Bern that it had ratified it.")),
            "057 SUPPORT//diplomatic");
  EXPECT_EQ(CodeText(Event(v1::EVENT_TYPE_NOTIFIED, v1::MODALITY_ASSERTED, "Oslo sent a note.")), "none");
}

TEST(EventCodesTest, ARefusedPeaceIsAPlanToSettleADispute) {
  EXPECT_EQ(CodeText(Event(v1::EVENT_TYPE_REJECTED, v1::MODALITY_ASSERTED)), "120 REJECT//diplomatic");
  EXPECT_EQ(CodeText(Event(v1::EVENT_TYPE_REJECTED, v1::MODALITY_ASSERTED, "", v1::SUBJECT_PEACE)),
            "127 REJECT/meet/diplomatic");
}

TEST(EventCodesTest, WhatTheSchemesHaveNoCodeForHasNone) {
  EXPECT_EQ(CodeText(Event(v1::EVENT_TYPE_SIGNED, v1::MODALITY_DENIED)), "none");
  EXPECT_EQ(CodeText(Event(v1::EVENT_TYPE_SIGNED, v1::MODALITY_POSSIBLE)), "none");
  EXPECT_EQ(CodeText(Event(v1::EVENT_TYPE_EXPIRED, v1::MODALITY_ASSERTED)), "none");
  EXPECT_EQ(CodeText(Event(static_cast<v1::EventType>(77), v1::MODALITY_ASSERTED)), "none");
}

TEST(EventCodesTest, TheSubjectAddsAContext) {
  const EventCode& code = *CodeOf(Event(v1::EVENT_TYPE_SIGNED, v1::MODALITY_ASSERTED));
  EXPECT_EQ(PloverContexts(code, v1::SUBJECT_TRADE), "diplomatic;economic");
  EXPECT_EQ(PloverContexts(code, v1::SUBJECT_POLITICAL), "diplomatic");
}

TEST(EventCodesTest, ActorsHaveCameosCodes) {
  EXPECT_EQ(CameoActor("RU"), "RUS");
  EXPECT_EQ(CameoActor("SUHH"), "SUN");
  EXPECT_EQ(CameoActor("XK"), "KSV");
  EXPECT_EQ(CameoActor("PS"), "PSE");
  EXPECT_EQ(CameoActor("nato"), "IGOWSTNAT");
  EXPECT_EQ(CameoActor("m23"), "");
  EXPECT_EQ(CameoActor("ZZ"), "");
  EXPECT_EQ(CameoActor("eu"), "IGOEUREEC");
  EXPECT_EQ(CameoActor(""), "");
  EXPECT_EQ(CameoActor("\xff\xff"), "");
}

// The columns of each row between the head of the table of codes and the first line that is no row.
std::vector<std::string> DocumentedRules() {
  std::ifstream file(absl::StrCat(TREATYWIRE_SOURCE_DIR, "/docs/interchange.md"));
  std::vector<std::string> rows;
  bool in_table = false;
  for (std::string line; std::getline(file, line);) {
    if (absl::StartsWith(line, "| type | modality |")) in_table = true;
    if (in_table && line.empty()) break;
    if (in_table && !absl::StartsWith(line, "| ---") && !absl::StartsWith(line, "| type"))
      rows.push_back(line);
  }
  return rows;
}

TEST(EventCodesTest, TheDocumentedTableIsTheOneInUse) {
  std::vector<std::string> rules;
  for (const CodeRule& rule : CodeRules()) {
    rules.push_back(absl::StrCat("| ", v1::EventType_Name(rule.type).substr(sizeof("EVENT_TYPE_") - 1), " | ",
                                 v1::Modality_Name(rule.modality).substr(sizeof("MODALITY_") - 1), " | ",
                                 rule.condition, " | ", rule.code.cameo, " | ", rule.code.cameo_name, " | ",
                                 QuadClass(rule.code), " | ", rule.code.plover, " | ", rule.code.mode, " | ",
                                 rule.code.context, " |"));
  }
  EXPECT_THAT(DocumentedRules(), ElementsAreArray(rules));
}

TEST(EventCodesTest, QuadClassesAreThoseOfTheRootCodes) {
  EXPECT_EQ(QuadClass({.cameo = "057"}), 1);
  EXPECT_EQ(QuadClass({.cameo = "061"}), 2);
  EXPECT_EQ(QuadClass({.cameo = "087"}), 2);
  EXPECT_EQ(QuadClass({.cameo = "090"}), 3);
  EXPECT_EQ(QuadClass({.cameo = "1313"}), 3);
  EXPECT_EQ(QuadClass({.cameo = "140"}), 4);
  EXPECT_EQ(QuadClass({.cameo = "204"}), 4);
}

}  // namespace
}  // namespace treatywire::tools
