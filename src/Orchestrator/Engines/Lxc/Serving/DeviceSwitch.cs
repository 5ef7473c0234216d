using System.Buffers.Binary;
using System.Text;
using LxcNative.Native.Bpf;
using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Orchestrator.Engines.Lxc.Commands;

namespace LxcNative.Orchestrator.Engines.Lxc.Serving;

/// <summary>Permits and forbids devices, where version 2 is alone: by a change of the cgroup's programs, as <c>lxc-device</c> and <c>lxc-cgroup</c> ask for it.
/// In version 1 LXC's tools write to the cgroup's files.</summary>
/// <remarks>
/// <code>
/// device_item | char type | padding | i32 major | i32 minor | char access[4] | i32 allow | two pointers that say nothing here |
/// 0             1           4         8           12          16               20                                             40
/// </code>
/// </remarks>
/// <param name="cgroups">The container's cgroups.</param>
internal sealed class DeviceSwitch(ServedCgroups cgroups)
{
    private const int ItemSize = 40;

    /// <summary>Makes a rule and answers.</summary>
    /// <param name="client">Who asks.</param>
    /// <param name="item">A device_item.</param>
    public void Answer(CommandClient client, byte[] item)
    {
        if (item.Length != ItemSize || Parse(item) is not { } rule || !cgroups.IsUnified || cgroups.FreezerDirectory is not { } directory)
        {
            client.Answer(CommandMessage.Refusal(Errno.EINVAL));
            return;
        }

        try
        {
            client.Answer(Make(rule, directory) ? CommandMessage.Answer(0) : CommandMessage.Refusal(Errno.EPERM));
        }
        catch (SyscallException e)
        {
            client.Answer(CommandMessage.Refusal(e.Errno));
        }
    }

    // False where a program is there that cannot be loaded again: what it permits and forbids is not known.
    private static bool Make(DeviceRule rule, string directory)
    {
        using var cgroup = CgroupPrograms.TryOpen(directory);
        if (cgroup is null)
            return false;
        var there = CgroupPrograms.Query(cgroup, CgroupHook.Device);
        if (there.Ids.Count == 0)
        {
            if (!rule.IsAllowed)
                AttachFirst(cgroup, rule);
            return true;
        }

        var programs = there.Ids.Select(id => (Id: id, Program: BpfProgram.Read(id))).ToList();
        if (programs.Any(one => one.Program is not { IsSelfContained: true }))
            return false;
        // All have to permit, and one is enough to forbid.
        foreach (var (id, program) in rule.IsAllowed ? programs : programs.Take(1))
        {
            using var replaced = BpfProgram.TryOpen(id);
            using var loaded = rule.Before(program).Load();
            if (replaced is null)
                return false;
            CgroupPrograms.Replace(cgroup, CgroupHook.Device, loaded, there.Flags, replaced);
        }

        return true;
    }

    private static void AttachFirst(FileDescriptor cgroup, DeviceRule rule)
    {
        using var loaded = rule.Before(null).Load();
        CgroupPrograms.Attach(cgroup, CgroupHook.Device, loaded, CgroupPrograms.AmongOthers);
    }

    private static DeviceRule? Parse(ReadOnlySpan<byte> item)
    {
        var access = Encoding.ASCII.GetString(item.Slice(12, 4)).TrimEnd('\0');
        var type = (char)item[0];
        return type is 'a' or 'b' or 'c' && access.All("rwm".Contains)
            ? new DeviceRule(type, BinaryPrimitives.ReadInt32LittleEndian(item[4..]), BinaryPrimitives.ReadInt32LittleEndian(item[8..]), access,
                BinaryPrimitives.ReadInt32LittleEndian(item[16..]) != 0)
            : null;
    }
}
