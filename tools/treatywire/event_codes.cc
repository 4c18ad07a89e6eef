#include "tools/treatywire/event_codes.h"

#include <unicode/uloc.h>

#include <algorithm>
#include <iterator>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace treatywire::tools {
namespace {

namespace v1 = treatywire::v1;

constexpr EventCode kIntent = {"030", "Express intent to cooperate, not specified below", "AGREE", "",
                               "diplomatic"};
constexpr EventCode kIntentToMeet = {"036", "Express intent to meet or negotiate", "AGREE", "", "diplomatic"};
constexpr EventCode kNegotiate = {"046", "Engage in negotiation", "CONSULT", "", "diplomatic"};
constexpr EventCode kCooperate = {"050", "Engage in diplomatic cooperation, not specified below", "SUPPORT",
                                  "", "diplomatic"};
constexpr EventCode kSign = {"057", "Sign formal agreement", "SUPPORT", "", "diplomatic"};
constexpr EventCode kAccuse = {"112", "Accuse, not specified below", "ACCUSE", "allege", "diplomatic"};
constexpr EventCode kReject = {"120", "Reject, not specified below", "REJECT", "", "diplomatic"};
constexpr EventCode kRejectPeace = {"127", "Reject plan, agreement to settle dispute", "REJECT", "meet",
                                    "diplomatic"};
constexpr EventCode kThreaten = {"1313", "Threaten to reduce or break relations", "THREATEN", "relations",
                                 "diplomatic"};
constexpr EventCode kLeave = {"160", "Reduce relations, not specified below", "SANCTION", "withdraw",
                              "diplomatic"};
constexpr EventCode kReduce = {"160", "Reduce relations, not specified below", "SANCTION", "discontinue",
                               "diplomatic"};

// Conditions, as the table shows them.
constexpr char kOfLeaving[] = "notice of leaving";
constexpr char kOfRatifying[] = "notice of ratification";
constexpr char kOnPeace[] = "subject PEACE";

// An agreement comes into being, or binds one party more.
constexpr v1::EventType kAgreeing[] = {
    v1::EVENT_TYPE_INITIALLED, v1::EVENT_TYPE_ADOPTED,   v1::EVENT_TYPE_SIGNED,
    v1::EVENT_TYPE_CONCLUDED,  v1::EVENT_TYPE_APPROVED,  v1::EVENT_TYPE_RATIFIED,
    v1::EVENT_TYPE_ACCEDED,    v1::EVENT_TYPE_SUCCEEDED, v1::EVENT_TYPE_DEPOSITED};
// One that exists takes effect, goes on or is widened.
constexpr v1::EventType kGoingOn[] = {v1::EVENT_TYPE_ENTERED_INTO_FORCE,
                                      v1::EVENT_TYPE_PROVISIONALLY_APPLIED,
                                      v1::EVENT_TYPE_AMENDED,
                                      v1::EVENT_TYPE_EXTENDED,
                                      v1::EVENT_TYPE_RESUMED,
                                      v1::EVENT_TYPE_NOTICE_REVOKED};
constexpr v1::EventType kReducing[] = {v1::EVENT_TYPE_SUSPENDED, v1::EVENT_TYPE_TERMINATED,
                                       v1::EVENT_TYPE_CONSENT_REVOKED};

std::vector<CodeRule> MakeRules() {
  std::vector<CodeRule> rules = {
      {v1::EVENT_TYPE_PROPOSED, v1::MODALITY_ASSERTED, "", kIntent},
      {v1::EVENT_TYPE_PROPOSED, v1::MODALITY_PLANNED, "", kIntent},
      {v1::EVENT_TYPE_NEGOTIATED, v1::MODALITY_ASSERTED, "", kNegotiate},
      {v1::EVENT_TYPE_NEGOTIATED, v1::MODALITY_PLANNED, "", kIntentToMeet},
      {v1::EVENT_TYPE_NOTIFIED, v1::MODALITY_ASSERTED, kOfLeaving, kThreaten},
      {v1::EVENT_TYPE_NOTIFIED, v1::MODALITY_ASSERTED, kOfRatifying, kSign},
      {v1::EVENT_TYPE_NOTIFIED, v1::MODALITY_PLANNED, kOfLeaving, kThreaten},
      {v1::EVENT_TYPE_NOTIFIED, v1::MODALITY_PLANNED, kOfRatifying, kIntent},
      {v1::EVENT_TYPE_NOTIFIED, v1::MODALITY_POSSIBLE, kOfLeaving, kThreaten},
      {v1::EVENT_TYPE_WITHDRAWN, v1::MODALITY_ASSERTED, "", kLeave},
      {v1::EVENT_TYPE_WITHDRAWN, v1::MODALITY_PLANNED, "", kThreaten},
      {v1::EVENT_TYPE_WITHDRAWN, v1::MODALITY_POSSIBLE, "", kThreaten},
      {v1::EVENT_TYPE_BREACH_ALLEGED, v1::MODALITY_ASSERTED, "", kAccuse},
      {v1::EVENT_TYPE_REJECTED, v1::MODALITY_ASSERTED, "", kReject},
      {v1::EVENT_TYPE_REJECTED, v1::MODALITY_ASSERTED, kOnPeace, kRejectPeace},
      {v1::EVENT_TYPE_REJECTED, v1::MODALITY_PLANNED, "", kReject},
      {v1::EVENT_TYPE_REJECTED, v1::MODALITY_PLANNED, kOnPeace, kRejectPeace},
  };
  for (const v1::EventType type : kAgreeing) {
    rules.push_back({type, v1::MODALITY_ASSERTED, "", kSign});
    rules.push_back({type, v1::MODALITY_PLANNED, "", kIntent});
  }
  for (const v1::EventType type : kGoingOn) {
    rules.push_back({type, v1::MODALITY_ASSERTED, "", kCooperate});
    rules.push_back({type, v1::MODALITY_PLANNED, "", kIntent});
  }
  for (const v1::EventType type : kReducing) {
    rules.push_back({type, v1::MODALITY_ASSERTED, "", kReduce});
    rules.push_back({type, v1::MODALITY_PLANNED, "", kThreaten});
    rules.push_back({type, v1::MODALITY_POSSIBLE, "", kThreaten});
  }
  std::stable_sort(rules.begin(), rules.end(), [](const CodeRule& a, const CodeRule& b) {
    return std::pair(a.type, a.modality) < std::pair(b.type, b.modality);
  });
  return rules;
}

bool HasWord(absl::string_view sentence, const std::vector<const char*>& words) {
  const std::string folded = absl::AsciiStrToLower(sentence);
  return std::any_of(words.begin(), words.end(),
                     [&](const char* word) { return absl::StrContains(folded, word); });
}

// The condition of CodeRules that the event meets; "" for none.
const char* ConditionOf(const v1::AgreementEvent& event) {
  if (event.type() == v1::EVENT_TYPE_REJECTED) {
    return event.agreement().subject() == v1::SUBJECT_PEACE ? kOnPeace : "";
  }
  if (event.type() != v1::EVENT_TYPE_NOTIFIED) return "";
  const std::string& sentence = event.evidence().text();
  if (HasWord(sentence, {"terminat", "withdraw", "denounc", "leav", "quit", "exit", "cancel", "end "})) {
    return kOfLeaving;
  }
  return HasWord(sentence, {"ratif", "into force", "procedures", "accession"}) ? kOfRatifying : "";
}

const char* ContextOfSubject(v1::Subject subject) {
  switch (subject) {
    case v1::SUBJECT_MILITARY:
    case v1::SUBJECT_ARMS_CONTROL:
      return "military";
    case v1::SUBJECT_BORDER:
      return "territory";
    case v1::SUBJECT_TRADE:
    case v1::SUBJECT_FINANCE:
      return "economic";
    case v1::SUBJECT_ENERGY:
    case v1::SUBJECT_RESOURCES:
      return "natural_resource";
    case v1::SUBJECT_ENVIRONMENT:
      return "environment";
    case v1::SUBJECT_MIGRATION:
      return "migration";
    case v1::SUBJECT_JUSTICE:
      return "legal";
    case v1::SUBJECT_SCIENCE:
      return "technology";
    default:
      return "";
  }
}

struct ActorCode {
  const char* party_id;
  const char* cameo;
};

// Phoenix.Countries.actors.txt and Phoenix.International.actors.txt of the Open Event Data Alliance's
// petrarch2; former states without an entry there have their ISO 3166 alpha-3 code of the time.
constexpr ActorCode kActorCodes[] = {
    {"ANHH", "ANT"},
    {"BUMM", "BUR"},
    {"CSHH", "CSK"},
    {"CSXX", "SCG"},
    {"DDDE", "DDR"},
    {"DYBJ", "DHY"},
    {"HVBF", "HVO"},
    {"RHZW", "RHO"},
    {"SUHH", "SUN"},
    {"TPTL", "TMP"},
    {"VDVN", "VDR"},
    {"XK", "KSV"},
    {"YDYE", "YMD"},
    {"YUCS", "YUG"},
    {"ZRCD", "ZAR"},
    {"andean-community", "IGOSAM"},
    {"arab-league", "IGOMEAARL"},
    {"asean", "IGOSEAASN"},
    {"cis", "IGOCASCIS"},
    {"council-of-europe", "IGOEURCOE"},
    {"eac", "IGOEAFEAC"},
    {"ecowas", "IGOWAFWAS"},
    {"eu", "IGOEUREEC"},
    {"european-union", "IGOEUREEC"},
    {"fao", "IGOUNOAGRFAO"},
    {"iaea", "IGOUNOIAE"},
    {"igad", "IGODEVIAD"},
    {"ilo", "IGOUNOLABILO"},
    {"interpol", "IGOCOPITP"},
    {"nato", "IGOWSTNAT"},
    {"oas", "IGOOAS"},
    {"oic", "IGOMOSOIC"},
    {"saarc", "IGOSASSAA"},
    {"sadc", "IGOSAFSAD"},
    {"un", "IGOUNO"},
    {"unesco", "IGOUNODEV"},
    {"unhcr", "IGOUNOREFHCR"},
    {"who", "IGOUNOHLHWHO"},
    {"world-bank", "IGOUNODEVWBK"},
};

struct Continuation {
  const char* former;
  const char* state;
};

// As the record joins them (Party.succession_links).
constexpr Continuation kContinuations[] = {
    {"SUHH", "RU"}, {"YUCS", "RS"}, {"CSXX", "RS"}, {"CSHH", "CZ"}, {"CSHH", "SK"},
    {"DDDE", "DE"}, {"YDYE", "YE"}, {"VDVN", "VN"}, {"ZRCD", "CD"}, {"BUMM", "MM"},
    {"RHZW", "ZW"}, {"HVBF", "BF"}, {"DYBJ", "BJ"}, {"TPTL", "TL"}, {"ANHH", "NL"},
};

}  // namespace

