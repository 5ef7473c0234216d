using LxcNative.Native.Errors;
using LxcNative.Native.Processes;
using LxcNative.Native.Procfs;

namespace LxcNative.Orchestrator.Parts.Units;

/// <summary>The BPF programs that a systemd holds for its units, by descriptors that criu cannot dump.</summary>
internal static class UnitPrograms
{
    private const string Own = "lxcnative";
    private const string Slice = ".slice";
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20), s_patienceForOurs = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(5);

    /// <summary>Whether a descriptor is of one, or of a table of one.</summary>
    public static bool Is(string target) => IsProgram(target) || target == "anon_inode:bpf-map";

    /// <summary>Whether a descriptor is of one.</summary>
    public static bool IsProgram(string target) => target == "anon_inode:bpf-prog";

    /// <summary>Has systemd drop them, by giving up what they are for.</summary>
    /// <param name="init">The container's init.</param>
    /// <param name="units">The units that have some.</param>
    /// <exception cref="SystemdException">It does not, or holds others.</exception>
    public static void SetAside(int init, IReadOnlyList<UnitSettings> units)
    {
        using (var manager = SystemdManager.Connect(init))
        {
            var (beside, before) = (Beside(units).ToList(), Held(init));
            foreach (var slice in beside)
                manager.StartBeside(slice);
            // Each of them has one program itself, for devices.
            Await(() => Held(init) >= before + beside.Count, s_patienceForOurs);
            foreach (var unit in units)
                manager.Set(unit.ToPlain());
            // Cgroups are looked after when systemd has nothing else to do.
            Await(() => Held(init) <= beside.Count, s_patience);
            foreach (var slice in beside)
                manager.StopBeside(slice);
            Await(() => Held(init) == 0, s_patienceForOurs);
        }

        if (Held(init) > 0)
            throw new SystemdException(StillHeld(init));
    }

    /// <summary>What to do about programs of units that have ended.</summary>
    internal const string RemedyOfEnded = "In the container, start them so that they run; or give up these settings of theirs "
        + "(systemctl set-property --runtime UNIT IPAddressDeny= IPAddressAllow=) and then systemctl daemon-reload; or mask them and restart the container";

    /// <summary>The sentence for programs that it does not drop, since they are of units that have ended.</summary>
    /// <param name="ended">The units that ran and have ended, with settings for addresses.</param>
    internal static string HeldForEnded(IReadOnlyList<string> ended) => "the container's systemd holds BPF programs still, for the IPAddressDeny=, "
        + $"IPAddressAllow= or IPAccounting= of units that have ended, until they are started again: {string.Join(", ", ended)}";

    /// <summary>The sentence for programs that it does not drop.</summary>
    /// <param name="ended">The units that ran and have ended, with settings for addresses.</param>
    internal static string StillHeld(IReadOnlyList<string> ended) => ended.Count > 0 ? $"{HeldForEnded(ended)}. {RemedyOfEnded}"
        : "the container's systemd holds BPF programs still, for other settings than IPAddressDeny=, IPAddressAllow=, IPAccounting=, DevicePolicy= and "
            + "DeviceAllow=";

    private static string StillHeld(int init)
    {
        try
        {
            using var manager = SystemdManager.Connect(init);
            return StillHeld(manager.Ended());
        }
        catch (SystemdException)
        {
            return StillHeld([]);
        }
    }

    /// <summary>Gives the units back what they had.</summary>
    /// <exception cref="SystemdException">It is not taken.</exception>
    public static void GiveBack(int init, IReadOnlyList<UnitSettings> units)
    {
        using var manager = SystemdManager.Connect(init);
        foreach (var slice in Beside(units))
            manager.StopBeside(slice);
        foreach (var unit in units)
            manager.Set(unit);
    }

    /// <summary>The names of a slice of our own in each slice that has such units: "a-b.slice" is in "a.slice", which is in the root, "-.slice"
    /// (systemd.slice(5)).</summary>
    internal static IEnumerable<string> Beside(IEnumerable<UnitSettings> units) =>
        units.Select(unit => unit.Slice).Where(slice => slice.EndsWith(Slice, StringComparison.Ordinal)).Distinct(StringComparer.Ordinal)
            .Select(slice => slice == "-" + Slice ? Own + Slice : $"{slice[..^Slice.Length]}-{Own}{Slice}");

    private static void Await(Func<bool> condition, TimeSpan patience)
    {
        for (var deadline = Deadline.After(patience); !condition() && !deadline.IsOver;)
            Thread.Sleep(s_interval);
    }

    private static int Held(int init)
    {
        try
        {
            return ProcessDescriptors.Read(init).Count(one => Is(one.Target));
        }
        catch (SyscallException e) when (e.Errno is Errno.ENOENT or Errno.ESRCH)
        {
            throw new SystemdException("the container's init has ended meanwhile", e);
        }
    }
}
