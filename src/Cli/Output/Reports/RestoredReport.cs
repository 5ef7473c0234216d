using LxcNative.Orchestrator.Containers;

namespace LxcNative.Cli.Output.Reports;

/// <summary>A restored container that runs, as <c>ps --json</c> writes it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="LxcPath">Where LXC keeps it.</param>
/// <param name="Pid">Its init, as the host sees it.</param>
/// <param name="MonitorPid">Its monitor.</param>
/// <param name="ImagesDir">What it was restored from.</param>
internal sealed record RestoredReport(string Name, string LxcPath, int Pid, int MonitorPid, string ImagesDir)
{
    /// <summary>The report of a container.</summary>
    public static RestoredReport Of(RestoredContainer container) =>
        new(container.Name, container.LxcPath, container.InitPid, container.MonitorPid, container.ImagesDirectory);
}
