using System.Text;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Handles;

namespace LxcNative.Orchestrator.Parts.Network.Rebuilding;

/// <summary>Gives the namespace of the calling thread the captured settings: those that differ are written.</summary>
/// <remarks>Writing <c>conf/all</c> and <c>conf/default</c> changes devices too, and some settings refuse values that others do not
/// allow yet, so what was written is looked at again.</remarks>
internal sealed class SysctlRebuild
{
    private const int Rounds = 4;
    private readonly FileDescriptor _root;
    private byte[] _buffer = new byte[512];

    /// <summary>For one thread.</summary>
    /// <param name="root">/proc/sys/net of the namespace, opened; stays the caller's.</param>
    public SysctlRebuild(FileDescriptor root) => _root = root;

    /// <summary>Writes what differs. To be called on a thread that is in the namespace.</summary>
    /// <param name="values">What was captured.</param>
    /// <param name="replaced">Values to be written instead of the captured ones.</param>
    /// <param name="everWritten">Told of every setting that was written.</param>
    /// <returns>What could not be made so, with the reason, by path.</returns>
    public Dictionary<string, string> Apply(IEnumerable<SysctlValue> values, Func<SysctlValue, string>? replaced = null, HashSet<string>? everWritten = null)
    {
        var meant = values.OrderBy(value => Rank(value.Path)).ToList();
        var pending = meant;
        var failures = new Dictionary<string, string>();
        for (var round = 0; round < Rounds && pending.Count > 0; round++)
        {
            var written = new HashSet<string>();
            foreach (var value in pending)
            {
                failures.Remove(value.Path);
                var wanted = replaced?.Invoke(value) ?? value.Value;
                var now = Read(value.Path, out var errno);
                if (errno is Errno.ENOENT)
                    failures[value.Path] = $"{value.Path}: this kernel has no such setting";
                if (errno is Errno.ENOENT || now == wanted)
                    continue;
                written.Add(value.Path);
                failures[value.Path] = Write(value.Path, wanted) is { } refusal
                    ? $"{value.Path} = {wanted}: {refusal.Describe()}"
                    : $"{value.Path} does not stay at {wanted}";
            }

            everWritten?.UnionWith(written);
            var isSpread = written.Any(path => Rank(path) < 3 && !path.EndsWith("/accept_dad", StringComparison.Ordinal));
            pending = meant.FindAll(value => written.Contains(value.Path) || (isSpread && IsOfDevice(value.Path)));
        }

        return failures;
    }

    private static bool IsOfDevice(string path) => path.Contains("/conf/", StringComparison.Ordinal) || path.Contains("/neigh/", StringComparison.Ordinal)
        || path.EndsWith("ip_forward", StringComparison.Ordinal);

    private static int Rank(string path) => path.Contains("/all/", StringComparison.Ordinal) ? 0
        : path.Contains("/default/", StringComparison.Ordinal) ? 1
        : path.EndsWith("stable_secret", StringComparison.Ordinal) ? 2 : 3;

    private string? Read(string path, out Errno errno)
    {
        errno = Errno.None;
        try
        {
            using var file = FileOpen.OpenAt2(_root, path, OpenFlags.ReadOnly, Confined);
            while (true)
            {
                var count = FileContent.TryReadAt(file, _buffer, 0);
                if (count < 0)
                {
                    errno = Errno.Last;
                    return null;
                }

                if (count < _buffer.Length - 32)
                    return Encoding.UTF8.GetString(_buffer, 0, count).TrimEnd('\n');
                _buffer = new byte[_buffer.Length * 4];
            }
        }
        catch (SyscallException e)
        {
            errno = e.Errno;
            return null;
        }
    }

    private Errno? Write(string path, string value)
    {
        try
        {
            using var file = FileOpen.OpenAt2(_root, path, OpenFlags.WriteOnly, Confined);
            return FileContent.TryWriteWhole(file, Encoding.UTF8.GetBytes(value + "\n"));
        }
        catch (SyscallException e)
        {
            return e.Errno;
        }
    }

    private const ResolveFlags Confined = ResolveFlags.Beneath | ResolveFlags.NoSymbolicLinks | ResolveFlags.NoMountCrossing;
}
