using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace LxcNative.Native.Criu;

/// <summary>The one thread on which libcriu is called, and the lock that lets one call in at a time: libcriu keeps a call's errno and
/// descriptors in globals of the process.</summary>
internal static class CriuThread
{
    private static readonly Lock Gate = new();
    private static readonly BlockingCollection<Action> Work = [];
    private static readonly Lazy<Thread> Thread = new(Start);

    /// <summary>Runs <paramref name="call"/> on the thread of libcriu and waits for it.</summary>
    public static T Run<T>(Func<T> call)
    {
        RejectNested();
        _ = Thread.Value;
        T result = default!;
        ExceptionDispatchInfo? failure = null;
        using var done = new ManualResetEventSlim();
        Work.Add(() =>
        {
            try
            {
                lock (Gate)
                    result = call();
            }
#pragma warning disable CA1031 // Thrown again on the caller's thread.
            catch (Exception thrown)
#pragma warning restore CA1031
            {
                failure = ExceptionDispatchInfo.Capture(thrown);
            }
            done.Set();
        });
        done.Wait();
        failure?.Throw();
        return result;
    }

    /// <summary>Runs <paramref name="call"/> on the calling thread, alone.</summary>
    public static T RunHere<T>(Func<T> call)
    {
        RejectNested();
        lock (Gate)
            return call();
    }

    private static void RejectNested()
    {
        if (CriuCall.IsRunningHere)
            throw new InvalidOperationException("libcriu cannot be called from inside of a notification.");
    }

    private static Thread Start()
    {
        var thread = new Thread(() =>
        {
            foreach (var work in Work.GetConsumingEnumerable())
                work();
        })
        { IsBackground = true, Name = "libcriu" };
        thread.Start();
        return thread;
    }
}
