using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>The SHA-256 of image files.</summary>
internal static class ImageHash
{
    /// <summary>How many hexadecimal digits it has.</summary>
    public const int Digits = 64;

    // The runtime ends the program when it finds none of these where it needs one.
    private static readonly Lazy<bool> HasLibrary = new(() => ((string[])["libssl.so.3", "libssl.so.1.1"]).Any(name => NativeLibrary.TryLoad(name, out _)));

    /// <summary>Whether hashes can be had here: the runtime takes them from the system's libssl.</summary>
    public static bool IsAvailable => HasLibrary.Value;

    /// <summary>The files with their hashes, and their checksums.</summary>
    /// <inheritdoc cref="ImageReading.All" />
    public static IReadOnlyList<ImageFile> AddTo(string directory, IReadOnlyList<ImageFile> files) =>
        ImageReading.All(directory, files, (path, file) =>
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var sum = new XxHash128();
            ImageReading.Parts(path, part =>
            {
                hash.AppendData(part);
                sum.Append(part);
            });
            return file with { Sha256 = Convert.ToHexStringLower(hash.GetHashAndReset()), Xxh128 = ImageChecksum.Text(sum) };
        });
}
