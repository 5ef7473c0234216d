using LxcNative.Native.Errors;
using LxcNative.Native.Procfs;

namespace LxcNative.Orchestrator.Steps.Undoing;

/// <summary>Gives a running container back what its checkpoint had taken from it; one that has ended needs nothing.</summary>
/// <param name="Init">The container's init, as the host sees it.</param>
/// <param name="StartTime">When that started: its pid may be another's since.</param>
internal abstract record InitUndo(int Init, ulong StartTime) : Undo
{
    /// <inheritdoc />
    public sealed override void Run()
    {
        try
        {
            if (IsStill)
                GiveBack();
        }
        catch (SyscallException e) when (e.Errno is Errno.ENOENT or Errno.ESRCH)
        {
            // It ended with its container.
        }
    }

    /// <summary>Whether the process is the one that it was.</summary>
    /// <exception cref="SyscallException">ENOENT or ESRCH: there is no such process.</exception>
    protected bool IsStill => ProcStat.Read(Init).StartTimeTicks == StartTime;

    /// <summary>Gives it back.</summary>
    protected abstract void GiveBack();
}
