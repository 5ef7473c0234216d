using System.Buffers;

namespace LxcNative.Orchestrator.Storage;

/// <summary>What a person may call a checkpoint.</summary>
internal static class CheckpointLabel
{
    private const int Longest = 100;

    private static readonly SearchValues<char> Allowed = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-+:@=");

    /// <summary>Refuses what could leave a directory, be taken for an option, or hide in a terminal.</summary>
    /// <param name="label">The label.</param>
    /// <param name="refusal">Makes the exception of a reason.</param>
    public static void Check(string label, Func<string, Exception> refusal)
    {
        if (label.Length is 0 or > Longest || label[0] is '.' or '-' || label.AsSpan().ContainsAnyExcept(Allowed))
            throw refusal($"\"{label}\" cannot be a checkpoint's name: up to {Longest} letters, digits and _ . - + : @ = can, and no . or - first");
    }
}
