using LxcNative.Native.Criu.Images;

namespace LxcNative.Native.Criu.Rpc;

/// <summary>The requests that libcriu cannot make: those after which criu keeps listening (criu_req of images/rpc.proto).</summary>
internal static class CriuRequest
{
    /// <summary>Which criu is it?</summary>
    public static ReadOnlySpan<byte> Version() => Request(CriuRequestType.Version).Written;

    /// <summary>What can it do here? Makes criu probe the kernel.</summary>
    public static ReadOnlySpan<byte> FeatureCheck() => Request(CriuRequestType.FeatureCheck)
        .Message(5, new ProtobufWriter().Boolean(1, true).Boolean(2, true).Boolean(3, true)).Written;

    private static ProtobufWriter Request(CriuRequestType type) => new ProtobufWriter().Number(1, (ulong)type).Boolean(4, true);
}
