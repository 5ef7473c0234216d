using LxcNative.Native.Criu;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Handles;
using LxcNative.Native.Processes;
using LxcNative.Native.Procfs;
using LxcNative.Orchestrator.Parts.Scheduling;

namespace LxcNative.Orchestrator.Parts.Pressure;

/// <summary>Asks for the same again, before the processes run.</summary>
internal sealed class PressureReturn(PressureState state) : PartReturn
{
    private readonly List<string> _shortfalls = [];

    /// <inheritdoc />
    public override IEnumerable<string> Shortfalls => _shortfalls;

    /// <inheritdoc />
    public override void On(CriuNotification notification, int init)
    {
        if (notification.Action != CriuNotifyAction.PostRestore || state.Triggers.Count == 0)
            return;
        try
        {
            var processes = ThreadReading.Inside(ProcessTree.Read(init));
            foreach (var trigger in state.Triggers)
                if (processes.TryGetValue(trigger.Process, out var pid))
                    Try(trigger, () => Set(trigger, pid));
        }
        catch (LinuxException e)
        {
            _shortfalls.Add($"processes that waited for pressure find it all the time: {e.Message}");
        }
    }

    private static void Set(PressureTrigger trigger, int pid)
    {
        using var process = ProcessHandle.Open(pid);
        using var file = process.DuplicateDescriptor(trigger.Number);
        // Written by root of the host: to what the images call so, and to nothing else.
        if (!PressureFile.Is(file) || !PressureFile.IsName(SymbolicLink.Read($"/proc/{pid}/fd/{trigger.Number}")))
            return;
        try
        {
            Ask(file, trigger);
        }
        catch (SyscallException e) when (e.Errno == Errno.EBUSY)
        {
            // Several processes have one file.
        }

        RenewWatches(process, trigger.Number, file);
    }

    // The file of a cgroup keeps its position, which says how long what was written is; one of /proc has none.
    private static void Ask(FileDescriptor file, PressureTrigger trigger)
    {
        var what = $"descriptor {trigger.Number}";
        if (FileContent.TryWriteWhole(file, trigger.Written) is not { } refused)
            return;
        if (refused != Errno.ESPIPE)
            throw new SyscallException("pwrite", $"{trigger.Written.Length} bytes to {what}", refused);
        KernelFile.WriteBytes(file, what, trigger.Written);
    }

    // Without it the file was ready at once when it was added, and nobody would be woken.
    private static void RenewWatches(ProcessHandle process, int number, FileDescriptor file)
    {
        var inode = FileStatus.Read(file).Inode;
        foreach (var (descriptor, watch) in EpollWatch.Of(process.Pid, number).Where(one => one.Watch.Inode == inode))
        {
            using var epoll = process.DuplicateDescriptor(descriptor);
            EpollRenewal.Renew(epoll, file, watch);
        }
    }

    private void Try(PressureTrigger trigger, Action set)
    {
        try
        {
            set();
        }
        catch (LinuxException e)
        {
            _shortfalls.Add(
                $"descriptor {trigger.Number} of process {trigger.Process} in the container waits for pressure and finds it all the time: {e.Message}");
        }
    }
}
