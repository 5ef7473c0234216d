using System.Globalization;

namespace LxcNative.Native.Criu.Images;

/// <summary>What criu calls its files of memory.</summary>
internal static class PagemapFile
{
    /// <summary>What a pagemap's name begins with; then come a pid or what shared memory it is of, and the end that all images have.</summary>
    public const string Prefix = "pagemap-", Suffix = ".img";

    /// <summary>A process's pagemap.</summary>
    /// <param name="process">Its pid in the container.</param>
    public static string Of(int process) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{process}{Suffix}");

    /// <summary>The pages of a pagemap.</summary>
    /// <param name="number">The number that its head has.</param>
    public static string Pages(uint number) => string.Create(CultureInfo.InvariantCulture, $"pages-{number}{Suffix}");
}
