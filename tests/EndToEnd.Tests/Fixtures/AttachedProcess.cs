using System.Diagnostics;

namespace LxcNative.EndToEnd.Tests.Fixtures;

/// <summary>A process that lxc-attach started in a container: in its cgroups, but not in its process tree.</summary>
internal sealed class AttachedProcess : IDisposable
{
    private readonly Process _attach;

    public AttachedProcess(LxcContainer container)
    {
        _attach = Process.Start(new ProcessStartInfo("lxc-attach", ["-n", container.Name, "--", "/bin/sleep", "1000"]) { RedirectStandardInput = true })!;
        Wait.For("the attached process", () => Sleepers(container).Any());
    }

    public void Dispose()
    {
        _attach.Kill(entireProcessTree: true);
        _attach.WaitForExit();
        _attach.Dispose();
    }

    // The whole command line: until its exec the child shows that of lxc-attach, and the container's own init runs "sleep 1000000".
    private static IEnumerable<int> Sleepers(LxcContainer container) =>
        ProcessTable.Living().Where(pid => ProcessTable.CommandLine(pid) == "/bin/sleep 1000"
            && ProcessTable.Link(pid, "ns/pid") == ProcessTable.Link(container.InitPid, "ns/pid"));
}
