using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace LxcNative.Orchestrator.Registries;

/// <summary>What a registry calls content by: its SHA-256, which says what it has to be.</summary>
internal sealed record ContentDigest
{
    private const string Algorithm = "sha256:";
    private const int Digits = 64;
    private static readonly SearchValues<char> s_hexadecimal = SearchValues.Create("0123456789abcdef");

    private ContentDigest(string text) => Text = text;

    /// <summary>As it is written.</summary>
    public string Text { get; }

    /// <summary>The hexadecimal digits alone.</summary>
    public string Hex => Text[Algorithm.Length..];

    /// <summary>The one of some bytes.</summary>
    public static ContentDigest Of(ReadOnlySpan<byte> bytes) => FromHex(Convert.ToHexStringLower(SHA256.HashData(bytes)));

    /// <summary>The one with these digits.</summary>
    public static ContentDigest FromHex(string hex) => new(Algorithm + hex);

    /// <summary>Reads one; what else could be in its place would become a part of paths.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out ContentDigest? digest)
    {
        var isDigest = text is not null && text.Length == Algorithm.Length + Digits && text.StartsWith(Algorithm, StringComparison.Ordinal)
            && text.AsSpan(Algorithm.Length).IndexOfAnyExcept(s_hexadecimal) < 0;
        digest = isDigest ? new ContentDigest(text!) : null;
        return isDigest;
    }

    /// <inheritdoc />
    public override string ToString() => Text;
}
