using System.Formats.Tar;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Preparation;
using LxcNative.Orchestrator.Preparation.Rootfs;
using LxcNative.Orchestrator.Preparation.Templates;
using LxcNative.Testing;

namespace LxcNative.Orchestrator.Tests.Preparation;

public sealed class ContainerPreparationTests : IDisposable
{
    private readonly TemporaryDirectory _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public void ConfigurationAndUdevArePreparedOnceAndPutBackToTheByte()
    {
        const string Config = "# mine\nlxc.utsname = web\nlxc.tty.max = 4\nlxc.rootfs.path = dir:ROOT\nlxc.console = /dev/tty1";
        Make("web", Config);
        Touch("sbin/udevd", "program");
        Directory.CreateDirectory(_place["web/rootfs/etc/systemd/system"]);
        var before = Everything();

        Assert.False(Run("web", PreparationAction.Status).IsComplete);
        Run("web", PreparationAction.Apply, dryRun: true);
        Assert.Equal(before, Everything());
        Run("web", PreparationAction.Apply);

        var config = File.ReadAllText(_place["web/config"]);
        Assert.Contains("lxc.console.path = none\n", config, StringComparison.Ordinal);
        Assert.Contains("lxc.tty.max = 0\n", config, StringComparison.Ordinal);
        Assert.Contains("lxc.uts.name = web\n", config, StringComparison.Ordinal);
        Assert.StartsWith("# mine\n", config, StringComparison.Ordinal);
        Assert.False(File.Exists(_place["web/rootfs/sbin/udevd"]));
        Assert.Equal("program", File.ReadAllText(_place["web/rootfs/sbin/udevd.bcp"]));
        Assert.Equal("/dev/null", new FileInfo(_place["web/rootfs/etc/systemd/system/systemd-udevd.service"]).LinkTarget);
        var dropIn = _place["web/rootfs/etc/systemd/system/service.d/lxcnative.conf"];
        Assert.Contains("[Service]\nPrivateUsers=no\n", File.ReadAllText(dropIn), StringComparison.Ordinal);
        Assert.Equal('#', File.ReadAllText(dropIn)[0]);
        Assert.True(File.GetUnixFileMode(dropIn).HasFlag(UnixFileMode.OtherRead), "the container's root may be another user");
        Assert.True(File.GetUnixFileMode(Path.GetDirectoryName(dropIn)!).HasFlag(UnixFileMode.OtherExecute));
        Assert.True(File.Exists(_place["web/config.lxcnative-backup"]));
        Assert.True(Run("web", PreparationAction.Status).IsComplete);
        Assert.All(Run("web", PreparationAction.Apply).Items, item => Assert.Equal(PreparationState.InPlace, item.State));

        Run("web", PreparationAction.Undo);
        Assert.Equal(before, Everything());
        Assert.Empty(Run("web", PreparationAction.Undo).Items);
    }

