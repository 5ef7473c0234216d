using LxcNative.Native.Criu;
using LxcNative.Orchestrator.Parts;
using LxcNative.Orchestrator.Restores;
using LxcNative.Orchestrator.Timelines;

namespace LxcNative.Orchestrator.Tests.Restores;

/// <summary>When the network of a restored container opens, driven by a script of criu's notifications.</summary>
public class RestoreNotificationsTests
{
    private static readonly string[] s_script = ["post-restore", "network-unlock", "pre-resume", "post-resume"];

    [Theory]
    [InlineData(false, false, "network-unlock")]
    [InlineData(true, false, "post-restore")]
    [InlineData(false, true, "pre-resume")]
    [InlineData(true, true, "pre-resume")]
    public void WhatIsHeldWaitsUntilNoSocketIsUnderRepair(bool hidesUnlock, bool holds, string opensAt)
    {
        var part = new Network(hidesUnlock, holds);
        var notifications = new RestoreNotifications(new PartReturns([part]), new SpanRecorder());
        foreach (var moment in s_script.Where(moment => !hidesUnlock || moment != "network-unlock"))
        {
            notifications.Handle(new CriuNotification(moment, null, null));
            Assert.Equal(Array.IndexOf(s_script, moment) >= Array.IndexOf(s_script, opensAt) ? 1 : 0, part.Opened);
        }

        notifications.Ended();
        Assert.Equal(1, part.Opened);
    }

    [Fact]
    public void ItOpensWhateverCriuTells()
    {
        var part = new Network(hidesUnlock: false, holds: true);
        new RestoreNotifications(new PartReturns([part]), new SpanRecorder()).Ended();
        Assert.Equal(1, part.Opened);
    }

    private sealed class Network(bool hidesUnlock, bool holds) : PartReturn
    {
        public int Opened { get; private set; }

        public override bool HidesUnlock => hidesUnlock;

        public override bool HoldsPackets => holds;

        public override void Open() => Opened++;
    }
}
