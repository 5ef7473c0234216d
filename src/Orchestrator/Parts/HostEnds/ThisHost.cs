using System.Security.Cryptography;
using System.Text;
using LxcNative.Orchestrator.Checkpoints;

namespace LxcNative.Orchestrator.Parts.HostEnds;

/// <summary>Which host this is.</summary>
internal static class ThisHost
{
    private const string File = "/etc/machine-id";
    private static readonly Lazy<string?> Read = new(Find);

    /// <summary>A word that only this host has, and that does not tell its machine id, which is to be kept (machine-id(5)); null where there is none.</summary>
    public static string? Id => Read.Value;

    private static string? Find()
    {
        try
        {
            return ImageHash.IsAvailable && System.IO.File.ReadAllText(File).Trim() is { Length: > 0 } id
                ? Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.ASCII.GetBytes(id), "lxcnative host ends"u8.ToArray()))
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
