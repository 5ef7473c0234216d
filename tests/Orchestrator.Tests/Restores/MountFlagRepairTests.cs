using LxcNative.Native.Mounts;
using LxcNative.Orchestrator.Parts.Mounts;

namespace LxcNative.Orchestrator.Tests.Restores;

public class MountFlagRepairTests
{
    [Theory]
    [InlineData("rw,relatime", MountFlags.RelAtime)]
    [InlineData("ro,nosuid,nodev,noexec,relatime", MountFlags.ReadOnly | MountFlags.NoSuid | MountFlags.NoDev | MountFlags.NoExec | MountFlags.RelAtime)]
    [InlineData("rw", MountFlags.None)]
    public void TheOptionsOfALineAreFlags(string options, MountFlags flags) => Assert.Equal(flags, MountFlagRepair.FlagsOf(options));
}
