namespace LxcNative.Orchestrator.Storage.Transfer;

/// <summary>A file or directory of a foreign archive.</summary>
/// <param name="Name">Its name, that of a directory with a slash at its end; nothing else of it was checked.</param>
/// <param name="IsDirectory">Whether it is a directory.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Content">What is in it, until the next one is read.</param>
internal readonly record struct ArchiveFile(string Name, bool IsDirectory, long Size, Stream Content);