bool MeanOneParty(absl::string_view a, absl::string_view b) {
  if (a == b) return true;
  return std::any_of(std::begin(kContinuations), std::end(kContinuations), [&](const Continuation& one) {
    return (one.former == a && one.state == b) || (one.former == b && one.state == a);
  });
}

const std::vector<CodeRule>& CodeRules() {
  static const auto* const rules = new std::vector<CodeRule>(MakeRules());
  return *rules;
}

const EventCode* CodeOf(const v1::AgreementEvent& event) {
  const absl::string_view condition = ConditionOf(event);
  for (const CodeRule& rule : CodeRules()) {
    if (rule.type == event.type() && rule.modality == event.modality() && rule.condition == condition) {
      return &rule.code;
    }
  }
  return nullptr;
}

std::string PloverContexts(const EventCode& code, v1::Subject subject) {
  const std::string added = ContextOfSubject(subject);
  return added.empty() ? code.context : absl::StrCat(code.context, ";", added);
}

int QuadClass(const EventCode& code) {
  const int root = (code.cameo[0] - '0') * 10 + (code.cameo[1] - '0');
  return root <= 5 ? 1 : root <= 8 ? 2 : root <= 13 ? 3 : 4;
}

std::string CameoActor(absl::string_view party_id) {
  const auto* const listed = std::find_if(std::begin(kActorCodes), std::end(kActorCodes),
                                          [&](const ActorCode& code) { return code.party_id == party_id; });
  if (listed != std::end(kActorCodes)) return listed->cameo;
  const bool is_state = party_id.size() == 2 &&
                        absl::ascii_isupper(static_cast<unsigned char>(party_id[0])) &&
                        absl::ascii_isupper(static_cast<unsigned char>(party_id[1]));
  return is_state ? uloc_getISO3Country(absl::StrCat("und_", party_id).c_str()) : "";
}

}  // namespace treatywire::tools
