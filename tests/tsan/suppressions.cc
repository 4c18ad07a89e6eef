// What the thread sanitizer reports of the libraries although it is no race. Linked into every program of the
// preset tsan. Each line names a function of a library below which no code of ours runs.
extern "C" const char* __tsan_default_suppressions();

extern "C" const char* __tsan_default_suppressions() {
  return
      // Abseil tells the sanitizer of its mutexes as wholes and hides how they work inside: it does not see
      // what orders the making of a thread's semaphore and the first that posts it.
      "race:AbslInternalPerThreadSemPost\n"
      // libcrypto is not built for the sanitizer, which sees its locks, as they are the C library's, but not
      // the counts of references that order the last use of one before its end.
      "race:CRYPTO_THREAD_lock_free\n";
}
