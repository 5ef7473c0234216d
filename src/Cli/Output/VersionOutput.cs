namespace LxcNative.Cli.Output;

/// <summary>The versions.</summary>
internal static class VersionOutput
{
    /// <summary>Writes them.</summary>
    public static void Write(VersionReport report, bool json)
    {
        if (json)
        {
            JsonOutput.Write(report, CliJson.Default.VersionReport);
            return;
        }

        Console.Out.WriteLine($"lxcnative {report.Version}");
        Console.Out.WriteLine($"kernel    {report.Kernel}");
        Console.Out.WriteLine($"criu      {Describe(report.Criu)}");
        Console.Out.WriteLine($"libcriu   {Describe(report.Libcriu)}");
        if (report.Problem is not null)
            ErrorOutput.Warn(report.Problem);
    }

    private static string Describe(VersionReport.Part? part) => part is null ? "not found" : $"{part.Version ?? "of unknown version"} ({part.Path})";
}
