using System.Globalization;
using LxcNative.Native.AppArmor;
using LxcNative.Native.Criu.Images;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Procfs;

namespace LxcNative.Orchestrator.Comparisons;

/// <summary>What a task may do.</summary>
internal static class RightsFacts
{
    // In the order of their numbers (asm-generic/resource.h), in which /proc/PID/limits has them too.
    private static readonly string[] s_limits =
    [
        "cpu", "fsize", "data", "stack", "core", "rss", "nproc", "nofile", "memlock", "as", "locks", "sigpending", "msgqueue", "nice", "rtprio", "rttime",
    ];

    private const uint Overflow = 65_534;

    /// <summary>Adds what the images say.</summary>
    public static void AddTo(Facts facts, int pid, TaskRights rights)
    {
        Add(facts, pid, "ids", string.Join(',', rights.Ids));
        Add(facts, pid, "capabilities", Capabilities(rights.Capabilities));
        Add(facts, pid, "seccomp", rights.SeccompMode.ToString(CultureInfo.InvariantCulture));
        Add(facts, pid, "label", rights.Label ?? AppArmorPart.Unconfined);
        foreach (var (limit, number) in rights.Limits.Take(s_limits.Length).Select((limit, number) => (limit, number)))
            Add(facts, pid, $"limit {s_limits[number]}", $"{Number(limit.Current)} {Number(limit.Maximal)}");
    }

    /// <summary>Adds what a running task has.</summary>
    /// <param name="facts">Where to.</param>
    /// <param name="pid">Its pid in the container.</param>
    /// <param name="hostPid">The same as the host has it.</param>
    /// <param name="maps">The ids of the container, as which the images have them.</param>
    /// <exception cref="SyscallException">It has ended.</exception>
    /// <exception cref="IOException">It has ended.</exception>
    public static void AddTo(Facts facts, int pid, int hostPid, (IReadOnlyList<IdRange> Users, IReadOnlyList<IdRange> Groups) maps)
    {
        var status = ProcStatus.Read(hostPid);
        Add(facts, pid, "ids", string.Join(',', status.Uid.Zip(status.Gid, (user, group) => $"{Inside(maps.Users, user)},{Inside(maps.Groups, group)}")));
        Add(facts, pid, "capabilities", Capabilities([status.CapInh, status.CapPrm, status.CapEff, status.CapBnd]));
        Add(facts, pid, "seccomp", status.Seccomp.ToString(CultureInfo.InvariantCulture));
        Add(facts, pid, "label", AppArmorPolicy.IsEnabled ? AppArmorLabel.Read(hostPid)?.Text ?? AppArmorPart.Unconfined : AppArmorPart.Unconfined);
        // "Max open files            1024                 524288               files"
        var lines = KernelFile.ReadText($"/proc/{hostPid}/limits").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        foreach (var (line, number) in lines.Skip(1).Take(s_limits.Length).Select((line, number) => (line, number)))
            Add(facts, pid, $"limit {s_limits[number]}", string.Join(' ', line[25..].Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(2)));
    }

    /// <summary>An id as it is inside; of one that is none there what the kernel shows inside (/proc/sys/kernel/overflowuid).</summary>
    internal static uint Inside(IReadOnlyList<IdRange> map, uint outside) => IdMap.Inside(map, outside) ?? Overflow;

    private static void Add(Facts facts, int pid, string what, string value) =>
        facts.Add(Area.Rights, string.Create(CultureInfo.InvariantCulture, $"{pid} {what}"), value);

    private static string Capabilities(IEnumerable<ulong> sets) => string.Join(' ', sets.Zip((string[])["inh", "prm", "eff", "bnd"],
        (set, name) => string.Create(CultureInfo.InvariantCulture, $"{name}={set:x}")));

    private static string Number(ulong limit) => limit == ulong.MaxValue ? "unlimited" : limit.ToString(CultureInfo.InvariantCulture);
}
