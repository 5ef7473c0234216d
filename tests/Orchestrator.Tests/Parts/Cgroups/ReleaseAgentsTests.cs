using LxcNative.Native.Criu.Images;
using LxcNative.Orchestrator.Parts.Cgroups;

namespace LxcNative.Orchestrator.Tests.Parts.Cgroups;

/// <summary>An option that nobody in a user namespace may name.</summary>
public sealed class ReleaseAgentsTests
{
    [Fact]
    public void OnlyTheAgentIsTakenOut()
    {
        var mended = ReleaseAgents.TakeOut(Image("xattr,release_agent=/lib/systemd/systemd-cgroups-agent,name=systemd", "memory"), "image");
        Assert.Equal(Image("xattr,name=systemd", "memory"), mended);
        Assert.Null(ReleaseAgents.TakeOut(Image("xattr,name=systemd", "memory"), "image"));
    }

    // The options come last, as they are written again.
    private static byte[] Image(params string[] options)
    {
        var image = new ImageWriter(ImageMagic.Mounts);
        foreach (var one in options)
            image.Entry(new ProtobufWriter().Number(1, (ulong)MountImageFileSystem.Cgroup).Number(2, 5).Number(3, 5).Number(4, 1).Number(5, 0).Text(6, "/")
                .Text(7, "/sys/fs/cgroup/x").Text(8, "cgroup").Number(10, 7).Text(9, one));
        return image.Written.ToArray();
    }
}
