using LxcNative.Native.Processes;

namespace LxcNative.Native.Procfs;

/// <summary>How a child ended (wait(2)).</summary>
/// <param name="Pid">The child that was reaped.</param>
/// <param name="ExitStatus">What it gave to exit, 0 to 255; null when a signal ended it.</param>
/// <param name="Signal">The signal that ended it; null when it exited.</param>
/// <param name="CoreDumped">Whether a core was written.</param>
public readonly record struct ChildExit(int Pid, int? ExitStatus, Signal? Signal, bool CoreDumped)
{
    /// <summary>Whether it exited with status 0.</summary>
    public bool Succeeded => ExitStatus == 0;

    /// <summary>Takes a wait status apart.</summary>
    internal static ChildExit FromStatus(int pid, int status)
    {
        var signal = status & 0x7f;
        return signal == 0
            ? new ChildExit(pid, (status >> 8) & 0xff, null, false)
            : new ChildExit(pid, null, (Signal)signal, (status & 0x80) != 0);
    }

    /// <summary><c>exit status 1</c> or <c>signal Kill</c>.</summary>
    public override string ToString() => Signal is { } signal ? $"signal {signal}{(CoreDumped ? ", core dumped" : "")}" : $"exit status {ExitStatus}";
}
