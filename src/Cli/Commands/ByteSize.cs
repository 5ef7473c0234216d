using System.Globalization;

namespace LxcNative.Cli.Commands;

/// <summary>Sizes the way criu takes them: a number with K, M or G.</summary>
internal static class ByteSize
{
    /// <summary>The bytes of a text; null for null.</summary>
    /// <exception cref="Orchestrator.Checkpoints.CheckpointRefusedException">It is no size that criu takes.</exception>
    public static uint? Parse(string? text)
    {
        if (text is null)
            return null;
        var shift = text.Length == 0 ? 0 : char.ToUpperInvariant(text[^1]) switch { 'K' => 10, 'M' => 20, 'G' => 30, _ => 0 };
        var digits = shift == 0 ? text : text[..^1];
        if (!ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > uint.MaxValue >> shift)
            throw new Orchestrator.Checkpoints.CheckpointRefusedException($"--ghost-limit {text}: a size such as 4M, below 4G");
        return (uint)(number << shift);
    }
}
