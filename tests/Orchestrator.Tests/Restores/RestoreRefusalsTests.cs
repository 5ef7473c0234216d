using LxcNative.Native.Criu;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Restores;

namespace LxcNative.Orchestrator.Tests.Restores;

public sealed class RestoreRefusalsTests : IDisposable
{
    private readonly TemporaryDirectory _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public void AManifestComesBackAsItWasWritten()
    {
        var manifest = Manifest();
        File.WriteAllBytes(_place[CheckpointManifest.FileName], manifest.ToJson());

        Assert.Equal(manifest.ToJson(), CheckpointManifest.Read(_place.Path).ToJson());
    }

    [Fact]
    public void AnEmptyDirectoryIsNoCheckpoint() => Assert.Contains("is empty", ReadRefusal(), StringComparison.Ordinal);

    [Fact]
    public void ImagesWithoutAManifestAreForeign()
    {
        File.WriteAllText(_place["inventory.img"], "x");

        Assert.Contains("made by another tool", ReadRefusal(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{\"version\":1}")]
    [InlineData("[]")]
    public void ADamagedManifestIsRefused(string text)
    {
        File.WriteAllText(_place[CheckpointManifest.FileName], text);

        Assert.Contains(CheckpointManifest.FileName, ReadRefusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void AManifestOfALaterVersionIsRefused()
    {
        File.WriteAllBytes(_place[CheckpointManifest.FileName], (Manifest() with { Version = 99 }).ToJson());

        Assert.Contains("version 99", ReadRefusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void ImagesOfTheRightSizeAreAccepted()
    {
        File.WriteAllText(_place["core-1.img"], "12345");

        RestoreRefusals.CheckImages(_place.Path, Manifest());
    }

    [Fact]
    public void ATruncatedImageIsRefused()
    {
        File.WriteAllText(_place["core-1.img"], "1234");

        Assert.Contains("has 4 bytes instead of 5", ImagesRefusal(Manifest()), StringComparison.Ordinal);
    }

    [Fact]
    public void AMissingImageIsRefused() => Assert.Contains("is missing", ImagesRefusal(Manifest()), StringComparison.Ordinal);

    [Fact]
    public void AnImageThatIsALinkIsRefused()
    {
        File.WriteAllText(_place["real"], "12345");
        File.CreateSymbolicLink(_place["core-1.img"], _place["real"]);

        Assert.Contains("is missing", ImagesRefusal(Manifest()), StringComparison.Ordinal);
    }

    [Fact]
    public void AFileOutsideTheDirectoryIsRefused() =>
        Assert.Contains("outside", ImagesRefusal(Manifest() with { Files = [new ImageFile("../x", 1)] }), StringComparison.Ordinal);

    [Fact]
    public void ImagesThatOthersCanWriteAreRefused()
    {
        File.SetUnixFileMode(_place.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherWrite);

        Assert.Contains("root's alone", ImagesRefusal(Manifest()), StringComparison.Ordinal);
    }

    [Fact]
    public void AnUnknownDeviceInAVethPairIsNamedWithThoseThatAreThere()
    {
        var options = new RestoreOptions { VethPairs = [new VethPairOption("eth7", "veth7", null)] };

        var refusal = Assert.Throws<CheckpointRefusedException>(() => RestorePlan.Nics(Manifest(), options));

        Assert.Contains("has no veth device eth7; it has eth0", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutOptionsTheHostEndIsWhatItWas()
    {
        var nic = Assert.Single(RestorePlan.Nics(Manifest(), new RestoreOptions()));

        Assert.Equal(("vethAB", 17, "fe:00:00:00:00:01", "br0"), (nic.Host.Name, nic.Host.Index, nic.Host.Address, nic.Host.Bridge));
    }

    [Fact]
    public void AnotherNameIsAnotherDeviceOnTheSameBridge()
    {
        var nic = Assert.Single(RestorePlan.Nics(Manifest(), new RestoreOptions { VethPairs = [new VethPairOption("eth0", "other", null)] }));

        Assert.Equal(("other", 0, "br0"), (nic.Host.Name, nic.Host.Index, nic.Host.Bridge));
    }

    [Fact]
    public void TemporaryNamesFitIntoALinkName() => Assert.True(RestorePlan.TemporaryName(int.MaxValue, int.MaxValue).Length <= 15);

    private static CheckpointManifest Manifest() => new()
    {
        Version = 1,
        Created = DateTimeOffset.UnixEpoch,
        Kernel = "6.1",
        Criu = "4.2.1",
        Container = SampleContainer.Make(),
        ExternalMounts = [new ExternalMount("k", "/lib", "/usr/lib", "ro")],
        BridgePorts = [],
        Devices = [new DeviceRules("/lxc.payload.web-1", ["c 1:3 rwm"])],
        Options = new ManifestOptions(true, false, true, false, false, CriuManageCgroups.Soft, "nftables", []),
        Network = CaptureMode.Native,
        Files = [new ImageFile("core-1.img", 5)],
    };

    private string ReadRefusal() => Assert.Throws<CheckpointRefusedException>(() => CheckpointManifest.Read(_place.Path)).Message;

    private string ImagesRefusal(CheckpointManifest manifest) =>
        Assert.Throws<CheckpointRefusedException>(() => RestoreRefusals.CheckImages(_place.Path, manifest)).Message;
}
