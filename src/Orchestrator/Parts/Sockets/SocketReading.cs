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

    /// <summary>The sockets for which something was set.</summary>
    /// <param name="container">The container.</param>
    /// <param name="processes">What was read of its processes.</param>
    public List<SocketSettings> Take(Container container, IEnumerable<ObservedProcess> processes)
    {
        var inside = container.Processes.SelfAndDescendants().ToDictionary(process => process.Pid, process => process.PidInside);
        var taken = new List<SocketSettings>();
        foreach (var process in processes)
            if (!process.HasEnded && inside.TryGetValue(process.Pid, out var number))
                Take(process, number, taken);
        return taken;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var socket in _new.Values)
            socket?.Dispose();
    }

    private void Take(ObservedProcess process, int inside, List<SocketSettings> taken)
    {
        ProcessHandle? handle = null;
        try
        {
            foreach (var file in process.Files.Where(file => file is { Type: FileType.Socket, Number: >= 0 } && _seen.Add(file.Inode)))
            {
                handle ??= ProcessHandle.Open(process.Pid);
                using var socket = handle.DuplicateDescriptor(file.Number);
                if (Read(socket) is { Count: > 0 } options)
                    taken.Add(new SocketSettings(inside, file.Number, options));
            }
        }
        catch (SyscallException)
        {
            // It has ended, or closes sockets just now.
        }
        finally
        {
            handle?.Dispose();
        }
    }

    private List<OptionValue> Read(FileDescriptor socket) => SocketKind.TryRead(socket) is { IsInternet: true } kind && New(kind) is { } other
        ? [.. KeptOptions.ByName.Values
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
