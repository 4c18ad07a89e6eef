// Unary calls and whole lists, as the commands need them.
//
//   treatywire::v1::AgreementService::Stub stub(session.query_channel());
//   TW_ASSIGN_OR_RETURN(auto agreement, Call(session, stub, &Stub::GetAgreement, request));
#ifndef TREATYWIRE_TOOLS_TREATYWIRE_CALL_H_
#define TREATYWIRE_TOOLS_TREATYWIRE_CALL_H_

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>

#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/grpc_status.h"
#include "common/status_macros.h"
#include "google/protobuf/repeated_field.h"
#include "tools/treatywire/session.h"

namespace treatywire::tools {

// How a call ended that nobody here cancelled. CANCELLED is then gRPC's answer to a call that reached a
// server in the last moments of its shutdown, before any service saw it: UNAVAILABLE, for another try is
// safe.
inline absl::Status FromUncancelledCall(const grpc::Status& status) {
  if (status.error_code() == grpc::StatusCode::CANCELLED) {
    return absl::UnavailableError("the server was shutting down");
  }
  return FromGrpcStatus(status);
}

// Calls `method` of `stub` within the session's time limit.
template <typename Stub, typename Request, typename Response>
absl::StatusOr<Response> Call(const Session& session, Stub& stub,
                              grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                              const Request& request) {
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(absl::Now() + session.settings().timeout));
  Response response;
  const grpc::Status status = (stub.*method)(&context, request, &response);
  if (!status.ok()) return FromUncancelledCall(status);
  return response;
}

template <typename Item>
struct WholeList {
  std::vector<Item> items;
  bool cut = false;  // whether there are more than `limit`
};

// Gives each page of a list to `take`, which returns a status, until there is none, `limit` items (0: all)
// have been asked for, or `take` fails. The pages are of one revision: the service sees to that.
template <typename Stub, typename Request, typename Response, typename Take>
absl::Status CallForPages(const Session& session, Stub& stub,
                          grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                          Request request, int limit, const Take& take) {
  constexpr int kLargestPage = 500;  // of a list without search
  int asked = 0;
  while (true) {
    const int size = limit > 0 ? std::min(limit - asked, kLargestPage) : kLargestPage;
    request.set_page_size(size);
    TW_ASSIGN_OR_RETURN(const Response response, Call(session, stub, method, request));
    TW_RETURN_IF_ERROR(take(response));
    asked += limit > 0 ? size : 0;
    if (response.next_page_token().empty() || (limit > 0 && asked >= limit)) return absl::OkStatus();
    if (response.next_page_token() == request.page_token()) {
      return absl::InternalError("the service gives the same page again and again");
    }
    request.set_page_token(response.next_page_token());
  }
}

// All pages of a list, up to `limit` items (0: all). The pages are of one revision: the service sees to that.
// `items`: the field of the response that holds the page.
template <typename Stub, typename Request, typename Response, typename Item>
absl::StatusOr<WholeList<Item>> CallForAll(
    const Session& session, Stub& stub,
    grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*), Request request,
    const google::protobuf::RepeatedPtrField<Item>& (Response::*items)() const, int limit) {
  constexpr int kLargestPage = 100;  // what every list takes, searches included
  const size_t wanted = limit > 0 ? limit : std::numeric_limits<size_t>::max();
  WholeList<Item> list;
  while (true) {
    request.set_page_size(static_cast<int>(std::min<size_t>(wanted - list.items.size(), kLargestPage)));
    TW_ASSIGN_OR_RETURN(Response response, Call(session, stub, method, request));
    const auto& page = (response.*items)();
    list.items.insert(list.items.end(), page.begin(), page.end());
    list.cut = !response.next_page_token().empty();
    if (!list.cut || list.items.size() >= wanted) return list;
    if (response.next_page_token() == request.page_token()) {
      return absl::InternalError("the service gives the same page again and again");
    }
    request.set_page_token(response.next_page_token());
  }
}

// Writes a list: a JSON line an item, or what `text` makes of all of them. Says on standard error where the
// list was cut, and where it is empty.
template <typename Item, typename Text>
absl::Status WriteList(const Session& session, const WholeList<Item>& list, absl::string_view nothing,
                       Text text) {
  if (session.json()) {
    for (const Item& item : list.items) TW_RETURN_IF_ERROR(session.WriteJson(item));
  } else if (!list.items.empty()) {
    session.out() << text(list.items);
  }
  if (list.items.empty() && !session.json()) session.err() << nothing << "\n";
  if (list.cut) session.err() << "(the first " << list.items.size() << "; --limit 0 shows all)\n";
  return absl::OkStatus();
}

}  // namespace treatywire::tools

#endif  // TREATYWIRE_TOOLS_TREATYWIRE_CALL_H_
