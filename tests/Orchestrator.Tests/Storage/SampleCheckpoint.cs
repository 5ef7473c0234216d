using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Tests.Checkpoints;

namespace LxcNative.Orchestrator.Tests.Storage;

/// <summary>A complete checkpoint of the container "web", whose images are texts.</summary>
internal static class SampleCheckpoint
{
    /// <summary>Makes it.</summary>
    /// <param name="directory">Where.</param>
    /// <param name="holes">How long the hole in its pages is.</param>
    /// <param name="noise">Bytes that cannot be compressed, in a file of their own.</param>
    public static string Make(string directory, int holes = 8192, int noise = 0)
    {
        Directory.CreateDirectory(directory);
        File.WriteAllText(Path.Combine(directory, "core-1.img"), "12345");
        File.WriteAllText(Path.Combine(directory, "stats-dump"), "stats");
        File.WriteAllText(Path.Combine(directory, "dump.log"), "(00.000000) addresses and paths");
        using (var pages = File.Create(Path.Combine(directory, "pages-1.img")))
        {
            pages.Write("begin"u8);
            pages.Position = 5 + holes;
            pages.Write("the end"u8);
        }

        var names = new List<string> { "pages-1.img", "core-1.img" };
        if (noise > 0)
        {
            var bytes = new byte[noise];
            new Random(1).NextBytes(bytes);
            File.WriteAllBytes(Path.Combine(directory, "pages-2.img"), bytes);
            names.Add("pages-2.img");
        }

        var files = names.Select(name => new ImageFile(name, new FileInfo(Path.Combine(directory, name)).Length)).ToList();
        File.WriteAllBytes(Path.Combine(directory, CheckpointManifest.FileName), (ManifestTests.Manifest() with
        {
            Created = new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero),
            Label = "before",
            Files = ImageHash.AddTo(directory, files),
        }).ToJson());
        return directory;
    }
}