    [Fact]
    public void ALinkOutOfTheRootFileSystemIsNotFollowed()
    {
        Make("web", "lxc.rootfs.path = dir:ROOT\nlxc.console.path = none\nlxc.tty.max = 0\n");
        Directory.CreateDirectory(_place["outside/systemd/system"]);
        File.WriteAllText(_place["outside/udevd"], "the host's");
        File.CreateSymbolicLink(_place["web/rootfs/sbin"], _place["outside"]);
        File.CreateSymbolicLink(_place["web/rootfs/etc"], "../../outside");
        Assert.DoesNotContain(Run("web", PreparationAction.Apply).Items, item => item.State == PreparationState.Made);
        Assert.Equal("the host's", File.ReadAllText(_place["outside/udevd"]));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_place["outside/systemd/system"]));
    }

    [Fact]
    public void DropInsOfOthersStay()
    {
        Make("web", "lxc.rootfs.path = dir:ROOT\nlxc.console.path = none\nlxc.tty.max = 0\n");
        Directory.CreateDirectory(_place["web/rootfs/etc/systemd/system"]);
        Run("web", PreparationAction.Apply);
        Touch("etc/systemd/system/service.d/own.conf", "[Service]\n");

        Run("web", PreparationAction.Undo);

        Assert.Equal(["own.conf"], Directory.EnumerateFileSystemEntries(_place["web/rootfs/etc/systemd/system/service.d"]).Select(Path.GetFileName));
        Assert.Empty(Run("web", PreparationAction.Undo).Items);
    }

    [Fact]
    public void ADirectoryOfDropInsThatLeadsOutIsNotFollowed()
    {
        Make("web", "lxc.rootfs.path = dir:ROOT\nlxc.console.path = none\nlxc.tty.max = 0\n");
        Directory.CreateDirectory(_place["outside"]);
        Directory.CreateDirectory(_place["web/rootfs/etc/systemd/system"]);
        File.CreateSymbolicLink(_place["web/rootfs/etc/systemd/system/service.d"], "../../../../../outside");

        Run("web", PreparationAction.Apply);

        Assert.Empty(Directory.EnumerateFileSystemEntries(_place["outside"]));
    }

    [Fact]
    public void WhatIsNotThereIsRefused()
    {
        Assert.Throws<RefusedException>(() => ContainerPreparation.Of("none", _place.Path));
        Assert.Throws<RefusedException>(() => ContainerPreparation.OfRootfs(_place["none"]));
    }

    [Fact]
    public void AContainerIsMadeOfATemplateAndTakenAway()
    {
        Requirement.Root();
        Archive(writer => writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "etc/hostname") { DataStream = new MemoryStream("web"u8.ToArray()) }));
        var creation = new ContainerCreation("web", _place["lxc"], _place["archive"], "lxc.utsname = shown\nlxc.tty = 0\n");
        Create(creation, PreparationAction.Apply);
        Assert.Equal($"lxc.uts.name = shown\nlxc.tty.max = 0\nlxc.rootfs.path = dir:{_place["lxc/web/rootfs"]}\n", File.ReadAllText(_place["lxc/web/config"]));
        Assert.Equal("web", File.ReadAllText(_place["lxc/web/rootfs/etc/hostname"]));
        Assert.All(Create(creation, PreparationAction.Apply).Items, item => Assert.Equal(PreparationState.InPlace, item.State));
        Create(creation, PreparationAction.Undo);
        Assert.False(Directory.Exists(_place["lxc/web"]));
    }

    [Fact]
    public async Task NobodyElseReachesWhatIsBeingExtracted()
    {
        Requirement.Root();
        Archive(writer =>
        {
            for (var i = 0; i < 2000; i++)
                writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, $"bin/su{i}") { Mode = (UnixFileMode)0x9ed, DataStream = new MemoryStream([1]) });
        });
        foreach (var root in (string[])["", $"lxc.rootfs.path = {_place["elsewhere/root"]}\n"])
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            var isSeen = 0;
            using var end = new CancellationTokenSource();
            var place = root.Length == 0 ? _place["lxc/web"] : _place["elsewhere"];
            var watch = Task.Run(() =>
            {
                while (!end.IsCancellationRequested)
                    if (Directory.Exists(place))
                        foreach (var directory in Directory.EnumerateDirectories(place, ".*.lxcnative-*"))
                        {
                            seen.Add($"{(root.Length == 0 ? Mode(place) & OthersMay : 0)} {Mode(directory)}");
                            Volatile.Write(ref isSeen, 1);
                        }
            }, TestContext.Current.CancellationToken);
            var creation = new ContainerCreation("web", _place["lxc"], _place["archive"], root);
            // Whoever watches may be held up for as long as one takes.
            for (var attempt = 0; attempt < 20 && Volatile.Read(ref isSeen) == 0; attempt++)
            {
                if (attempt > 0)
                    Create(creation, PreparationAction.Undo);
                Create(creation, PreparationAction.Apply);
            }

            await end.CancelAsync();
            await watch;
            Assert.Contains($"{UnixFileMode.None} {UnixFileMode.UserExecute | UnixFileMode.UserWrite | UnixFileMode.UserRead}", seen);
            Assert.DoesNotContain(seen, one => one.Contains("Other", StringComparison.Ordinal) || one.Contains("Group", StringComparison.Ordinal));
            Assert.Equal((UnixFileMode)0x1ed, File.GetUnixFileMode(root.Length == 0 ? _place["lxc/web/rootfs"] : _place["elsewhere/root"]));
            Create(creation, PreparationAction.Undo);
        }
    }

    [Fact]
    public void WhatWasPreparedInAContainerGoesWithIt()
    {
        Requirement.Root();
        Archive(writer => writer.WriteEntry(new PaxTarEntry(TarEntryType.Directory, "etc")));
        Create(new ContainerCreation("web", _place.Path, _place["archive"], ""), PreparationAction.Apply);
        Run("web", PreparationAction.Apply);
        Create(new ContainerCreation("web", _place.Path, null, ""), PreparationAction.Undo);
        // Another one of this name: the undo of its preparation must not bring back the first one's configuration.
        Create(new ContainerCreation("web", _place.Path, _place["archive"], "lxc.uts.name = second\n"), PreparationAction.Apply);
        Run("web", PreparationAction.Apply);
        Run("web", PreparationAction.Undo);
        Assert.Contains("lxc.uts.name = second\n", File.ReadAllText(_place["web/config"]), StringComparison.Ordinal);
    }

    [Fact]
    public void AFailedCreationLeavesNothing()
    {
        Requirement.Root();
        Archive(writer =>
        {
            writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "good") { DataStream = new MemoryStream("x"u8.ToArray()) });
            writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "../bad") { DataStream = new MemoryStream("x"u8.ToArray()) });
        });
        var failure = Assert.Throws<FailedException>(() => Create(new ContainerCreation("web", _place["lxc"], _place["archive"], ""), PreparationAction.Apply));
        Assert.Equal(ContainerState.Untouched, failure.State);
        Assert.Contains("leads upwards", failure.Message, StringComparison.Ordinal);
        Assert.Equal(["archive", "records"], Directory.EnumerateFileSystemEntries(_place.Path).Select(Path.GetFileName).Order());
        Assert.Empty(Directory.EnumerateFileSystemEntries(_place["records"]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("../x")]
    [InlineData("a/b")]
    [InlineData(".hidden")]
    [InlineData("-x")]
    [InlineData("a b")]
    public void NamesThatAreNoneAreRefused(string name) => Assert.Throws<RefusedException>(() => new ContainerCreation(name, "/var/lib/lxc", null, ""));

    private void Make(string name, string config)
    {
        Directory.CreateDirectory(_place[$"{name}/rootfs"]);
        File.WriteAllText(_place[$"{name}/config"], config.Replace("ROOT", _place[$"{name}/rootfs"], StringComparison.Ordinal));
    }

    private void Touch(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_place[$"web/rootfs/{path}"])!);
        File.WriteAllText(_place[$"web/rootfs/{path}"], content);
    }

    private void Archive(Action<TarWriter> fill)
    {
        using var writer = new TarWriter(File.Create(_place["archive"]));
        fill(writer);
    }

    private PreparationReport Run(string name, PreparationAction action, bool dryRun = false) =>
        ContainerPreparation.Of(name, _place.Path).Run(new PreparationOptions { Action = action, DryRun = dryRun, Records = _place["records"] });

    private PreparationReport Create(ContainerCreation creation, PreparationAction action) =>
        creation.Run(new PreparationOptions { Action = action, Records = _place["records"] });

    private string Everything() =>
        string.Join('\n', Directory.EnumerateFileSystemEntries(_place["web"], "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        .Select(path => $"{path} {new FileInfo(path).LinkTarget} {(File.Exists(path) ? File.ReadAllText(path) : "")}"));

    private const UnixFileMode OthersMay = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    // One that goes in the moment of the look has none.
    private static UnixFileMode Mode(string path)
    {
        try
        {
            return File.GetUnixFileMode(path);
        }
        catch (IOException)
        {
            return UnixFileMode.None;
        }
    }
}
