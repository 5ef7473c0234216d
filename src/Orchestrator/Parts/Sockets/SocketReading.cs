using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Handles;
using LxcNative.Native.Namespaces;
using LxcNative.Native.Procfs;
using LxcNative.Native.Sockets;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Parts.Sockets;

/// <summary>Reads what programs set for their sockets: what a new socket of the same kind has in the same network was not set.</summary>
/// <param name="network">The container's network namespace; stays the caller's.</param>
internal sealed class SocketReading(FileDescriptor network) : IDisposable
{
    private readonly Dictionary<SocketKind, FileDescriptor?> _new = [];
    private readonly HashSet<ulong> _seen = [];

    /// <summary>Why something could not be read; closed sockets and ended processes are none.</summary>
    public List<string> Warnings { get; } = [];

    /// <summary>The sockets for which something was set.</summary>
    /// <param name="container">The container.</param>
    /// <param name="processes">What was read of its processes.</param>
    public List<FoundSocket> Take(Container container, IEnumerable<ObservedProcess> processes)
    {
        var inside = container.Processes.SelfAndDescendants().ToDictionary(process => process.Pid, process => process.PidInside);
        var taken = new List<FoundSocket>();
        foreach (var process in processes)
            if (!process.HasEnded && inside.TryGetValue(process.Pid, out var number))
                Take(process, number, taken);
        return taken;
    }

    /// <summary>One of them as it is now; null where it is there no more, or nothing is set for it any more.</summary>
    public FoundSocket? Again(FoundSocket found)
    {
        using var handle = Open(found.Process);
        return handle is not null && SymbolicLink.Read($"/proc/{found.Process}/fd/{found.Settings.Descriptor}") == $"socket:[{found.Inode}]"
            && Read(handle, found.Settings.Descriptor) is { Count: > 0 } options
            ? found with { Settings = found.Settings with { Options = options } }
            : null;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var socket in _new.Values)
            socket?.Dispose();
    }

    private void Take(ObservedProcess process, int inside, List<FoundSocket> taken)
    {
        var files = process.Files.Where(file => file is { Type: FileType.Socket, Number: >= 0 } && !_seen.Contains(file.Inode)).ToList();
        if (files.Count == 0)
            return;
        using var handle = Open(process.Pid);
        if (handle is null)
            return;
        foreach (var file in files)
            if (Read(handle, file.Number) is { } options && _seen.Add(file.Inode) && options.Count > 0)
                taken.Add(new FoundSocket(process.Pid, file.Inode, new SocketSettings(inside, file.Number, options)));
    }

    private ProcessHandle? Open(int pid) => Try(() => ProcessHandle.Open(pid));

    private List<OptionValue>? Read(ProcessHandle process, int number) => Try(() =>
    {
        using var socket = process.DuplicateDescriptor(number);
        return Read(socket);
    });

    private T? Try<T>(Func<T> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (SyscallException e) when (e.Errno is Errno.ESRCH or Errno.ENOENT or Errno.EBADF)
        {
            // It has ended, or closed it.
            return null;
        }
        catch (SyscallException e)
        {
            if (Warnings.Count == 0)
                Warnings.Add($"what programs set for their sockets may be lost: {e.Message}");
            return null;
        }
    }

    private List<OptionValue> Read(FileDescriptor socket) => SocketKind.TryRead(socket) is { IsInternet: true } kind && New(kind) is { } other
        ? [.. KeptOptions.Of(kind)
            .Select(option => (Option: option, Value: option.TryRead(socket)))
            .Where(one => one.Value is not null && one.Option.TryRead(other) is { } usual && !usual.AsSpan().SequenceEqual(one.Value))
            .Select(one => new OptionValue(one.Option.Level, one.Option.Name, one.Value!))]
        : [];

    private FileDescriptor? New(SocketKind kind)
    {
        if (_new.TryGetValue(kind, out var made))
            return made;
        try
        {
            made = NamespaceThread.Run(kind.Make, network);
        }
        catch (SyscallException)
        {
            // A protocol that is not made by being named.
        }

        return _new[kind] = made;
    }
}
