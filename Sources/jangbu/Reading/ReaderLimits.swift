import Foundation

/// What the process that reads a file of sheets may take of the machine, whatever the file asks
/// for. It sets these limits itself before it opens the file.
struct ReaderLimits {
  /// Memory, the program itself included: 1.5 GiB. A workbook within `SheetLimits` takes half.
  var addressSpace = 1_536 << 20
  /// Of a processor: ten minutes.
  var processorSeconds = 600
  /// Of the rows file, a little more than `SheetLimits` allows: whoever reads says so first.
  var fileBytes = 1_088 << 20

  /// Holds this process to them, for good; it leaves no core file.
  func apply() throws {
    // Writing beyond the limit is to fail, not to end the process.
    signal(SIGXFSZ, SIG_IGN)
    for (resource, most) in [
      (RLIMIT_AS, addressSpace), (RLIMIT_CPU, processorSeconds), (RLIMIT_FSIZE, fileBytes),
      (RLIMIT_CORE, 0), (RLIMIT_NOFILE, 64),
    ] {
      var limit = rlimit(rlim_cur: rlim_t(most), rlim_max: rlim_t(most))
      var now = rlimit()
      getrlimit(resource.asResource, &now)
      limit.rlim_cur = min(limit.rlim_cur, now.rlim_max)
      limit.rlim_max = min(limit.rlim_max, now.rlim_max)
      guard setrlimit(resource.asResource, &limit) == 0 else {
        throw Refused("The limits of the process that reads cannot be set.")
      }
    }
  }
}

#if canImport(Glibc)
  extension __rlimit_resource {
    fileprivate var asResource: __rlimit_resource_t { __rlimit_resource_t(rawValue) }
  }
#endif
