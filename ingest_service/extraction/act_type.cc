#include "ingest_service/extraction/act_type.h"

namespace treatywire::ingest {

namespace v1 = treatywire::v1;

bool IsUnilateral(v1::EventType type) {
  switch (type) {
    case v1::EVENT_TYPE_APPROVED:
    case v1::EVENT_TYPE_RATIFIED:
    case v1::EVENT_TYPE_ACCEDED:
    case v1::EVENT_TYPE_SUCCEEDED:
    case v1::EVENT_TYPE_DEPOSITED:
    case v1::EVENT_TYPE_RESERVATION_MADE:
    case v1::EVENT_TYPE_NOTIFIED:
    case v1::EVENT_TYPE_SUSPENDED:
    case v1::EVENT_TYPE_RESUMED:
    case v1::EVENT_TYPE_WITHDRAWN:
    case v1::EVENT_TYPE_TERMINATED:
    case v1::EVENT_TYPE_CONSENT_REVOKED:
    case v1::EVENT_TYPE_NOTICE_REVOKED:
    case v1::EVENT_TYPE_BREACH_ALLEGED:
    case v1::EVENT_TYPE_REJECTED:
    case v1::EVENT_TYPE_PROPOSED:
      return true;
    default:
      return false;
  }
}

bool AllowsOutsider(v1::EventType type) {
  return type == v1::EVENT_TYPE_ACCEDED || type == v1::EVENT_TYPE_SUCCEEDED ||
         type == v1::EVENT_TYPE_REJECTED || type == v1::EVENT_TYPE_ADOPTED;
}

v1::EventType ActOf(v1::EventType type) {
  switch (type) {
    case v1::EVENT_TYPE_CONCLUDED:
    case v1::EVENT_TYPE_INITIALLED:
      return v1::EVENT_TYPE_SIGNED;
    case v1::EVENT_TYPE_APPROVED:
      return v1::EVENT_TYPE_RATIFIED;
    case v1::EVENT_TYPE_WITHDRAWN:
      return v1::EVENT_TYPE_TERMINATED;
    default:
      return type;
  }
}

}  // namespace treatywire::ingest
