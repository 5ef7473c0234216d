using System.Text.Json;

namespace LxcNative.Orchestrator.Parts.Confinement;

/// <summary>The file that the policy is kept in, beside criu's images.</summary>
internal static class AppArmorImageFile
{
    /// <summary>Its name in the image directory.</summary>
    public const string Name = "lxcnative-apparmor.json";

    /// <summary>The file's content.</summary>
    public static byte[] Write(AppArmorImage image) => JsonSerializer.SerializeToUtf8Bytes(image, OrchestratorJson.Default.AppArmorImage);

    /// <summary>Reads the file in an image directory.</summary>
    /// <inheritdoc cref="Read(ReadOnlySpan{byte})" path="/exception" />
    public static AppArmorImage ReadFrom(string imagesDirectory) => Read(File.ReadAllBytes(Path.Combine(imagesDirectory, Name)));

    /// <summary>Reads the file's content, which need not be trusted: names are names afterwards.</summary>
    /// <exception cref="MalformedAppArmorImageException">It is not what it should be.</exception>
    public static AppArmorImage Read(ReadOnlySpan<byte> content)
    {
        AppArmorImage? image;
        try
        {
            image = JsonSerializer.Deserialize(content, OrchestratorJson.Default.AppArmorImage);
        }
        catch (JsonException e)
        {
            throw new MalformedAppArmorImageException($"{Name}: {e.Message}", e);
        }

        if (image is null)
            throw new MalformedAppArmorImageException($"{Name} is empty");
        if (image.Version != AppArmorImage.CurrentVersion)
            throw new MalformedAppArmorImageException($"{Name} is of version {image.Version}; this program reads version {AppArmorImage.CurrentVersion}");
        if (image.Profiles is null || image.Namespaces is null || image.Profiles.Any(profile => !IsName(profile?.Name) || profile!.Binary is null)
            || image.Namespaces.Any(name => !IsNamespace(name)))
            throw new MalformedAppArmorImageException($"{Name}: a profile or a namespace is none");
        return image;
    }

    private static bool IsName(string? name) => !string.IsNullOrEmpty(name) && !name.Any(char.IsControl);

    private static bool IsNamespace(string? name) =>
        IsName(name) && name!.Split("//").All(part => part is not ("" or "." or "..") && !part.Contains('/', StringComparison.Ordinal));
}
