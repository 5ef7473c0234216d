using LxcNative.Orchestrator.Containers;

namespace LxcNative.Cli.Output.Reports;

/// <summary>A log, as <c>logs --json</c> writes it.</summary>
/// <param name="Kind">checkpoint, restore, console or lxc.</param>
/// <param name="File">Where it is.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Written">When it was written last.</param>
internal sealed record LogReport(string Kind, string File, long Bytes, DateTimeOffset Written)
{
    /// <summary>The report of a log.</summary>
    public static LogReport Of(ContainerLog log) => new(log.Kind, log.Path, log.Bytes, log.Written);
}
