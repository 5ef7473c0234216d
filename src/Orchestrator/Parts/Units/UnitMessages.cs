using Tmds.DBus.Protocol;

namespace LxcNative.Orchestrator.Parts.Units;

/// <summary>Settings of units as systemd's messages have them.</summary>
internal static class UnitMessages
{
    /// <summary>What a job does with another of the same unit.</summary>
    public const string Replace = "replace";

    private const string Group = "ControlGroup";
    private const string Slice = "Slice";
    private const string Allow = "IPAddressAllow";
    private const string Deny = "IPAddressDeny";
    private const string Accounting = "IPAccounting";
    private const string Policy = "DevicePolicy";
    private const string Devices = "DeviceAllow";

    // Any: nothing is in the slice that it could concern.
    private static readonly UnitAddress s_any = new(2, [0, 0, 0, 0], 0);

    /// <summary>The properties that are read.</summary>
    public static readonly IReadOnlyList<string> Properties = [Group, Slice, Allow, Deny, Accounting, Policy, Devices];

    /// <summary>Reads what it told of <see cref="Properties"/>, in their order; null for what it does not know.</summary>
    /// <exception cref="InvalidOperationException">It is of another type than it should be.</exception>
    public static UnitSettings Read(string name, IReadOnlyList<VariantValue?> values) => new(name, values[0]?.GetString() ?? "", values[1]?.GetString() ?? "")
    {
        Allowed = Addresses(values[2]),
        Denied = Addresses(values[3]),
        CountsPackets = values[4]?.GetBool() ?? false,
        DevicePolicy = values[5]?.GetString() ?? UnitSettings.NoDevicePolicy,
        Devices = values[6] is { } rows ? [.. Rows(rows).Select(row => new UnitDevice(row.GetItem(0).GetString(), row.GetItem(1).GetString()))] : [],
    };

    /// <summary>The body of StartTransientUnit: a slice that denies addresses and devices, so that the programs of units beside it are looked after. For
    /// addresses it has no program itself: only units with processes have, and it counts nothing.</summary>
    public static void WriteBeside(ref MessageWriter writer, string slice)
    {
        writer.WriteString(slice);
        writer.WriteString(Replace);
        var properties = writer.WriteArrayStart(DBusType.Struct);
        WriteAddresses(ref writer, Deny, [s_any]);
        WriteFlag(ref writer, Accounting, false);
        writer.WriteStructureStart();
        writer.WriteString(Policy);
        writer.WriteVariantString("closed");
        writer.WriteArrayEnd(properties);
        // No further units.
        writer.WriteArrayEnd(writer.WriteArrayStart(DBusType.Struct));
    }

    /// <summary>The body of SetUnitProperties: the name, until the next boot only, and every setting. A list is emptied first, what is set comes to
    /// it.</summary>
    public static void Write(ref MessageWriter writer, UnitSettings unit)
    {
        writer.WriteString(unit.Name);
        writer.WriteBool(true);
        var all = writer.WriteArrayStart(DBusType.Struct);
        WriteAddresses(ref writer, Allow, []);
        WriteAddresses(ref writer, Deny, []);
        WriteDevices(ref writer, []);
        if (unit.Allowed.Count > 0)
            WriteAddresses(ref writer, Allow, unit.Allowed);
        if (unit.Denied.Count > 0)
            WriteAddresses(ref writer, Deny, unit.Denied);
        if (unit.Devices.Count > 0)
            WriteDevices(ref writer, unit.Devices);
        writer.WriteStructureStart();
        writer.WriteString(Policy);
        writer.WriteVariantString(unit.DevicePolicy);
        WriteFlag(ref writer, Accounting, unit.CountsPackets);
        writer.WriteArrayEnd(all);
    }

    private static void WriteFlag(ref MessageWriter writer, string property, bool value)
    {
        writer.WriteStructureStart();
        writer.WriteString(property);
        writer.WriteVariantBool(value);
    }

    private static void WriteAddresses(ref MessageWriter writer, string property, IReadOnlyList<UnitAddress> addresses)
    {
        writer.WriteStructureStart();
        writer.WriteString(property);
        writer.WriteSignature("a(iayu)");
        var rows = writer.WriteArrayStart(DBusType.Struct);
        foreach (var (family, address, prefix) in addresses)
        {
            writer.WriteStructureStart();
            writer.WriteInt32(family);
            writer.WriteArray(address);
            writer.WriteUInt32(prefix);
        }

        writer.WriteArrayEnd(rows);
    }

    private static void WriteDevices(ref MessageWriter writer, IReadOnlyList<UnitDevice> devices)
    {
        writer.WriteStructureStart();
        writer.WriteString(Devices);
        writer.WriteSignature("a(ss)");
        var rows = writer.WriteArrayStart(DBusType.Struct);
        // It puts each before those that it has.
        foreach (var (path, permissions) in devices.Reverse())
        {
            writer.WriteStructureStart();
            writer.WriteString(path);
            writer.WriteString(permissions);
        }

        writer.WriteArrayEnd(rows);
    }

    private static UnitAddress[] Addresses(VariantValue? value) =>
        value is { } rows
            ? [.. Rows(rows).Select(row => new UnitAddress(row.GetItem(0).GetInt32(), row.GetItem(1).GetArray<byte>(), row.GetItem(2).GetUInt32()))]
            : [];

    private static IEnumerable<VariantValue> Rows(VariantValue array)
    {
        for (var i = 0; i < array.Count; i++)
            yield return array.GetItem(i);
    }
}
