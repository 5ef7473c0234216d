using System.Runtime.ExceptionServices;
using LxcNative.Native.Errors;
using LxcNative.Native.Uapi;
using Tmds.Linux;

namespace LxcNative.Native.Processes;

/// <summary>Starts a program by posix_spawn(3), which a process with threads may call: with nothing inherited that was not asked for.</summary>
/// <remarks>In the child every signal has its default action and none is blocked, whatever the runtime did with them here.</remarks>
internal static class Spawn
{
    /// <summary>Starts the program.</summary>
    /// <returns>The child's pid; the caller reaps it.</returns>
    /// <exception cref="SyscallException">It could not be started; ENOENT and EACCES speak of the program.</exception>
    public static int Start(SpawnRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Umask is { } umask ? OnOwnThread(umask, () => StartHere(request)) : StartHere(request);
    }

    // posix_spawn has no attribute for it: the child inherits that of the thread, which is the process's until the thread has one of its own.
    private static int OnOwnThread(uint umask, Func<int> start)
    {
        var pid = 0;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                SyscallException.ThrowIfFailed(LibC.unshare(Sched.CLONE_FS), "unshare", "CLONE_FS");
                LibC.umask((ushort)umask);
                pid = start();
            }
            catch (Exception e)
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }
        });
        thread.Start();
        thread.Join();
        failure?.Throw();
        return pid;
    }

    private static int StartHere(SpawnRequest request)
    {
        if (!request.Path.StartsWith('/'))
            throw new ArgumentException($"The path \"{request.Path}\" is not absolute.", nameof(request));
        using var prepared = new PreparedSpawn(request);
        SpawnActions.Check((int)prepared.TryStart(out var pid), "posix_spawn", $"\"{request.Path}\"");
        return pid;
    }
}
