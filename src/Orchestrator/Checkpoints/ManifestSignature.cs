using System.Security.Cryptography;
using System.Text;
using LxcNative.Native.Files;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Preflight;
using LxcNative.Orchestrator.Preflight.Images;

namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>A signature over a manifest, which has the hashes of all images: it tells who made a checkpoint. ECDSA over SHA-256, as
/// <c>openssl dgst -sha256 -sign</c> makes it; keys in PEM.</summary>
internal static class ManifestSignature
{
    /// <summary>The name of its file, beside the manifest.</summary>
    public const string FileName = CheckpointManifest.FileName + ".sig";

    /// <summary>The longest one, in bytes.</summary>
    public const int Longest = 1024;

    private const uint SomebodyElse = 0x3f;
    private const DSASignatureFormat Format = DSASignatureFormat.Rfc3279DerSequence;

    /// <summary>A private key that only its owner can read; the caller's to dispose.</summary>
    /// <exception cref="RefusedException">It is none.</exception>
    public static ECDsa SigningKey(string path)
    {
        if (FileStatus.TryRead(path, out var status) && (status.Mode & SomebodyElse) != 0)
            throw new RefusedException($"the key {path} can be read or written by others than its owner: chmod 600, and make another if somebody has it");
        var key = Key(path);
        try
        {
            Sign(key, []);
            return key;
        }
        catch (CryptographicException e)
        {
            key.Dispose();
            throw new RefusedException($"{path} is no private key: {e.Message}", e);
        }
    }

    /// <summary>Signs a manifest's text.</summary>
    public static byte[] Sign(ECDsa key, ReadOnlySpan<byte> manifest) => key.SignData(manifest, HashAlgorithmName.SHA256, Format);

    /// <summary>Finds a manifest that is not one that a key's owner signed.</summary>
    /// <param name="directory">The checkpoint.</param>
    /// <param name="manifest">Its manifest, as it was read: the file may be another by now.</param>
    /// <param name="keyFile">The public key; null where anybody may have made it.</param>
    /// <exception cref="RefusedException">There is no such key.</exception>
    public static IReadOnlyList<Finding> Check(string directory, CheckpointManifest manifest, string? keyFile) =>
        keyFile is not null && Trouble(directory, manifest.Text, keyFile) is { } unsigned ? [ImageRules.NotUsable.Found(unsigned)] : [];

    /// <summary>Refuses what is no key: that says nothing of a checkpoint.</summary>
    /// <param name="keyFile">The public key; null where none is asked for.</param>
    /// <exception cref="RefusedException">It is none.</exception>
    public static void RequireKey(string? keyFile)
    {
        if (keyFile is not null)
            Key(keyFile).Dispose();
    }

    private static string? Trouble(string directory, byte[] manifest, string keyFile)
    {
        using var key = Key(keyFile);
        try
        {
            var signature = RegularFile.Read(Path.Combine(directory, FileName), Longest, followLinks: false);
            return key.VerifyData(manifest, signature, HashAlgorithmName.SHA256, Format)
                ? null
                : $"the checkpoint in {directory} is not as the owner of {keyFile} signed it";
        }
        catch (FileNotFoundException)
        {
            return $"the checkpoint in {directory} is not signed: there is no {FileName} in it";
        }
        catch (Exception e) when (e is IOException or CryptographicException)
        {
            return $"the signature of {directory} cannot be checked: {e.Message}";
        }
    }

    private static ECDsa Key(string path)
    {
        if (!ImageHash.IsAvailable)
            throw new RefusedException("this host has no libssl: nothing can be signed or verified");
        ECDsa? key = null;
        try
        {
            var text = Encoding.ASCII.GetString(RegularFile.Read(path, RegularFile.Configuration));
            key = ECDsa.Create();
            key.ImportFromPem(text);
            return key;
        }
        catch (Exception e) when (e is IOException or ArgumentException or CryptographicException)
        {
            key?.Dispose();
            throw new RefusedException(
                $"{path} is no key for signatures: {(e is ArgumentException ? "there is none in PEM in it" : e.Message)}. openssl ecparam -name prime256v1 "
                + "-genkey -noout makes a private one, openssl ec -pubout its public part", e);
        }
    }
}
