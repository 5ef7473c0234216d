using LxcNative.Native.Files;
using LxcNative.Native.Mounts;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Monitoring;
using LxcNative.Orchestrator.Timelines;
using LxcNative.Orchestrator.TmpfsState;

namespace LxcNative.Orchestrator.Restores;

/// <summary>Mounts captured tmpfs anew and fills them, while everything else is prepared; criu binds them into the container.</summary>
/// <remarks>The mounts are in the private mount namespace of the thread that asked, and are taken away once criu has bound them: what the
/// container unmounts later is to be freed.</remarks>
internal sealed class TmpfsRebuild
{
    private const string Base = "/run/lxcnative/tmpfs";
    private readonly string _place;
    private readonly MonitorRequest _request;
    private readonly Task _work;

    private TmpfsRebuild(MonitorRequest request, SpanRecorder recorder)
    {
        _request = request;
        _place = Path.Combine(Base, $"{request.Name}.{Environment.ProcessId}");
        // A new thread has the mount namespace of the thread that starts it; one of the pool may be older.
        _work = request.Tmpfs.Count == 0 ? Task.CompletedTask : Dedicated(() => recorder.Run(Track.Beside, RestoreSpan.Fill, Fill));
    }

    /// <summary>Starts. The calling thread must have a private mount namespace.</summary>
    public static TmpfsRebuild Start(MonitorRequest request, SpanRecorder recorder) => new(request, recorder);

    /// <summary>Waits for the end.</summary>
    /// <returns>What criu calls each, and where it is.</returns>
    /// <exception cref="Native.Errors.SyscallException">A system call failed; ENOSPC when an image holds more than the size allows.</exception>
    /// <exception cref="TmpfsState.Format.MalformedTmpfsImageException">An image is damaged.</exception>
    public IReadOnlyList<(string Key, string Path)> Complete()
    {
        _work.GetAwaiter().GetResult();
        return [.. _request.Tmpfs.Select(mount => (mount.Key, PointOf(mount)))];
    }

    /// <summary>Unmounts them here, and removes the mount points, which the host sees too.</summary>
    public void RemovePlace()
    {
        // Whatever became of the work was told by Complete.
        ((IAsyncResult)_work).AsyncWaitHandle.WaitOne();
        foreach (var point in _request.Tmpfs.Select(PointOf).Where(Directory.Exists))
        {
            if (MountInfo.ReadSelf().Any(entry => entry.MountPoint == point))
                Mount.Unmount(point, UnmountFlags.Detach);
            Directory.Delete(point);
        }

        if (Directory.Exists(_place))
            Directory.Delete(_place);
    }

    private string PointOf(TmpfsMount mount) => Path.Combine(_place, mount.Key);

    private void Fill()
    {
        foreach (var mount in _request.Tmpfs)
        {
            var point = PointOf(mount);
            PrivateDirectory.Create(point);
            using var image = File.OpenRead(Path.Combine(_request.ImagesDirectory, mount.File));
            TmpfsRestore.MountAt(point, mount.Source, mount.SuperOptions, image);
        }
    }

    private static Task Dedicated(Action body)
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
