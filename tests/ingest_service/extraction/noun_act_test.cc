// Reads sentences in which a verb goes on about an act that a noun or a notice told.
#include "ingest_service/extraction/noun_act.h"

#include "gtest/gtest.h"
#include "tests/ingest_service/extraction/extracted_events.h"

namespace treatywire::ingest {
namespace {

TEST(NounActTest, WhatTakesEffectIsTheActOfTheNoun) {
  ExpectEvents({
      {"Fiji's withdrawal from the Reef Convention took effect on 6 March 2025.",
       {"WITHDRAWN ASSERTED Reef Convention by FJ on 2025-03-06"}},
      {"After the ratification by Chile in May 2019 the tax treaty between Chile and Peru took effect in "
       "March 2021.",
       {"ENTERED_INTO_FORCE ASSERTED CL/PE by CL PE on 2021-03", "RATIFIED ASSERTED CL/PE by CL on 2019-05"}},
      {"A withdrawal from the Treaty of Palma takes effect after a year.", {}},
      {"Fiji's withdrawal from the Reef Convention is on hold.",
       {"WITHDRAWN POSSIBLE Reef Convention by FJ on -"}},
  });
}

TEST(NounActTest, NoticesTakeEffectAsTheLeavingThatTheyAreOf) {
  ExpectEvents({
      {"Fiji gave notice of its withdrawal from the Reef Convention on 2 June 2024. The notice took effect "
       "on 2 June 2025.",
       {"NOTIFIED ASSERTED Reef Convention by FJ on 2024-06-02",
        "WITHDRAWN ASSERTED Reef Convention by FJ on 2025-06-02"}},
      {"Kenya notified Togo on 2 June 2025 that it was ending their tax treaty. The decision takes effect on "
       "1 January 2026.",
       {"NOTIFIED ASSERTED KE/TG by KE on 2025-06-02", "TERMINATED PLANNED KE/TG by KE on 2026-01-01"}},
  });
}

TEST(NounActTest, TalksBeginAndEndWithoutTheirTreaty) {
  ExpectEvents({
      {"Talks between Kenya and Togo on a tax treaty were concluded in May 2025.",
       {"NEGOTIATED ASSERTED KE/TG by KE TG on 2025-05"}},
      {"Talks between Kenya and Togo on a tax treaty are due to start in July.",
       {"NEGOTIATED PLANNED KE/TG by KE TG on 2025-07"}},
      {"Talks between Kenya and Togo on a tax treaty ended without result on Monday.",
       {"NEGOTIATED DENIED KE/TG by KE TG on 2025-06-09"}},
  });
}

TEST(NounActTest, ASigningThatIsCalledOffEndsNoAgreement) {
  ExpectEvents({
      {"The signing of the tax treaty between Kenya and Togo was called off on Monday.",
       {"SIGNED DENIED KE/TG by KE TG on -"}},
  });
}

}  // namespace
}  // namespace treatywire::ingest
