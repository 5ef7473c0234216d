using LxcNative.Native.Criu.Images;

namespace LxcNative.Native.Criu.Rpc;

/// <summary>criu's answer (criu_resp of images/rpc.proto).</summary>
internal sealed record CriuResponse(CriuRequestType Type, bool Success, int ErrorNumber, string? Message, Version? Version, CriuFeatures? Features)
{
    public static CriuResponse Parse(ReadOnlySpan<byte> packet)
    {
        var response = new CriuResponse(CriuRequestType.Empty, false, 0, null, null, null);
        var reader = new ProtobufReader(packet, "criu's answer");
        while (reader.Next())
        {
            response = reader.Field switch
            {
                1 => response with { Type = (CriuRequestType)reader.AsInt32() },
                2 => response with { Success = reader.AsBoolean() },
                7 => response with { ErrorNumber = reader.AsInt32() },
                8 => response with { Features = ParseFeatures(reader.AsMessage()) },
                9 => response with { Message = reader.AsText() },
                10 => response with { Version = ParseVersion(reader.AsMessage()) },
                _ => response,
            };
        }
        reader.Require("criu_resp", 1, 2);
        return response;
    }

    private static CriuFeatures ParseFeatures(ProtobufReader reader)
    {
        var features = new CriuFeatures(false, false, false);
        while (reader.Next())
        {
            features = reader.Field switch
            {
                1 => features with { MemoryTracking = reader.AsBoolean() },
                2 => features with { LazyPages = reader.AsBoolean() },
                3 => features with { PidfdStore = reader.AsBoolean() },
                _ => features,
            };
        }
        return features;
    }

    private static Version ParseVersion(ProtobufReader reader)
    {
        var (major, minor, sublevel) = (0, 0, 0);
        while (reader.Next())
        {
            if (reader.Field == 1)
                major = reader.AsInt32();
            else if (reader.Field == 2)
                minor = reader.AsInt32();
            else if (reader.Field == 4)
                sublevel = reader.AsInt32();
        }
        reader.Require("criu_version", 1, 2);
        return new Version(Math.Max(0, major), Math.Max(0, minor), Math.Max(0, sublevel));
    }
}
