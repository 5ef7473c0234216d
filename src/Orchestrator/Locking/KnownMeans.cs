using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Orchestrator.Steps;

namespace LxcNative.Orchestrator.Locking;

/// <summary>By which means this kernel queues: found out once per boot, since being refused takes it some milliseconds, each time.</summary>
internal static class KnownMeans
{
    private static LockMeans? s_known;

    /// <summary>The ways to queue, in the order in which they are worth trying.</summary>
    public static IReadOnlyList<LockMeans> InOrder =>
        (s_known ??= Read()) == LockMeans.Target ? [LockMeans.Target, LockMeans.Queue] : [LockMeans.Queue, LockMeans.Target];

    /// <summary>Keeps what has been found out; that it cannot be kept costs time only.</summary>
    public static void Keep(LockMeans means)
    {
        if ((s_known ??= Read()) == means)
            return;
        s_known = means;
        try
        {
            RunDirectory.Make(RunDirectory.Path);
            File.WriteAllText(RunDirectory.LockMeans, means.ToString());
        }
        catch (Exception e) when (e is LinuxException or IOException or UnauthorizedAccessException)
        {
            // Only root has this directory.
        }
    }

    private static LockMeans? Read()
    {
        try
        {
            return Enum.TryParse(KernelFile.ReadText(RunDirectory.LockMeans), out LockMeans means) && means != LockMeans.Drop ? means : null;
        }
        catch (LinuxException)
        {
            return null;
        }
    }
}
