using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Store;

/// <summary>A checkpoint of a real container that left the machine as one file and came back: it is restored.</summary>
public sealed class TransferTests : IDisposable
{
    private const string Reader = """
        import json, sys, tarfile
        t = tarfile.open(sys.argv[1])
        config, spec, network = (json.load(t.extractfile(n)) for n in ('config.dump', 'spec.dump', 'network.status'))
        assert t.getmember('checkpoint').isdir() and t.getmember('checkpoint/inventory.img').isfile() and t.getmember('stats-dump').size > 0
        assert spec['annotations']['io.container.manager'] == 'libpod' and config['runtime'] == 'lxc', (config, spec)
        print(config['name'], *(i['subnets'][0]['ipnet'] for n in network.values() for i in n['interfaces'].values()))
        """;

    private readonly TemporaryDirectory _place = new();
    private readonly LxcContainer _container;

    public TransferTests()
    {
        Requirement.LxcNative();
        Requirement.Python();
        _container = LxcContainer.StartOnBridge();
    }

    public void Dispose()
    {
        _container.Dispose();
        _place.Dispose();
    }

    [Theory]
    [InlineData("zstd")]
    [InlineData("gzip")]
    public void AnImportedOneIsRestored(string compression)
    {
        using var payload = _container.ConnectPayload();
        payload.RequireGoingOn();
        Run("checkpoint", _container.Name, "--rehearse", "never", "--name", "moved", "--store", _place["here"]);
        var exported = Run("export", $"{_container.Name}/moved", _place["one.tar"], "--compress", compression, "--store", _place["here"], "--json").Json();
        Assert.Equal(64, exported.GetProperty("sha256").GetString()!.Length);
        if (compression == "gzip")
            Assert.StartsWith(
                $"{_container.Name} {_container.Ipv4}/", Command.Run("python3", "-c", Reader, _place["one.tar"]).Output, StringComparison.Ordinal);
        Assert.Equal(3, LxcNativeCommand.Run("export", "-D", exported.GetProperty("imagesDirectory").GetString()!, _place["one.tar"]).ExitCode);
        Run("delete", $"{_container.Name}/moved", "--store", _place["here"]);

        var imported = Run("import", _place["one.tar"], "--store", _place["there"]).Output.Trim();
        Assert.StartsWith($"{_container.Name}/", imported, StringComparison.Ordinal);
        Assert.True(Assert.Single(Run("list", "--store", _place["there"], "--json").Json().EnumerateArray()).GetProperty("restorable").GetBoolean());
        Run("verify", "-D", _place[$"there/{imported}"]);
        var restored = Run("restore", $"{_container.Name}/moved", "--store", _place["there"]);
        _container.Adopt(int.Parse(restored.Output));
        payload.RequireGoingOn();
        Run("delete", imported, "--store", _place["there"]);
    }

    private static LxcNativeResult Run(params string[] arguments) => LxcNativeCommand.Run(arguments).OrThrow();
}
