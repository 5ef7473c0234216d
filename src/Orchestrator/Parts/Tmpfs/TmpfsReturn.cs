using LxcNative.Native.Criu;
using LxcNative.Native.Files;
using LxcNative.Native.Mounts;
using LxcNative.Orchestrator.Parts.Mounts;
using LxcNative.Orchestrator.Steps;
using LxcNative.Orchestrator.Timelines;

namespace LxcNative.Orchestrator.Parts.Tmpfs;

/// <summary>Mounts captured tmpfs anew and fills them, while everything else is prepared; criu binds them into the container.</summary>
/// <remarks>The mounts are in the private mount namespace of the thread that makes them, and are taken away once criu has bound them: what the
/// container unmounts later is to be freed.</remarks>
internal sealed class TmpfsReturn(IReadOnlyList<TmpfsMount> mounts, ReturnContext context) : PartReturn
{
    private Task _work = Task.CompletedTask;

    /// <inheritdoc />
    public override IEnumerable<Step> Steps =>
        mounts.Count == 0 ? [] : [new Step("the tmpfs", () => _work = OnThread(() => context.Recorder.Run(Track.Beside, RestoreSpan.Fill, Fill)))];

    /// <inheritdoc />
    /// <exception cref="Native.Errors.SyscallException">A system call failed; ENOSPC when an image holds more than the size allows.</exception>
    /// <exception cref="Format.MalformedTmpfsImageException">An image is damaged.</exception>
    public override void Ready() => _work.GetAwaiter().GetResult();

    /// <inheritdoc />
    public override void DescribeTo(CriuOptions criu)
    {
        foreach (var mount in mounts)
            criu.AddExternal($"mnt[{mount.Key}]:{PointOf(mount)}");
    }

    /// <inheritdoc />
    public override void On(CriuNotification notification, int init)
    {
        if (notification.Action == CriuNotifyAction.PostRestore)
            context.Recorder.Run(Track.Own, RestoreSpan.Repair,
                () => MountFlagRepair.Repair(init, MountInfo.Read(init), [.. mounts.SelectMany(mount => mount.Places)]));
    }

    /// <inheritdoc />
    // Whatever became of the work was told when it was waited for.
    protected override void Close() => ((IAsyncResult)_work).AsyncWaitHandle.WaitOne();

    private string PointOf(TmpfsMount mount) => Path.Combine(context.Place, mount.Key);

    private void Fill()
    {
        foreach (var mount in mounts)
        {
            var point = PointOf(mount);
            PrivateDirectory.Create(point);
            using var image = File.OpenRead(Path.Combine(context.Plan.ImagesDirectory, mount.File));
            TmpfsRestore.MountAt(point, mount.Source, mount.SuperOptions, image);
        }
    }

    // A new thread has the mount namespace of the thread that starts it; one of the pool may be older.
    private static Task OnThread(Action body)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            try
            {
                body();
                done.SetResult();
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        })
        { IsBackground = true, Name = "tmpfs" }.Start();
        return done.Task;
    }
}
