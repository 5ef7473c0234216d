using LxcNative.Native.Files;
using LxcNative.Native.Handles;
using LxcNative.Native.Namespaces;

namespace LxcNative.Orchestrator.Parts.Network.Rebuilding;

/// <summary>The settings of a namespace in three steps, because opening each of these files costs the kernel some 10 microseconds: what is of no
/// link while links are still made, what is of links before they are up, and once more what their coming up may have changed.</summary>
internal sealed class SettingsRebuild : IDisposable
{
    private static readonly string[] Shaken = ["accept_dad", "disable_ipv6", "mtu"];
    private readonly ILookup<bool, SysctlValue> _isOfLink;
    private readonly IReadOnlyList<SysctlValue> _values;
    private readonly FileDescriptor _netns;
    private readonly FileDescriptor _root;
    private readonly HashSet<string> _written = [];
    private readonly Dictionary<string, string> _failures = [];
    private readonly Task<(Dictionary<string, string> Failures, HashSet<string> Written)> _first;

    private SettingsRebuild(IReadOnlyList<SysctlValue> values, FileDescriptor netns)
    {
        _values = values;
        _isOfLink = values.ToLookup(value => IsOfLink(value.Path));
        _netns = netns;
        _root = NamespaceThread.Run(() => FileOpen.DirectoryPlace("/proc/sys/net"), netns);
        _first = OwnThread.Run(() => Apply(_isOfLink[false], WithoutDetection), CancellationToken.None);
    }

    /// <summary>Begins with what is of no link, which goes on beside the caller.</summary>
    /// <param name="values">What was captured.</param>
    /// <param name="netns">The namespace; stays the caller's, and open as long as this object is used.</param>
    /// <exception cref="Native.Errors.SyscallException">The namespace cannot be entered.</exception>
    public static SettingsRebuild Begin(IReadOnlyList<SysctlValue> values, FileDescriptor netns) => new(values, netns);

    /// <summary>Sets what is of links, all of which must be there, and down. Until <see cref="Finish"/> duplicate address detection is off: so
    /// addresses are usable at once, and end up with the flags that they had.</summary>
    public void SetLinks()
    {
        Note(_first.GetAwaiter().GetResult());
        Note(Apply(_isOfLink[true], WithoutDetection));
    }

    /// <summary>Sets what differs again now that links are up and have their addresses.</summary>
    /// <returns>Settings that could not be made as they were, in words.</returns>
    public IReadOnlyCollection<string> Finish()
    {
        var again = _values.Where(value => value.Path.StartsWith("ipv6/conf/", StringComparison.Ordinal)
            && (_written.Contains(value.Path) || Shaken.Contains(Path.GetFileName(value.Path)))).ToList();
        again.ForEach(value => _failures.Remove(value.Path));
        Note(Apply(again, null));
        return _failures.Values;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        // What it failed of was told by SetLinks, or something else had failed before.
        ((IAsyncResult)_first).AsyncWaitHandle.WaitOne();
        _root.Dispose();
    }

    private (Dictionary<string, string> Failures, HashSet<string> Written) Apply(IEnumerable<SysctlValue> values, Func<SysctlValue, string>? replaced)
    {
        var written = new HashSet<string>();
        return (NamespaceThread.Run(() => new SysctlRebuild(_root).Apply(values, replaced, written), _netns), written);
    }

    private void Note((Dictionary<string, string> Failures, HashSet<string> Written) done)
    {
        _written.UnionWith(done.Written);
        foreach (var (path, failure) in done.Failures)
            _failures[path] = failure;
    }

    private static string WithoutDetection(SysctlValue value) =>
        value.Path.StartsWith("ipv6/conf/", StringComparison.Ordinal) && value.Path.EndsWith("/accept_dad", StringComparison.Ordinal) ? "0" : value.Value;

    // ipv4/conf/eth0/rp_filter, but not ipv4/conf/all/rp_filter
    private static bool IsOfLink(string path) =>
        path.Split('/') is [_, "conf" or "neigh", not ("all" or "default"), _];
}
