using System.Globalization;
using LxcNative.Native.Criu.Images;
using LxcNative.Native.Files;

namespace LxcNative.Orchestrator.Parts.Files;

/// <summary>A file that is not as the images have it.</summary>
/// <param name="Then">What the images say of it.</param>
/// <param name="Now">What is there; null where nothing is.</param>
/// <param name="IsProgram">Whether tasks run what is in it.</param>
internal sealed record ChangedFile(RegularFileEntry Then, FileStatus? Now, bool IsProgram)
{
    private const uint TypeBits = 0xF000;

    /// <summary>Whether its place has a file of the same type, which a task can go on with as it is.</summary>
    public bool IsAcceptable => !IsProgram && Now is { } now && HasType(now);

    /// <summary>Whether a file is not what the images say of it.</summary>
    public static bool Differs(RegularFileEntry then, FileStatus now) =>
        (then.Mode is { } mode && mode != now.Mode) || (then.Size is { } size && now.Type == FileType.Regular && size != now.Size);

    /// <summary>What has changed, in words.</summary>
    public string Describe()
    {
        var what = IsProgram ? $"{Path}, which it runs," : Path;
        if (Now is not { } now)
            return $"{what} is not there any more";
        if (!HasType(now))
            return $"{what} is another type of file";
        return Then.Size is { } size && size != now.Size
            ? string.Create(CultureInfo.InvariantCulture, $"{what} has {now.Size} bytes, and had {size}")
            : $"{what} has mode {Octal(now.Mode)}, and had {Octal(Then.Mode ?? 0)}";
    }

    private string Path => Then.Name.StartsWith('/') ? Then.Name : $"/{Then.Name}";

    private bool HasType(FileStatus now) => Then.Mode is not { } mode || ((mode ^ now.Mode) & TypeBits) == 0;

    private static string Octal(uint mode) => Convert.ToString(mode & ~TypeBits, 8).PadLeft(4, '0');
}
