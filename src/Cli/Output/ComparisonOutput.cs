using LxcNative.Orchestrator.Comparisons;

namespace LxcNative.Cli.Output;

/// <summary>A comparison for people.</summary>
internal static class ComparisonOutput
{
    /// <summary>Writes it.</summary>
    public static void Write(ComparisonReport report)
    {
        foreach (var line in Lines(report))
            Console.Out.WriteLine(line);
        foreach (var one in report.NotCompared)
            ErrorOutput.Warn($"not compared: {one}");
    }

    /// <summary>A head for each area, and in it what was and what is.</summary>
    public static IEnumerable<string> Lines(ComparisonReport report)
    {
        foreach (var area in report.Differences.GroupBy(one => one.Area, StringComparer.Ordinal))
        {
            yield return area.Key;
            foreach (var one in area)
            {
                yield return $"  {PrintableText.OneLine(one.Item)}";
                if (one.Before is { } before)
                    yield return $"    - {PrintableText.OneLine(before)}";
                if (one.Now is { } now)
                    yield return $"    + {PrintableText.OneLine(now)}";
            }
        }

        yield return report.Differences.Count == 0
            ? $"no difference in {report.Compared} things" : $"{report.Differences.Count} of {report.Compared} things differ";
    }
}
