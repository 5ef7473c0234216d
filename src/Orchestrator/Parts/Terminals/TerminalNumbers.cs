using System.Globalization;
using LxcNative.Native.Handles;
using LxcNative.Native.Mounts;
using LxcNative.Native.Terminals;

namespace LxcNative.Orchestrator.Parts.Terminals;

/// <summary>Which of the container's terminals is which: LXC binds them on /dev/console and /dev/ttyN, or in a directory there (lxc.tty.dir).</summary>
internal static class TerminalNumbers
{
    private const string Terminal = "tty";
    private const string Console = "console";
    private const string Devices = "/dev/";

    /// <summary>Numbers them.</summary>
    /// <param name="mounts">The container's mount table.</param>
    /// <param name="own">Those of its own devpts.</param>
    /// <param name="ofHost">Those of the host's, with where they are bound.</param>
    /// <param name="unnamed">Those of which nothing is known.</param>
    public static IReadOnlyList<KeptTerminal> Of(
        IReadOnlyList<MountEntry> mounts, IEnumerable<PseudoTerminal> own, IEnumerable<(PseudoTerminal Terminal, string MountPoint)> ofHost,
        IEnumerable<FileDescriptor> unnamed)
    {
        // Its own one is mounted as a whole, the host's only in parts.
        var whole = mounts.FirstOrDefault(entry => entry is { FileSystemType: "devpts", Root: "/" });
        var bound = mounts.Where(entry => whole is not null && entry.FileSystemType == "devpts" && entry.Minor == whole.Minor && entry.Root != "/")
            .Select(entry => (entry.Root, Number: NumberOf(entry.MountPoint))).Where(one => one.Number is not null)
            .GroupBy(one => one.Root).ToDictionary(one => one.Key, one => one.First().Number, StringComparer.Ordinal);
        return
        [
            .. own.Select(one => new KeptTerminal(one.Master, bound.GetValueOrDefault(string.Create(CultureInfo.InvariantCulture, $"/{one.Index}")))),
            .. ofHost.Select(one => new KeptTerminal(one.Terminal.Master, NumberOf(one.MountPoint))),
            .. unnamed.Select(one => new KeptTerminal(one, null)),
        ];
    }

    private static int? NumberOf(string mountPoint)
    {
        if (!mountPoint.StartsWith(Devices, StringComparison.Ordinal))
            return null;
        var name = mountPoint[(mountPoint.LastIndexOf('/') + 1)..];
        if (name == Console)
            return 0;
        return name.StartsWith(Terminal, StringComparison.Ordinal)
            && int.TryParse(name.AsSpan(Terminal.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : null;
    }
}
