namespace LxcNative.Orchestrator.Preparation.Hosts;

/// <summary>The kernel's controllers, from the text of /proc/cgroups (cgroups(7)).</summary>
internal static class ControllerTable
{
    /// <summary>The enabled ones with the hierarchy that each is bound to: 0 for version 2, or for none.</summary>
    public static IReadOnlyList<(string Name, int Hierarchy)> Parse(string text)
    {
        var found = new List<(string, int)>();
        foreach (var line in text.Split('\n').Where(line => line.Length > 0 && line[0] != '#'))
        {
            // subsys_name hierarchy num_cgroups enabled
            var fields = line.Split('\t', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length >= 4 && int.TryParse(fields[1], out var hierarchy) && fields[3] == "1")
                found.Add((fields[0], hierarchy));
        }

        return found;
    }
}
