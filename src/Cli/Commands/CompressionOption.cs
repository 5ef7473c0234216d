using System.CommandLine;
using LxcNative.Orchestrator.Storage.Transfer;

namespace LxcNative.Cli.Commands;

/// <summary>What compresses the archive of a checkpoint.</summary>
internal static class CompressionOption
{
    /// <summary>Builds it.</summary>
    public static Option<ArchiveCompression> Build()
    {
        var option = WordOption.Of("--compress", "What compresses it (default: zstd).",
            ("zstd", ArchiveCompression.Zstd), ("gzip", ArchiveCompression.Gzip), ("none", ArchiveCompression.None));
        option.DefaultValueFactory = _ => ArchiveCompression.Zstd;
        return option;
    }
}
