namespace LxcNative.Cli.Output;

/// <summary>What lock and unlock did.</summary>
internal static class LockOutput
{
    /// <summary>Writes it.</summary>
    public static void Write(LockReport report, bool json)
    {
        if (json)
            JsonOutput.Write(report, CliJson.Default.LockReport);
        else
            Console.Out.WriteLine(report.Locked ? $"{report.Name}: network locked ({report.Method})" : $"{report.Name}: network unlocked");
    }
}
