using System.Buffers.Binary;
using System.Text;
using LxcNative.Native.Cgroups;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Handles;
using LxcNative.Native.Mounts;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Engines.Lxc.Commands;

namespace LxcNative.Orchestrator.Engines.Lxc.Serving;

/// <summary>The container's cgroups, as LXC's tools ask for them: by a controller, as a path or opened, or all of them.</summary>
/// <remarks>
/// <code>
/// cgroup_ctx | i32 layout | u32 utilities | u32 count | i32 fd[20] | padding |   cgroup_fd | i32 layout | u32 utilities | i32 type | i32 fd | controller[64] |
/// 0            4               8           12           92        96            0            4               8          12       16               80
/// </code>
/// The numbers of descriptors in them mean nothing to who receives the descriptors, and fills in its own.
/// </remarks>
internal sealed class ServedCgroups
{
    private const int ContextSize = 96;
    private const int ContextDescriptors = 20;
    private const int OneSize = 80;
    private const int TypeOffset = 8;
    private const int ControllerOffset = 16;
    private readonly IReadOnlyList<ContainerCgroup> _cgroups;
    private readonly CgroupLayout _layout;
    private readonly string? _inner;

    /// <summary>Takes those that have a directory of their own.</summary>
    /// <param name="cgroups">The container's.</param>
    /// <param name="layout">The host's hierarchies.</param>
    /// <param name="inner">The last part of their paths where the limits are above it (<c>lxc.cgroup.dir.container.inner</c>); null where they are not.</param>
    public ServedCgroups(IEnumerable<ContainerCgroup> cgroups, CgroupLayout layout, string? inner)
    {
        // LXC has version 2 last, beside version 1.
        _cgroups = [.. cgroups.Where(one => one.Directory is not null && one.Path != "/").OrderBy(one => one.IsUnified)];
        (_layout, _inner) = (layout, inner);
    }

    /// <summary>Whether there is version 2 alone: freezing is the monitor's then, and its tools' otherwise.</summary>
    public bool IsUnified => _layout == CgroupLayout.Unified;

    /// <summary>The directory whose freezer is the container's, and whose programs decide about devices where version 2 is alone; null where there is
    /// none.</summary>
    public string? FreezerDirectory =>
        _cgroups.FirstOrDefault(one => IsUnified ? one.IsUnified : one.Controllers.Contains("freezer")) is { } found ? Limiting(found.Directory!) : null;

    /// <summary>The path of a controller's cgroup; null where there is none.</summary>
    /// <param name="controller">Its name; null for a version 2 hierarchy without controllers.</param>
    /// <param name="limiting">Whether the one with the limits is meant.</param>
    public string? Path(string? controller, bool limiting)
    {
        if (Find(controller) is not { } found)
            return null;
        var path = limiting ? Limiting(found.Path) : found.Path;
        // Where version 2 is alone it is mounted where version 1 has its hierarchies, and LXC cuts off one character more.
        return IsUnified ? path.TrimStart('/') : path;
    }

    /// <summary>Answers with a controller's cgroup, opened.</summary>
    /// <param name="client">Who asks.</param>
    /// <param name="request">A cgroup_fd with the controller's name.</param>
    /// <param name="limiting">Whether the one with the limits is meant.</param>
    public void AnswerOne(CommandClient client, byte[] request, bool limiting)
    {
        var one = new byte[OneSize];
        if (!TryCopy(request, one))
        {
            client.Answer(CommandMessage.Refusal(Errno.EINVAL));
            return;
        }

        var name = Encoding.UTF8.GetString(one.AsSpan(ControllerOffset)).Split('\0')[0];
        var found = name.Length == 0 ? null : Find(name);
        var type = found is null ? 0 : (int)(found.IsUnified ? FileSystemMagic.Cgroup2 : FileSystemMagic.Cgroup);
        if (BinaryPrimitives.ReadInt32LittleEndian(one.AsSpan(TypeOffset)) is var wanted
            && (name.Length == 0 || (found is not null && wanted != 0 && wanted != type)))
            client.Answer(CommandMessage.Refusal(Errno.EINVAL));
        else if (found is null)
            client.Answer(CommandMessage.Refusal(Errno.ENOENT));
        else
        {
            BinaryPrimitives.WriteInt32LittleEndian(one, LayoutNumber);
            BinaryPrimitives.WriteUInt32LittleEndian(one.AsSpan(4), found.IsUnified ? Utilities : 0);
            BinaryPrimitives.WriteInt32LittleEndian(one.AsSpan(TypeOffset), type);
            AnswerOpened(client, [limiting ? Limiting(found.Directory!) : found.Directory!], one.AsSpan(0, Math.Min(OneSize, request.Length)).ToArray());
        }
    }

