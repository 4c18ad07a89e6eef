#include "common/reflection_service.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>

#include <cassert>
#include <utility>

#include "common/call_admission.h"
#include "common/grpc_status.h"
#include "common/status.h"
#include "common/status_macros.h"

namespace treatywire {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::DescriptorPool;
using google::protobuf::FieldDescriptor;
using google::protobuf::FileDescriptor;
using grpc::reflection::v1::FileDescriptorResponse;
using grpc::reflection::v1::ServerReflectionRequest;
using grpc::reflection::v1::ServerReflectionResponse;

constexpr char kMethod[] = "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo";

absl::Status ShutdownError() {
  return WithErrorInfo(absl::UnavailableError("the server is shutting down"),
                       treatywire::v1::ERROR_REASON_DRAINING);
}

const DescriptorPool& Pool() { return *DescriptorPool::generated_pool(); }

// `file` and what it imports, each once, a file before those that it imports.
void AppendFileAndImports(const FileDescriptor* file, FileDescriptorResponse& response) {
  std::vector<const FileDescriptor*> files = {file};
  std::set<const FileDescriptor*> seen = {file};
  for (size_t i = 0; i < files.size(); ++i) {
    google::protobuf::FileDescriptorProto proto;
    files[i]->CopyTo(&proto);
    proto.SerializeToString(response.add_file_descriptor_proto());
    for (int d = 0; d < files[i]->dependency_count(); ++d) {
      const FileDescriptor* dependency = files[i]->dependency(d);
      if (seen.insert(dependency).second) files.push_back(dependency);
    }
  }
}

const FileDescriptor* FindExtensionFile(const grpc::reflection::v1::ExtensionRequest& request) {
  const Descriptor* type = Pool().FindMessageTypeByName(request.containing_type());
  if (type == nullptr) return nullptr;
  const FieldDescriptor* extension = Pool().FindExtensionByNumber(type, request.extension_number());
  return extension == nullptr ? nullptr : extension->file();
}

void SetError(grpc::StatusCode code, const char* message, ServerReflectionResponse& response) {
  response.mutable_error_response()->set_error_code(code);
  response.mutable_error_response()->set_error_message(message);
}

void AnswerWithFile(const FileDescriptor* file, ServerReflectionResponse& response) {
  if (file == nullptr) {
    SetError(grpc::StatusCode::NOT_FOUND, "not found", response);
  } else {
    AppendFileAndImports(file, *response.mutable_file_descriptor_response());
  }
}

void AnswerWithExtensionNumbers(const std::string& type_name, ServerReflectionResponse& response) {
  const Descriptor* type = Pool().FindMessageTypeByName(type_name);
  if (type == nullptr) return SetError(grpc::StatusCode::NOT_FOUND, "not found", response);
  std::vector<const FieldDescriptor*> extensions;
  Pool().FindAllExtensions(type, &extensions);
  response.mutable_all_extension_numbers_response()->set_base_type_name(type_name);
  for (const FieldDescriptor* extension : extensions) {
    response.mutable_all_extension_numbers_response()->add_extension_number(extension->number());
  }
}

}  // namespace

// Reads a request, writes its answer, reads the next: one message of each is held.
class ReflectionService::Stream final : public grpc::ServerBidiReactor<Request, Response> {
 public:
  explicit Stream(ReflectionService* owner) : owner_(owner) {}

  void Start() { StartRead(&request_); }

  void OnReadDone(bool ok) override {
    if (!ok) return End(grpc::Status::OK);
    response_ = owner_->Answer(request_);
    const std::lock_guard lock(mutex_);
    if (!ended_) StartWrite(&response_);
  }

  void OnWriteDone(bool ok) override {
    if (!ok) return End(grpc::Status::CANCELLED);
    const std::lock_guard lock(mutex_);
    if (!ended_) StartRead(&request_);
  }

  void OnCancel() override { End(grpc::Status::CANCELLED); }

  void OnDone() override {
    owner_->Remove(this);
    delete this;
  }

  void End(const grpc::Status& status) {
    const std::lock_guard lock(mutex_);
    if (ended_) return;
    ended_ = true;
    Finish(status);
  }

 private:
  ReflectionService* const owner_;
  // Used by one reaction at a time: a read follows the write before it.
  Request request_;
  Response response_;
  std::mutex mutex_;
  bool ended_ = false;  // guarded by mutex_
};

ReflectionService::~ReflectionService() { assert(streams_.empty()); }

ServerReflectionResponse ReflectionService::Answer(const ServerReflectionRequest& request) const {
  ServerReflectionResponse response;
  response.set_valid_host(request.host());
  *response.mutable_original_request() = request;
  switch (request.message_request_case()) {
    case ServerReflectionRequest::kFileByFilename:
      AnswerWithFile(Pool().FindFileByName(request.file_by_filename()), response);
      break;
    case ServerReflectionRequest::kFileContainingSymbol:
      AnswerWithFile(Pool().FindFileContainingSymbol(request.file_containing_symbol()), response);
      break;
    case ServerReflectionRequest::kFileContainingExtension:
      AnswerWithFile(FindExtensionFile(request.file_containing_extension()), response);
      break;
    case ServerReflectionRequest::kAllExtensionNumbersOfType:
      AnswerWithExtensionNumbers(request.all_extension_numbers_of_type(), response);
      break;
    case ServerReflectionRequest::kListServices:
      for (const std::string& service : services_) {
        response.mutable_list_services_response()->add_service()->set_name(service);
      }
      break;
    case ServerReflectionRequest::MESSAGE_REQUEST_NOT_SET:
      SetError(grpc::StatusCode::INVALID_ARGUMENT, "the request asks nothing", response);
      break;
  }
  return response;
}

void ReflectionService::EndStreams() {
  const std::lock_guard lock(mutex_);
  ended_ = true;
  for (Stream* stream : streams_) {
    stream->End(ToGrpcStatus(ShutdownError()));
  }
}

void ReflectionService::Remove(Stream* stream) {
  const std::lock_guard lock(mutex_);
  streams_.erase(stream);
}

absl::Status ReflectionService::Admit(const grpc::CallbackServerContext& context) const {
  if (ended_) return ShutdownError();
  TW_RETURN_IF_ERROR(CheckAccess(access_.get(), kMethod, context));
  if (streams_.size() > kMaxStreams) {
    return WithRetryDelay(WithErrorInfo(absl::ResourceExhaustedError("too many reflection streams"),
                                        treatywire::v1::ERROR_REASON_TOO_MANY_STREAMS),
                          absl::Seconds(1));
  }
  return absl::OkStatus();
}

grpc::ServerBidiReactor<ServerReflectionRequest, ServerReflectionResponse>*
ReflectionService::ServerReflectionInfo(grpc::CallbackServerContext* context) {
  auto* stream = new Stream(this);
  const std::lock_guard lock(mutex_);
  streams_.insert(stream);
  if (const absl::Status refusal = Admit(*context); !refusal.ok()) {
    stream->End(ToGrpcStatus(refusal));
  } else {
    stream->Start();
  }
  return stream;
}

}  // namespace treatywire
