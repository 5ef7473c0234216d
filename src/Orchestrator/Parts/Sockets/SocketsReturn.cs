using LxcNative.Native.Criu;
using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Native.Procfs;
using LxcNative.Orchestrator.Timelines;

namespace LxcNative.Orchestrator.Parts.Sockets;

/// <summary>Gives the sockets what their programs had set for them, before they run.</summary>
internal sealed class SocketsReturn(SocketsState state, SpanRecorder recorder) : PartReturn
{
    private readonly List<string> _shortfalls = [];

    /// <inheritdoc />
    public override IEnumerable<string> Shortfalls => _shortfalls;

    /// <inheritdoc />
    public override void On(CriuNotification notification, int init)
    {
        if (notification.Action == CriuNotifyAction.PostRestore && state.Sockets.Count > 0)
            recorder.Run(Track.Own, RestoreSpan.Repair, () => Set(init));
    }

    private void Set(int init)
    {
        try
        {
            var processes = ProcessTree.Read(init).SelfAndDescendants().ToLookup(process => process.PidInNamespace, process => process.Pid);
            foreach (var sockets in state.Sockets.GroupBy(socket => socket.Process))
                // In pid namespaces inside of the container's, several may have the number.
                if (processes[sockets.Key].ToList() is [var process])
                    Set(process, sockets);
        }
        catch (LinuxException e)
        {
            _shortfalls.Add($"options of sockets are not as they were: {e.Message}");
        }
    }

    private void Set(int process, IEnumerable<SocketSettings> sockets)
    {
        using var handle = ProcessHandle.Open(process);
        foreach (var one in sockets)
        {
            try
            {
                using var socket = handle.DuplicateDescriptor(one.Descriptor);
                Set(socket, one);
            }
            catch (SyscallException e)
            {
                _shortfalls.Add($"options of socket {one.Descriptor} of process {one.Process} are not as they were: {e.Message}");
            }
        }
    }

    private void Set(FileDescriptor socket, SocketSettings settings)
    {
        foreach (var wanted in settings.Options)
        {
            // criu has set some, and what the images say may be anything.
            if (!KeptOptions.ByName.TryGetValue((wanted.Level, wanted.Name), out var option) || wanted.Value.Length > option.Size
                || option.TryRead(socket) is not { } now || now.AsSpan().SequenceEqual(wanted.Value))
                continue;
            try
            {
                option.Set(socket, wanted.Value);
            }
            catch (SyscallException e)
            {
                _shortfalls.Add($"an option of socket {settings.Descriptor} of process {settings.Process} is not as it was: {e.Message}");
            }
        }
    }
}
