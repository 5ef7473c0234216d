using System.Text.Json.Serialization;
using LxcNative.Native.Procfs;

namespace LxcNative.Orchestrator.Containers;

/// <summary>A process, whose number may be another's later.</summary>
/// <param name="Pid">Its pid, as the host sees it.</param>
/// <param name="StartTimeTicks">Its start after boot, clock ticks.</param>
internal sealed record ProcessIdentity(int Pid, ulong StartTimeTicks)
{
    /// <summary>That of a process that is there.</summary>
    /// <exception cref="Native.Errors.SyscallException">It is not.</exception>
    public static ProcessIdentity Of(int pid) => new(pid, ProcStat.Read(pid).StartTimeTicks);

    /// <summary>Whether it is there no more; one that nobody has waited for yet is not.</summary>
    [JsonIgnore]
    public bool HasEnded => ProcessGlance.Stat(Pid) is not { HasEnded: false } stat || stat.StartTimeTicks != StartTimeTicks;

    /// <summary>Opens it.</summary>
    /// <returns>Null where it is gone.</returns>
    /// <exception cref="Native.Errors.SyscallException">It cannot be opened for another reason.</exception>
    public ProcessHandle? TryOpen() => ProcessHandle.TryOpen(Pid, StartTimeTicks);
}
