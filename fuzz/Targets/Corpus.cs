using System.Text;
using LxcNative.Testing;

namespace LxcNative.Fuzz.Targets;

/// <summary>Inputs that parsers take.</summary>
internal static class Corpus
{
    /// <summary>A file of fuzz/corpus.</summary>
    public static byte[] File(string name) => System.IO.File.ReadAllBytes(Path.Combine(RepositoryRoot.Path, "fuzz", "corpus", name));

    /// <summary>An image that criu wrote.</summary>
    public static byte[] Image(string name) =>
        System.IO.File.ReadAllBytes(Path.Combine(RepositoryRoot.Path, "tests", "Native.Tests", "Criu", "Fixtures", name));

    /// <summary>A text.</summary>
    public static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>An input as the text that a reader of the file would have made of it.</summary>
    public static string TextOf(byte[] input) => Encoding.UTF8.GetString(input);
}
