using LxcNative.Native.AppArmor;
using LxcNative.Orchestrator.Steps.Undoing;

namespace LxcNative.Orchestrator.Tests.Steps;

/// <summary>A container that was started anew has the profile of the one that is gone: it keeps it.</summary>
public class AppArmorUndoTests
{
    private static readonly AppArmorUndo Whole = new(["lxc-web_</var/lib/lxc>", "lxc-db"], ["lxc-web_<-var-lib-lxc>"]);

    [Theory]
    [InlineData("unconfined", 2, 1)]
    [InlineData("lxc-other (enforce)", 2, 1)]
    [InlineData("lxc-web_</var/lib/lxc> (enforce)", 1, 1)]
    [InlineData("lxc-web_</var/lib/lxc>//&:lxc-web_<-var-lib-lxc>:unconfined (mixed)", 1, 0)]
    [InlineData("lxc-web_</var/lib/lxc>//&:lxc-web_<-var-lib-lxc>:usr.sbin.tcpdump (enforce)", 1, 0)]
    [InlineData(":lxc-web_<-var-lib-lxc>:lxc-db (enforce)", 2, 0)]
    public void WhatConfinesSomebodyStays(string label, int profiles, int namespaces)
    {
        var unused = Whole.Unused([AppArmorLabel.Parse("unconfined"), AppArmorLabel.Parse(label)]);
        Assert.Equal((profiles, namespaces), (unused.Profiles.Count, unused.Namespaces.Count));
    }

    [Fact]
    public void NothingConfinesAnybodyWhereThereIsNoAppArmor() => new AppArmorUndo([], []).Recover();
}
