using LxcNative.Native.Handles;

namespace LxcNative.Native.Criu;

/// <summary>How a <see cref="CriuWorker"/> is started.</summary>
public sealed record CriuWorkerOptions
{
    /// <summary>Variables on top of (or instead of) the clean environment, e.g. CR_IP_TOOL, CRIU_FAULT. Nothing else is inherited.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Descriptors that criu is to find under the given numbers, from 4 on; for <see cref="CriuOptions.AddInheritFd(int, string)"/>. They stay the
    /// caller's.</summary>
    public IReadOnlyList<(FileDescriptor Descriptor, int Number)> Inherited { get; init; } = [];
}
