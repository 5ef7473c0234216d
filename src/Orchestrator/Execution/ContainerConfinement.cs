using LxcNative.Native.AppArmor;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Handles;
using LxcNative.Native.Namespaces;
using LxcNative.Native.Processes;
using LxcNative.Native.Procfs;
using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Execution;

/// <summary>What confines a container's init: its namespaces, capabilities, no_new_privs, seccomp filters and security label. A thread takes it all
/// on.</summary>
internal sealed class ContainerConfinement : IDisposable
{
    // The mount namespace last: after it nothing of the host is found any more.
    private static readonly NamespaceKind[] s_kinds = [NamespaceKind.Cgroup, NamespaceKind.Ipc, NamespaceKind.Uts, NamespaceKind.Net, NamespaceKind.Pid,
        NamespaceKind.Mount];

    private readonly List<(NamespaceKind Kind, FileDescriptor Descriptor)> _namespaces = [];
    private readonly ProcStatus _status;
    private readonly IReadOnlyList<byte[]> _filters;
    private readonly (string File, string Value)? _label;
    private readonly string? _clocks;

    private ContainerConfinement(int init)
    {
        if (!IsShared(init, NamespaceKind.User))
            throw new RefusedException("the container has ids of its own (a user namespace), which a program with threads, as this one is, cannot enter: use "
                + "lxc-attach");
        _clocks = IsShared(init, NamespaceKind.Time) ? null : string.Join('\n', KernelFile.ReadText($"/proc/{init}/timens_offsets")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))));
        _status = ProcStatus.Read(init);
        _filters = SeccompFilters.AreOn(_status) ? ReadFilters(init) : [];
        _label = Label(init);
        foreach (var kind in s_kinds)
            if (NamespaceId.Read(init, kind) != NamespaceId.Read(Environment.ProcessId, kind))
                _namespaces.Add((kind, Namespace.Open(init, kind)));
    }

    /// <summary>Reads that of a process.</summary>
    /// <exception cref="RefusedException">It has something that this process cannot take on.</exception>
    public static ContainerConfinement Read(int init) => new(init);

    /// <summary>Whether its clocks are others than this process's.</summary>
    public bool HasClocks => _clocks is not null;

    /// <summary>Takes it on, for what the calling thread starts; the thread can do nothing else afterwards.</summary>
    /// <param name="user">Who it is to be.</param>
    /// <param name="group">Its group.</param>
    /// <param name="clocks">Whether to have the container's clocks: a namespace with the same offsets, since nobody with several threads can enter one.</param>
    /// <exception cref="SyscallException">The kernel refused something.</exception>
    public void TakeOn(uint user, uint group, bool clocks)
    {
        if (clocks)
        {
            Namespace.Unshare(NamespaceKind.Time);
            KernelFile.WriteText($"/proc/{CurrentProcess.ThreadId}/timens_offsets", _clocks!);
        }

        if (_label is { } label)
            KernelFile.WriteText(label.File, label.Value);
        ThreadPrivileges.Bound(_status.CapBnd);
        foreach (var (kind, descriptor) in _namespaces)
            Namespace.Enter(descriptor, kind);
        if (_status.NoNewPrivs)
            ThreadPrivileges.SetNoNewPrivileges();
        foreach (var filter in _filters)
            SeccompFilters.Install(filter);
        ThreadPrivileges.Become(user, group);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var (_, descriptor) in _namespaces)
            descriptor.Dispose();
    }

    private static bool IsShared(int init, NamespaceKind kind)
    {
        try
        {
            return NamespaceId.Read(init, kind) == NamespaceId.Read(Environment.ProcessId, kind);
        }
        catch (SyscallException e) when (e.Errno == Errno.ENOENT && File.Exists($"/proc/{init}/stat"))
        {
            // A kernel without that kind.
            return true;
        }
    }

    private static IReadOnlyList<byte[]> ReadFilters(int init)
    {
        try
        {
            return SeccompFilters.Read(init);
        }
        catch (SyscallException e)
        {
            throw new RefusedException($"the container's seccomp filter cannot be read, and without it a program inside could do more than the container "
                + $"may: {e.Message}", e);
        }
    }

    private static (string File, string Value)? Label(int init)
    {
        if (AppArmorLabel.Read(init) is { IsUnconfined: false } profile)
            return ("/proc/thread-self/attr/apparmor/exec", $"exec {profile.Text}");
        return Directory.Exists("/sys/fs/selinux/class") ? ("/proc/thread-self/attr/exec", KernelFile.ReadText($"/proc/{init}/attr/current")) : null;
    }
}
