using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.Routing.Bridges;

/// <summary>Writes settings that are there, and times in hundredths of a second (USER_HZ), as bridges count.</summary>
internal static class OptionalAttributes
{
    private const long TicksPerHundredth = TimeSpan.TicksPerSecond / 100;

    public static void WriteOptional<TType>(this AttributeWriter<HostEndian> attributes, TType type, bool? value)
        where TType : unmanaged
    {
        if (value is { } flag)
            attributes.Write(type, flag ? (byte)1 : (byte)0);
    }

    public static void WriteOptional<TType>(this AttributeWriter<HostEndian> attributes, TType type, byte? value)
        where TType : unmanaged
    {
        if (value is { } number)
            attributes.Write(type, number);
    }

    public static void WriteOptional<TType>(this AttributeWriter<HostEndian> attributes, TType type, ushort? value)
        where TType : unmanaged
    {
        if (value is { } number)
            attributes.Write(type, number);
    }

    public static void WriteOptional<TType>(this AttributeWriter<HostEndian> attributes, TType type, uint? value)
        where TType : unmanaged
    {
        if (value is { } number)
            attributes.Write(type, number);
    }

    public static void WriteOptionalTime<TType>(this AttributeWriter<HostEndian> attributes, TType type, TimeSpan? value)
        where TType : unmanaged
    {
        if (value is { } time)
            attributes.Write(type, checked((uint)(time.Ticks / TicksPerHundredth)));
    }

    public static void WriteOptionalTime64<TType>(this AttributeWriter<HostEndian> attributes, TType type, TimeSpan? value)
        where TType : unmanaged
    {
        if (value is { } time)
            attributes.Write(type, checked((ulong)(time.Ticks / TicksPerHundredth)));
    }

    public static TimeSpan AsTime(this Attribute<HostEndian> attribute) => TimeSpan.FromTicks(attribute.AsUInt32() * TicksPerHundredth);

    public static TimeSpan AsTime64(this Attribute<HostEndian> attribute) =>
        TimeSpan.FromTicks((long)Math.Min(attribute.AsUInt64(), long.MaxValue / TicksPerHundredth) * TicksPerHundredth);

    public static bool AsBoolean(this Attribute<HostEndian> attribute) => attribute.AsByte() != 0;
}