    /// <summary>Answers with the version 2 cgroup, opened: only where there is nothing else.</summary>
    public void AnswerUnified(CommandClient client, bool limiting)
    {
        if (!IsUnified || _cgroups.FirstOrDefault(one => one.IsUnified) is not { } found)
            client.Answer(CommandMessage.Refusal(Errno.EINVAL));
        else
            AnswerOpened(client, [limiting ? Limiting(found.Directory!) : found.Directory!], []);
    }

    /// <summary>Answers with all of them, opened: whoever attaches to the container is put into each.</summary>
    /// <param name="client">Who asks.</param>
    /// <param name="request">A cgroup_ctx.</param>
    public void AnswerAll(CommandClient client, byte[] request)
    {
        var context = new byte[ContextSize];
        if (!TryCopy(request, context))
        {
            client.Answer(CommandMessage.Refusal(Errno.EINVAL));
            return;
        }

        var opened = _cgroups.Take(ContextDescriptors).Select(one => one.Directory!).ToList();
        BinaryPrimitives.WriteInt32LittleEndian(context, LayoutNumber);
        BinaryPrimitives.WriteUInt32LittleEndian(context.AsSpan(4), _cgroups.Any(one => one.IsUnified) ? Utilities : 0);
        BinaryPrimitives.WriteInt32LittleEndian(context.AsSpan(8), opened.Count);
        if (opened.Count == 0)
            client.Answer(CommandMessage.Refusal(Errno.ENOENT));
        else
            AnswerOpened(client, opened, context.AsSpan(0, Math.Min(ContextSize, request.Length)).ToArray());
    }

    private static void AnswerOpened(CommandClient client, IReadOnlyList<string> directories, byte[] data)
    {
        var opened = new List<FileDescriptor>();
        try
        {
            foreach (var directory in directories)
                opened.Add(FileOpen.Open(directory, OpenFlags.ReadOnly | OpenFlags.Directory | OpenFlags.NoFollow));
            client.Answer(new CommandMessage(0, 0, data), [.. opened]);
        }
        catch (SyscallException e)
        {
            client.Answer(CommandMessage.Refusal(e.Errno));
        }
        finally
        {
            opened.ForEach(one => one.Dispose());
        }
    }

    private int LayoutNumber => _layout switch
    {
        CgroupLayout.Hybrid => 1,
        CgroupLayout.Unified => 2,
        _ => 0,
    };

    // Where version 2 is alone it freezes, and its programs decide about devices.
    private uint Utilities => IsUnified ? 3u : 0u;

    private ContainerCgroup? Find(string? controller)
    {
        if (controller is not null && _cgroups.FirstOrDefault(one => one.Controllers.Contains(controller)) is { } legacy)
            return legacy;
        if (_cgroups.FirstOrDefault(one => one.IsUnified) is not { } unified)
            return null;
        // Version 2 has no controller of these names, but does what they did where it is alone.
        if (IsUnified && controller is "devices" or "freezer")
            return unified;
        var controllers = Controllers(unified);
        return (controller is null ? controllers.Length == 0 : controllers.Contains(controller)) ? unified : null;
    }

    // Those that version 1 has not taken, whether or not they are switched on for the container's cgroup.
    private static string[] Controllers(ContainerCgroup unified)
    {
        var root = unified.Directory!.EndsWith(unified.Path, StringComparison.Ordinal) ? unified.Directory[..^unified.Path.Length] : unified.Directory;
        try
        {
            return File.ReadAllText(System.IO.Path.Combine(root, "cgroup.controllers")).Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        }
        catch (IOException)
        {
            // It is not mounted any more.
            return [];
        }
    }

    private string Limiting(string path) => _inner is not null && path.EndsWith("/" + _inner, StringComparison.Ordinal) ? path[..^(_inner.Length + 1)] : path;

    // A structure of a client of another version: shorter, or longer with nothing in what is not known here.
    private static bool TryCopy(byte[] from, byte[] to)
    {
        if (from.Length > to.Length && from.AsSpan(to.Length).ContainsAnyExcept((byte)0))
            return false;
        from.AsSpan(0, Math.Min(from.Length, to.Length)).CopyTo(to);
        return true;
    }
}
