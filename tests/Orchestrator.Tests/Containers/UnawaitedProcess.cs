using System.Diagnostics;
using System.Globalization;
using LxcNative.Native.Procfs;

namespace LxcNative.Orchestrator.Tests.Containers;

/// <summary>A process that has ended, and that its parent does not wait for.</summary>
internal sealed class UnawaitedProcess : IDisposable
{
    private readonly Process _parent;

    /// <summary>Makes it.</summary>
    /// <param name="script">What it runs, as a shell.</param>
    public UnawaitedProcess(string script = "true")
    {
        // The shell waits for its children, and sleep for none.
        var whole = $"({script}; until [ \"$(cat /proc/$$/comm)\" = sleep ]; do :; done) & echo $!; exec sleep 600";
        _parent = Process.Start(new ProcessStartInfo("bash", ["-c", whole]) { RedirectStandardOutput = true })!;
        Pid = int.Parse(_parent.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
        while (ProcStat.Read(Pid).State != 'Z')
            Thread.Sleep(5);
    }

    public int Pid { get; }

    public ulong StartTime => ProcStat.Read(Pid).StartTimeTicks;

    public void Dispose()
    {
        _parent.Kill();
        _parent.WaitForExit();
        _parent.Dispose();
    }
}
