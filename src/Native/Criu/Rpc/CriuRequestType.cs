namespace LxcNative.Native.Criu.Rpc;

/// <summary>What a packet to or from criu is about (criu_req_type of images/rpc.proto).</summary>
internal enum CriuRequestType
{
    Empty = 0,
    Dump = 1,
    Restore = 2,
    Check = 3,
    PreDump = 4,
    Notify = 6,
    FeatureCheck = 9,
    Version = 10,
}
