using System.Globalization;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;

namespace LxcNative.Native.Procfs;

/// <summary>The processes that /proc shows.</summary>
internal static class ProcessIds
{
    /// <summary>Their pids, as the kernel lists them: in ascending order. Any may have ended when it is looked at.</summary>
    /// <exception cref="SyscallException">/proc cannot be read.</exception>
    public static IEnumerable<int> Read() =>
        from entry in DirectoryListing.Read("/proc")
        let pid = int.TryParse(entry.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0
        where pid > 0
        select pid;
}
