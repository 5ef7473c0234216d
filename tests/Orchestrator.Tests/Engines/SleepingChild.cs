using LxcNative.Native.Processes;
using LxcNative.Native.Procfs;

namespace LxcNative.Orchestrator.Tests.Engines;

/// <summary>A child of the test process that does nothing: in the place of a container's init.</summary>
internal sealed class SleepingChild : IDisposable
{
    private bool _isReaped;

    private SleepingChild(int pid) => Pid = pid;

    public int Pid { get; }

    public static SleepingChild Start() => Run("/bin/sleep", "sleep", "1000");

    public static SleepingChild Run(string path, params string[] arguments) =>
        new(Spawn.Start(new SpawnRequest
        {
            Path = path,
            Arguments = arguments,
            NewSession = true,
            WorkingDirectory = "/",
            Environment = new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin" }
        }));

    public ChildExit Wait()
    {
        _isReaped = true;
        return ChildProcess.Wait(Pid);
    }

    public void Dispose()
    {
        if (_isReaped)
            return;
        using (var handle = ProcessHandle.Open(Pid))
            handle.SendSignal(Signal.Kill);
        Wait();
    }
}
