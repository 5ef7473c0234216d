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
internal sealed class OptionReading(FileDescriptor network)
{
    private readonly Dictionary<SocketKind, IReadOnlyList<(SocketOption Option, byte[] Value)>> _usual = [];
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

    /// <summary>Those that are there still, as they are now.</summary>
    public List<FoundSocket> Again(IEnumerable<FoundSocket> found)
    {
        var again = new List<FoundSocket>();
        foreach (var sockets in found.GroupBy(socket => socket.Process))
        {
            using var handle = Open(sockets.Key);
            if (handle is not null)
                again.AddRange(sockets.Select(socket => Again(handle, socket)).OfType<FoundSocket>());
        }

        return again;
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

    private FoundSocket? Again(ProcessHandle process, FoundSocket found)
    {
        var number = found.Settings.Descriptor;
        return ProcessGlance.Try(() => SymbolicLink.Read($"/proc/{process.Pid}/fd/{number}")) == $"socket:[{found.Inode}]"
            && Read(process, number) is { Count: > 0 } options
            ? found with { Settings = found.Settings with { Options = options } }
            : null;
    }

    private List<OptionValue> Read(FileDescriptor socket)
    {
        var options = new List<OptionValue>();
        if (SocketKind.TryRead(socket) is not { IsInternet: true } kind)
            return options;
        foreach (var (option, usual) in Usual(kind))
            if (option.TryRead(socket) is { } value && !usual.AsSpan().SequenceEqual(value))
                options.Add(new OptionValue(option.Level, option.Name, value));
        return options;
    }

    // What a new socket of the kind has in the same network: asked once, not for every socket that stands still.
    private IReadOnlyList<(SocketOption Option, byte[] Value)> Usual(SocketKind kind)
    {
        if (_usual.TryGetValue(kind, out var usual))
            return usual;
        try
        {
            using var made = NamespaceThread.Run(kind.Make, network);
            usual = [.. from option in KeptOptions.Of(kind) let value = option.TryRead(made) where value is not null select (option, value)];
        }
        catch (SyscallException)
        {
            // A protocol that is not made by being named.
            usual = [];
        }

        return _usual[kind] = usual;
    }
}
