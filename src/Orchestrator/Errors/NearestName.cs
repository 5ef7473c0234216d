namespace LxcNative.Orchestrator.Errors;

/// <summary>What somebody may have meant by a name that is not known.</summary>
public static class NearestName
{
    private const int FurthestTypo = 3;

    /// <summary>The known name that is nearest, where it is near enough; else null.</summary>
    /// <param name="word">What was given.</param>
    /// <param name="known">What there is.</param>
    public static string? Of(string word, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(word);
        ArgumentNullException.ThrowIfNull(known);
        return known.Select(one => (Name: one, Distance: Distance(word, one)))
            .Where(one => one.Distance <= FurthestTypo && one.Distance < Math.Max(one.Name.Length - 2, 2)).OrderBy(one => one.Distance).FirstOrDefault().Name;
    }

    /// <summary>The end of a sentence that says that there is no such thing.</summary>
    public static string Ask(string word, IEnumerable<string> known) => Of(word, known) is { } name ? $"; did you mean {name}?" : "";

    // Levenshtein's; two letters that changed places are one mistake.
    private static int Distance(string one, string other)
    {
        if (Math.Abs(one.Length - other.Length) > FurthestTypo)
            return int.MaxValue;
        var rows = new int[one.Length + 1, other.Length + 1];
        for (var i = 0; i <= one.Length; i++)
            rows[i, 0] = i;
        for (var j = 0; j <= other.Length; j++)
            rows[0, j] = j;
        for (var i = 1; i <= one.Length; i++)
        {
            for (var j = 1; j <= other.Length; j++)
            {
                rows[i, j] = Math.Min(Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1, rows[i - 1, j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
            }
        }

        return rows[one.Length, other.Length];
    }
}
