using System.Text;

namespace LxcNative.Orchestrator.Parts.Network.Capturing;

/// <summary>What a read of all settings gave, not yet made into texts: that is done when nobody waits for it.</summary>
/// <param name="paths">The settings.</param>
/// <param name="bytes">Their values, one after the other.</param>
/// <param name="ends">Where the value of each ends; -1 for one without a value.</param>
internal sealed class SysctlValues(string[] paths, byte[] bytes, int[] ends)
{
    /// <summary>The settings with their texts.</summary>
    public List<SysctlValue> ToList()
    {
        var list = new List<SysctlValue>(paths.Length);
        var start = 0;
        for (var index = 0; index < paths.Length; index++)
        {
            if (ends[index] < 0)
                continue;
            list.Add(new SysctlValue(paths[index], Encoding.UTF8.GetString(bytes.AsSpan(start..ends[index])).TrimEnd('\n')));
            start = ends[index];
        }

        return list;
    }
}
