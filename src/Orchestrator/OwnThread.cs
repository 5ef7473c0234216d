namespace LxcNative.Orchestrator;

/// <summary>Blocking work on a thread of its own: it waits in the kernel and for criu, which must not take the thread pool's threads away.</summary>
internal static class OwnThread
{
    /// <summary>Starts it.</summary>
    /// <param name="work">The work.</param>
    /// <param name="cancellation">Asked before it starts; the work asks for itself afterwards.</param>
    public static Task<T> Run<T>(Func<T> work, CancellationToken cancellation) =>
        Task.Factory.StartNew(work, cancellation, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);
}
