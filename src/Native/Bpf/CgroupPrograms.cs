using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Handles;
using LxcNative.Native.Interop;
using LxcNative.Native.Uapi;

namespace LxcNative.Native.Bpf;

/// <summary>The programs that are attached to a cgroup of version 2 at a hook, in the order in which they are asked.</summary>
/// <param name="Flags">How: 0 alone, 1 (BPF_F_ALLOW_OVERRIDE) unless a cgroup below has its own, 2 (BPF_F_ALLOW_MULTI) besides others.</param>
/// <param name="Ids">The programs.</param>
internal sealed record CgroupPrograms(uint Flags, IReadOnlyList<uint> Ids)
{
    /// <summary>The <see cref="Flags"/> of a program that is asked besides others.</summary>
    public const uint AmongOthers = BPF.BPF_F_ALLOW_MULTI;

    private const int Most = 64;

    /// <summary>Asks for them; those of cgroups above are not told.</summary>
    /// <param name="cgroup">The cgroup's directory; stays the caller's.</param>
    /// <param name="hook">The hook; none are attached to one that the kernel does not know.</param>
    /// <exception cref="SyscallException">EPERM: no CAP_NET_ADMIN or CAP_BPF; ENOSPC: there are more than 64.</exception>
    public static unsafe CgroupPrograms Query(FileDescriptor cgroup, CgroupHook hook)
    {
        using var lease = new DescriptorLease(cgroup);
        Span<byte> attributes = stackalloc byte[BPF.AttributeSize];
        attributes.Clear();
        var ids = stackalloc uint[Most];
        BpfCall.Put(attributes, BPF.QueryTarget, (uint)lease.Number);
        BpfCall.Put(attributes, BPF.QueryType, (uint)hook);
        BpfCall.Put(attributes, BPF.QueryPrograms, ids);
        BpfCall.Put(attributes, BPF.QueryCount, Most);
        if (BpfCall.Invoke(BPF.BPF_PROG_QUERY, attributes) == -1)
        {
            // EINVAL: a kernel without the hook, or not a cgroup of version 2.
            if (Errno.Last == Errno.EINVAL)
                return new CgroupPrograms(0, []);
            SyscallException.ThrowLast("bpf BPF_PROG_QUERY", $"{hook} of descriptor {lease.Number}");
        }

        var count = (int)Math.Min(BpfCall.Get(attributes, BPF.QueryCount), Most);
        return new CgroupPrograms(BpfCall.Get(attributes, BPF.QueryAttachFlags), [.. new ReadOnlySpan<uint>(ids, count)]);
    }

    /// <summary>Attaches a program.</summary>
    /// <param name="cgroup">The cgroup's directory; stays the caller's.</param>
    /// <param name="hook">The hook.</param>
    /// <param name="program">The program; stays the caller's, and in force after it is closed.</param>
    /// <param name="flags">As in <see cref="Flags"/>; with 0 or 1 it takes the place of another.</param>
    /// <exception cref="SyscallException">EPERM: a cgroup above permits none.</exception>
    public static void Attach(FileDescriptor cgroup, CgroupHook hook, FileDescriptor program, uint flags) => Attach(cgroup, hook, program, flags, null);

    /// <summary>Attaches a program in the place of another, at once: there is no moment without one of them.</summary>
    /// <param name="cgroup">The cgroup's directory; stays the caller's.</param>
    /// <param name="hook">The hook.</param>
    /// <param name="program">The program; stays the caller's.</param>
    /// <param name="flags">Those of the one that is attached.</param>
    /// <param name="replaced">The one that is attached; stays the caller's.</param>
    /// <exception cref="SyscallException">ENOENT: that one is not attached; EINVAL: a kernel before 5.6.</exception>
    public static void Replace(FileDescriptor cgroup, CgroupHook hook, FileDescriptor program, uint flags, FileDescriptor replaced) =>
        // What is attached alone is replaced in any case.
        Attach(cgroup, hook, program, (flags & BPF.BPF_F_ALLOW_MULTI) != 0 ? flags | BPF.BPF_F_REPLACE : flags,
            (flags & BPF.BPF_F_ALLOW_MULTI) != 0 ? replaced : null);

    private static void Attach(FileDescriptor cgroup, CgroupHook hook, FileDescriptor program, uint flags, FileDescriptor? replaced)
    {
        using var lease = new DescriptorLease(cgroup);
        using var programLease = new DescriptorLease(program);
        using var replacedLease = replaced is null ? default : new DescriptorLease(replaced);
        Span<byte> attributes = stackalloc byte[BPF.AttributeSize];
        attributes.Clear();
        BpfCall.Put(attributes, BPF.AttachTarget, (uint)lease.Number);
        BpfCall.Put(attributes, BPF.AttachProgram, (uint)programLease.Number);
        BpfCall.Put(attributes, BPF.AttachType, (uint)hook);
        BpfCall.Put(attributes, BPF.AttachFlags, flags);
        if (replaced is not null)
            BpfCall.Put(attributes, BPF.AttachReplaced, (uint)replacedLease.Number);
        BpfCall.Run(BPF.BPF_PROG_ATTACH, attributes, nameof(BPF.BPF_PROG_ATTACH), $"{hook} of descriptor {lease.Number}");
    }

    /// <summary>Opens a cgroup's directory; null where it is gone.</summary>
    /// <exception cref="SyscallException">open(2) failed otherwise.</exception>
    public static FileDescriptor? TryOpen(string directory)
    {
        try
        {
            return FileOpen.Open(directory, OpenFlags.ReadOnly | OpenFlags.Directory);
        }
        catch (SyscallException e) when (e.Errno is Errno.ENOENT or Errno.ENODEV)
        {
            return null;
        }
    }
}
