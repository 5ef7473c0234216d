using System.Diagnostics;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Handles;
using LxcNative.Native.Procfs;
using LxcNative.Orchestrator.Checkpoints;
using Microsoft.Win32.SafeHandles;

namespace LxcNative.Orchestrator.Restores;

/// <summary>Has the kernel read the images while network and mounts are made: criu then finds them in memory.</summary>
internal sealed class ImagePrefetch : IDisposable
{
    private const long Large = 1024 * 1024;
    private const int Probes = 3;

    // Local flash answers in half of that; network storage and disks that turn do not.
    private static readonly TimeSpan SlowRead = TimeSpan.FromMicroseconds(300);

    private readonly CancellationTokenSource _stop = new();

    private ImagePrefetch()
    {
    }

    /// <summary>When all is asked for, or it was stopped. Never fails.</summary>
    public Task Completion { get; private set; } = Task.CompletedTask;

    /// <summary>Starts it on another thread.</summary>
    /// <param name="directory">The images.</param>
    /// <param name="files">Which of them, with their sizes.</param>
    public static ImagePrefetch Start(string directory, IReadOnlyList<ImageFile> files)
    {
        var prefetch = new ImagePrefetch();
        var stop = prefetch._stop.Token;
        prefetch.Completion = Task.Run(() => Read(directory, files, stop));
        return prefetch;
    }

    /// <summary>Stops it, without waiting for the part that is being read.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private static void Read(string directory, IReadOnlyList<ImageFile> files, CancellationToken stop)
    {
        try
        {
            // What is read further ahead than that could be dropped again before criu comes to it.
            var left = (long)(MemoryInfo.Read().Available / 2);
            var isKnownSlow = false;
            // The small ones first: criu reads them before it makes the first process, and the memory last.
            foreach (var file in files.OrderBy(file => file.Size))
            {
                if (left <= 0 || stop.IsCancellationRequested)
                    return;
                using var descriptor = FileOpen.Open(Path.Combine(directory, file.Name), OpenFlags.ReadOnly | OpenFlags.NoFollow);
                if (file.Size > Large && !(isKnownSlow |= IsSlow(descriptor, file.Size)))
                    return;
                FileAdvice.WillNeed(descriptor, Math.Min(file.Size, left), stop);
                left -= file.Size;
            }
        }
        catch (Exception e) when (e is LinuxException or IOException)
        {
            // Only a hint is lost: criu reads the same files, and says what is wrong with them.
        }
    }

    // Where a read takes no time, by the cache or by the device, criu's own reading is as quick, and this one would take its processor. The best of three: one
    // may have been interrupted.
    private static bool IsSlow(FileDescriptor descriptor, long length)
    {
        using var file = new SafeFileHandle(descriptor.DangerousGetHandle(), ownsHandle: false);
        Span<byte> one = stackalloc byte[1];
        var quickest = TimeSpan.MaxValue;
        for (var part = 1; part <= Probes; part++)
        {
            var start = Stopwatch.GetTimestamp();
            RandomAccess.Read(file, one, length / (Probes + 1) * part);
            var took = Stopwatch.GetElapsedTime(start);
            quickest = took < quickest ? took : quickest;
        }

        return quickest > SlowRead;
    }
}
