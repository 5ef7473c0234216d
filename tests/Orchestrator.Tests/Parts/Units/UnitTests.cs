using System.Text.Json;
using LxcNative.Orchestrator.Parts.Units;
using LxcNative.Orchestrator.Steps;
using LxcNative.Orchestrator.Steps.Undoing;

namespace LxcNative.Orchestrator.Tests.Parts.Units;

public sealed class UnitTests
{
    private static readonly UnitSettings s_logind = new("systemd-logind.service", "/system.slice/systemd-logind.service", "system.slice")
    {
        Allowed = [new UnitAddress(2, [10, 0, 0, 0], 8)],
        Denied = [new UnitAddress(2, [0, 0, 0, 0], 0), new UnitAddress(10, new byte[16], 0)],
        DevicePolicy = "closed",
        Devices = [new UnitDevice("char-rtc", "r"), new UnitDevice("/dev/null", "rw")],
    };

    [Fact]
    public void ASliceBesideIsInTheSliceOfTheUnits() => Assert.Equal(
        ["system-lxcnative.slice", "lxcnative.slice", "a-b-lxcnative.slice"],
        UnitPrograms.Beside([s_logind, s_logind with { Name = "x" }, Unit("-.slice"), Unit("a-b.slice"), Unit(""), Unit("not a slice")]));

    [Fact]
    public void WhatIsSetIsSeen()
    {
        Assert.False(s_logind.IsPlain);
        Assert.True(s_logind.ToPlain().IsPlain);
        Assert.Equal((s_logind.Name, s_logind.Slice), (s_logind.ToPlain().Name, s_logind.ToPlain().Slice));
        Assert.False((Unit("a.slice") with { CountsPackets = true }).IsPlain);
    }

    [Fact]
    public void UnitsThatEndedAreNamedWhereTheirProgramsAreHeldStill()
    {
        Assert.Contains(" again: a.service, b.service.", UnitPrograms.StillHeld(["a.service", "b.service"]), StringComparison.Ordinal);
        Assert.Contains("for other settings than", UnitPrograms.StillHeld([]), StringComparison.Ordinal);
    }

    [Fact]
    public void AJournalHoldsThem()
    {
        Undo undo = new UnitsUndo(1, 2, [s_logind]);
        var read = JsonSerializer.Deserialize(JsonSerializer.SerializeToUtf8Bytes(undo, JournalJson.Default.Undo), JournalJson.Default.Undo);
        var unit = Assert.Single(Assert.IsType<UnitsUndo>(read).Units);
        Assert.Equal(s_logind.Devices, unit.Devices);
        Assert.Equal(s_logind.Denied.Select(one => (one.Family, Convert.ToHexString(one.Address), one.Prefix)),
            unit.Denied.Select(one => (one.Family, Convert.ToHexString(one.Address), one.Prefix)));
        Assert.Equal(s_logind.DevicePolicy, unit.DevicePolicy);
    }

    private static UnitSettings Unit(string slice) => new("one.service", "/one.service", slice);
}
