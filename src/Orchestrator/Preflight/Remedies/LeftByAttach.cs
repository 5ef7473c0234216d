using System.Globalization;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Remedies;

/// <summary>A program that was started from the host into the running container and left in the background: it keeps what the shell had that started it, a
/// session and files of the host.</summary>
internal static class LeftByAttach
{
    /// <summary>What it is, and what to do.</summary>
    public static string Remedy(ObservedProcess process) =>
        "A job that lxc-attach, or whatever else entered the container from the host, left in the background: it still has what is the host's. End it (`kill "
        + $"{process.Pid.ToString(CultureInfo.InvariantCulture)}` on the host), and start it again with nothing of the host's: lxc-attach -n NAME -- sh -c "
        + "'exec </dev/null >/dev/null 2>&1; setsid PROGRAM &'; or let a service of the container start it.";
}
