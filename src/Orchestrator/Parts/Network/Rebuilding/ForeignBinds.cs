using System.Text;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Handles;
using LxcNative.Native.Namespaces;
using Microsoft.Win32.SafeHandles;

namespace LxcNative.Orchestrator.Parts.Network.Rebuilding;

/// <summary>Lets sockets be bound to addresses that the namespace has not: one that was removed since, or that a program had by IP_FREEBIND or IP_TRANSPARENT,
/// which criu sets only after the bind. Only while sockets are made: afterwards the settings are what they were.</summary>
internal sealed class ForeignBinds : IDisposable
{
    private static readonly string[] Settings = ["ipv4/ip_nonlocal_bind", "ipv6/ip_nonlocal_bind"];
    private readonly List<(FileDescriptor File, string Value)> _open = [];

    private ForeignBinds()
    {
    }

    /// <summary>Permits them.</summary>
    /// <param name="netns">The namespace; stays the caller's.</param>
    /// <param name="captured">Its settings as they shall be in the end.</param>
    /// <exception cref="SyscallException">A setting cannot be written.</exception>
    public static ForeignBinds Permit(FileDescriptor netns, IReadOnlyList<SysctlValue> captured)
    {
        var binds = new ForeignBinds();
        try
        {
            NamespaceThread.Run(() => binds.Open(captured), netns);
            return binds;
        }
        catch
        {
            binds.Dispose();
            throw;
        }
    }

    /// <summary>Forbids them again, where they were.</summary>
    /// <exception cref="IOException">A setting cannot be written.</exception>
    public void End()
    {
        foreach (var (file, value) in _open)
            Write(file, value);
    }

    /// <inheritdoc />
    public void Dispose() => _open.ForEach(one => one.File.Dispose());

    private bool Open(IReadOnlyList<SysctlValue> captured)
    {
        foreach (var setting in Settings)
        {
            var path = $"/proc/sys/net/{setting}";
            // A kernel without IPv6 has no such setting.
            if (!FileStatus.TryRead(path, out _))
                continue;
            var file = FileOpen.Open(path, OpenFlags.WriteOnly);
            _open.Add((file, captured.FirstOrDefault(value => value.Path == setting)?.Value ?? "0"));
            Write(file, "1");
        }

        return true;
    }

    private static void Write(FileDescriptor descriptor, string value)
    {
        using var file = new SafeFileHandle(descriptor.DangerousGetHandle(), ownsHandle: false);
        RandomAccess.Write(file, Encoding.ASCII.GetBytes(value + "\n"), 0);
    }
}
