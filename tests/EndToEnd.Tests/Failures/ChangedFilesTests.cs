using LxcNative.EndToEnd.Tests.Cycles;
using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Failures;

/// <summary>The files that a container has open are not in its checkpoint: those that have changed since are named before anything is made, and what was only
/// written can be taken as it is now.</summary>
public sealed class ChangedFilesTests : IDisposable
{
    private const int Refused = 3;
    private readonly TemporaryDirectory _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public void FilesOfTheRootAndOfWhatIsBoundIntoIt()
    {
        Requirement.Lxc();
        Requirement.Criu();
        Requirement.LxcNative();
        Directory.CreateDirectory(_place["bound"]);
        File.WriteAllText(_place["bound/data"], "then");
        using var container = LxcContainer.Start(new LxcContainerOptions
        {
            Configuration = [$"lxc.mount.entry = {_place["bound"]} bound none bind,create=dir 0 0"],
            // Those that are unlinked, or in a tmpfs, come back with the container; criu does not compare what is only appended to.
            BootScript =
            [
                "sh -c 'exec 5>/grown 6<>/bound/data 7>/.hidden 8>>/appended 9>/unlinked 3>/dev/shm/memory; rm /unlinked; echo 1 >&5; echo 1 >&9; echo 1 >&3; "
                    + "touch /ready; exec sleep 1000000' </dev/null >/dev/null 2>&1 &",
            ],
        });
        var root = container.RootfsPath;
        Wait.Until(() => File.Exists(Path.Combine(root, "ready")));
        var images = _place["images"];
        Cycle.Checkpoint(container, images, "--leave-running");
        container.Stop();
        Assert.Equal(0, LxcNativeCommand.Run("check", "-D", images).ExitCode);

        File.AppendAllText(Path.Combine(root, "grown"), "2\n");
        File.AppendAllText(Path.Combine(root, "appended"), "2\n");
        File.AppendAllText(_place["bound/data"], " and now");
        File.SetUnixFileMode(Path.Combine(root, ".hidden"), UnixFileMode.UserRead);
        var check = LxcNativeCommand.Run("check", "-D", images);
        Assert.Equal(Refused, check.ExitCode);
        Assert.Contains("/grown has 4 bytes, and had 2", check.Output, StringComparison.Ordinal);
        Assert.Contains("/bound/data has 12 bytes, and had 4", check.Output, StringComparison.Ordinal);
        Assert.Contains("/.hidden has mode 0400, and had 0644", check.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("/appended", check.Output, StringComparison.Ordinal);
        Assert.Contains(": 1 finding blocks (", check.Output, StringComparison.Ordinal);
        Assert.Contains("LXN212", RequireRefused(images), StringComparison.Ordinal);

        // What is gone, or is run, is refused all the same.
        var hidden = Path.Combine(root, ".hidden");
        File.Move(hidden, hidden + "x");
        Assert.Contains("/.hidden is not there any more", RequireRefused(images, "--accept-changed-files"), StringComparison.Ordinal);
        File.Move(hidden + "x", hidden);
        var program = Path.Combine(root, "bin/busybox");
        var length = new FileInfo(program).Length;
        File.AppendAllText(program, "x");
        Assert.Contains("/sbin/init, which it runs, has", RequireRefused(images, "--accept-changed-files"), StringComparison.Ordinal);
        using (var file = new FileStream(program, FileMode.Open))
            file.SetLength(length);

        // Images that are damaged are told to be, and hide no others.
        var image = Path.Combine(images, "files.img");
        var whole = File.ReadAllBytes(image);
        File.WriteAllBytes(image, new byte[whole.Length]);
        Assert.Contains("LXN200", RequireRefused(images, "--accept-changed-files"), StringComparison.Ordinal);
        var list = LxcNativeCommand.Run("list", "-D", _place["."]).OrThrow();
        Assert.Contains(container.Name, list.Output, StringComparison.Ordinal);
        File.WriteAllBytes(image, whole);

        var restored = Cycle.Restore(container, images, "--accept-changed-files");
        Assert.Contains(restored.GetProperty("warnings").EnumerateArray(), one => one.GetString()!.Contains("/grown has 4 bytes", StringComparison.Ordinal));
        Assert.Equal("1\n2\n", File.ReadAllText(Path.Combine(root, "grown")));
        Cycle.Checkpoint(container, _place["again"]);
        Cycle.Restore(container, _place["again"]);
    }

    private static string RequireRefused(string images, params string[] more)
    {
        var result = LxcNativeCommand.Run(["restore", "-D", images, .. more]);
        Assert.True(result.ExitCode == Refused, result.ToString());
        return result.Error;
    }
}
