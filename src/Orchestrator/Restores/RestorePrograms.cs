using LxcNative.Native.Criu;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Monitoring;

namespace LxcNative.Orchestrator.Restores;

/// <summary>The programs that a restore starts.</summary>
internal static class RestorePrograms
{
    /// <summary>Finds criu, and what it knows of the kernel; null where it would have to probe it.</summary>
    /// <exception cref="RefusedException">There is no usable criu.</exception>
    public static (CriuInstallation Installation, CriuKerndat? Kerndat) Criu(CriuSearch search)
    {
        try
        {
            var installation = CriuInstallation.Find(search);
            return (installation, CriuKerndat.Find(installation));
        }
        catch (CriuNotFoundException e)
        {
            throw new RefusedException(e.Message, e);
        }
    }

    /// <summary>Finds the program that becomes a monitor, with its first arguments.</summary>
    /// <exception cref="RefusedException">There is none.</exception>
    public static IReadOnlyList<string> Monitor(string? named)
    {
        try
        {
            return MonitorProgram.Find(named);
        }
        catch (FileNotFoundException e)
        {
            throw new RefusedException(e.Message, e);
        }
    }
}
