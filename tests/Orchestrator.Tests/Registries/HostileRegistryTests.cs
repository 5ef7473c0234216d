using System.Text;
using System.Text.Json.Nodes;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Registries;
using LxcNative.Orchestrator.Storage;
using LxcNative.Orchestrator.Storage.Transfer;
using LxcNative.Orchestrator.Tests.Storage;
using LxcNative.Testing;

namespace LxcNative.Orchestrator.Tests.Registries;

/// <summary>Registries that mean harm, or are broken: nothing of what they send stays, and nothing is told that they should not know.</summary>
public sealed class HostileRegistryTests : IDisposable
{
    private readonly TemporaryDirectory _place = new();
    private readonly CheckpointStore _store;
    private readonly FakeRegistry _registry = new();

    public HostileRegistryTests()
    {
        Requirement.Root();
        _store = new CheckpointStore(_place["store"]);
    }

    private string LayerDigest => JsonNode.Parse(_registry.Manifests["one"])!["layers"]![0]!["digest"]!.GetValue<string>();

    public void Dispose()
    {
        _registry.Dispose();
        _place.Dispose();
    }

    [Fact]
    public void OneThatDoesAsItShouldGivesWhatItWasGiven()
    {
        var pushed = Push(SampleCheckpoint.Make(_place["dump"], noise: 300_000));
        var pulled = Pull();
        Assert.Equal(("web/20240101T000000.000Z", "web", "before", pushed.Image), (pulled.Reference, pulled.Container, pulled.Label, pulled.Image));
        Assert.True(Assert.Single(_store.List()).IsComplete);
        Assert.Equal(File.ReadAllBytes(_place["dump/pages-2.img"]), File.ReadAllBytes(Path.Combine(pulled.ImagesDirectory, "pages-2.img")));
    }

    [Theory]
    [InlineData("first")]
    [InlineData("last")]
    [InlineData("short")]
    [InlineData("long")]
    public void ALayerThatIsNotWhatItsDigestSaysIsRefused(string how)
    {
        Push(SampleCheckpoint.Make(_place["dump"], noise: 300_000), compression: ArchiveCompression.None);
        var blob = _registry.Blobs[LayerDigest];
        // The last byte is behind the end of the archive, where no reader of archives looks.
        blob[how == "first" ? 0 : ^1] ^= 1;
        _registry.Blobs[LayerDigest] = how switch { "short" => blob[..^600], "long" => [.. blob, 1], _ => blob };
        RefusedAndNothingLeft(how switch { "first" => "cannot be imported", "last" => "something else", _ => "bytes for sha256:" });
    }

    [Fact]
    public void AManifestThatWasChangedIsRefused()
    {
        var pushed = Push(SampleCheckpoint.Make(_place["dump"]));
        var image = ImageReference.Parse(pushed.Image);
        _registry.Manifests[image.Digest!] = [.. _registry.Manifests["one"], (byte)' '];
        RefusedAndNothingLeft("something else", image);
        _registry.Instead = request => request.Path.Contains("/manifests/one", StringComparison.Ordinal)
            ? new FakeAnswer(200, $"Docker-Content-Digest: sha256:{new string('0', 64)}") { Body = _registry.Manifests["one"] } : null;
        RefusedAndNothingLeft("changed on the way");
    }

    [Fact]
    public void ABodyWithoutAnEndEndsWhereTheManifestSays()
    {
        Push(SampleCheckpoint.Make(_place["dump"], noise: 300_000));
        long written = 0;
        _registry.Instead = request => !request.Path.Contains("/blobs/", StringComparison.Ordinal) ? null
            : new FakeAnswer(200, "Transfer-Encoding: chunked")
            {
                Write = stream =>
                {
                    for (var zeros = new byte[1 << 16]; ; written += zeros.Length)
                        stream.Write([.. "10000\r\n"u8, .. zeros, .. "\r\n"u8]);
                },
            };
        RefusedAndNothingLeft(null);
        Assert.InRange(written, 0, 16 << 20);
    }

    [Fact]
    public void AnEndlessManifestIsNotReadToItsEnd()
    {
        long written = 0;
        _registry.Instead = _ => new FakeAnswer(200, "Transfer-Encoding: chunked")
        {
            Write = stream =>
            {
                for (var blanks = Encoding.ASCII.GetBytes($"10000\r\n{new string(' ', 1 << 16)}\r\n"); ; written += blanks.Length)
                    stream.Write(blanks);
            },
        };
        RefusedAndNothingLeft("more than 4194304 bytes");
        Assert.InRange(written, 0, 64 << 20);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"schemaVersion":2}""")]
    [InlineData("""{"schemaVersion":2,"layers":[]}""")]
    [InlineData("""{"schemaVersion":2,"layers":[null]}""")]
    [InlineData("""{"schemaVersion":2,"layers":[{"size":10}]}""")]
    [InlineData("""{"schemaVersion":2,"layers":[{"size":10,"digest":"sha256:../../../../../../etc/passwd/0000000000000000000000000000000000000000"}]}""")]
    [InlineData("""{"schemaVersion":2,"layers":[{"size":-1,"digest":"sha256:0000000000000000000000000000000000000000000000000000000000000000"}]}""")]
    [InlineData("""{"schemaVersion":2,"layers":[{"size":1e30,"digest":"sha256:0000000000000000000000000000000000000000000000000000000000000000"}]}""")]
    [InlineData("""{"schemaVersion":2,"manifests":[]}""")]
    [InlineData("""{"schemaVersion":2,"manifests":[null,null]}""")]
    [InlineData("""{"schemaVersion":2,"manifests":[{"digest":"sha256:../x"}]}""")]
    public void AManifestThatIsNoneIsRefused(string manifest)
    {
        _registry.Manifests["one"] = Encoding.UTF8.GetBytes(manifest);
        RefusedAndNothingLeft(null);
        Assert.Single(_registry.Requests);
    }

    [Fact]
    public void AListThatNamesItselfEnds()
    {
        var inner = Encoding.UTF8.GetBytes("""{"schemaVersion":2,"manifests":[]}""");
        var digest = ContentDigest.Of(inner).Text;
        _registry.Manifests[digest] = inner;
        _registry.Manifests["one"] = Encoding.UTF8.GetBytes($$"""{"schemaVersion":2,"manifests":[{"digest":"{{digest}}"}]}""");
        RefusedAndNothingLeft("list of lists");
    }

    [Fact]
    public void AnArchiveThatClimbsOutIsRefused()
    {
        using var archive = new MemoryStream();
        using (var writer = new ArchiveWriter(archive, ArchiveCompression.Gzip, DateTimeOffset.UnixEpoch))
        {
            writer.Add("checkpoint/../../../escaped", "x"u8.ToArray());
            writer.Complete();
        }

        Offer(archive.ToArray());
        RefusedAndNothingLeft("escaped");
        Assert.False(File.Exists(_place["escaped"]));
    }

    [Fact]
    public void MuchBehindTheEndOfAnArchiveIsNotWaitedFor()
    {
        Push(SampleCheckpoint.Make(_place["dump"]), compression: ArchiveCompression.None);
        Offer([.. _registry.Blobs[LayerDigest], .. new byte[3 << 20]]);
        RefusedAndNothingLeft("follow the end of the archive");
    }

    [Fact]
    public void CircularAddressesEnd()
    {
        _registry.Instead = request => new FakeAnswer(307, $"Location: {request.Path}");
        RefusedAndNothingLeft("more than 5 times");
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("http://user:password@127.0.0.1/")]
    [InlineData("")]
    public void AnAddressThatIsNoneIsRefused(string location)
    {
        _registry.Instead = _ => new FakeAnswer(302, $"Location: {location}");
        RefusedAndNothingLeft("no address");
    }

    [Theory]
    [InlineData("blob")]
    [InlineData("token")]
    [InlineData("upload")]
    public void WhatLeadsAwayFromTlsIsNotFollowed(string what)
    {
        using var certificate = TestCertificate.Make();
        Directory.CreateDirectory(_place["certs"]);
        File.WriteAllText(_place["certs/ca.crt"], certificate.ExportCertificatePem());
        // The one without TLS has all of it, and would give and take it.
        Push(SampleCheckpoint.Make(_place["dump"]));
        _registry.Requests.Clear();
        using var secure = new FakeRegistry(certificate: certificate);
        foreach (var (name, manifest) in _registry.Manifests)
            secure.Manifests[name] = manifest;
        secure.Instead = request => what switch
        {
            "blob" when request.Path.Contains("/blobs/", StringComparison.Ordinal) => new FakeAnswer(307, $"Location: http://{_registry.Name}{request.Path}"),
            "upload" when request.Method == "POST" => new FakeAnswer(202, $"Location: http://{_registry.Name}/v2/web/blobs/uploads/1"),
            "token" => new FakeAnswer(401, $"WWW-Authenticate: Bearer realm=\"http://{_registry.Name}/token\""),
            _ => null,
        };
        var options = secure.Options with { PlainHttp = false, CertDir = _place["certs"] };

        var refusal = Assert.Throws<RefusedException>(() =>
        {
            if (what == "upload")
                CheckpointPush.Run(_place["dump"], secure.Image(), options, cancellation: TestContext.Current.CancellationToken);
            else
                CheckpointPull.Run(secure.Image(), _store, options, cancellation: TestContext.Current.CancellationToken);
        });

        Assert.Contains("without TLS", refusal.Message, StringComparison.Ordinal);
        Assert.NotEmpty(secure.Requests);
        Assert.Empty(_registry.Requests);
        Assert.Empty(_store.List());
    }

    [Theory]
    [InlineData("blob")]
    [InlineData("token")]
    [InlineData("upload")]
    public void TheAuthorityOfARegistryVouchesForNoOtherHost(string what)
    {
        using var certificate = TestCertificate.Make();
        Directory.CreateDirectory(_place["certs"]);
        File.WriteAllText(_place["certs/ca.crt"], certificate.ExportCertificatePem());
        var source = SampleCheckpoint.Make(_place["dump"]);
        using var registry = new FakeRegistry(certificate: certificate);
        // It has all of it, and a certificate of the same authority, for the same name.
        using var other = new FakeRegistry(certificate: certificate);
        var options = registry.Options with { PlainHttp = false, CertDir = _place["certs"] };
        CheckpointPush.Run(source, registry.Image(), options, cancellation: TestContext.Current.CancellationToken);
        foreach (var (digest, blob) in registry.Blobs)
            other.Blobs[digest] = blob;
        if (what == "upload")
            registry.Blobs.Clear();
        registry.Instead = request => what switch
        {
            "blob" when request.Path.Contains("/blobs/", StringComparison.Ordinal) => new FakeAnswer(307, $"Location: https://{other.Name}{request.Path}"),
            "upload" when request.Method == "POST" => new FakeAnswer(202, $"Location: https://{other.Name}/v2/web/blobs/uploads/1"),
            "token" => new FakeAnswer(401, $"WWW-Authenticate: Bearer realm=\"https://{other.Name}/token\""),
            _ => null,
        };

        var refusal = Assert.Throws<RefusedException>(() =>
        {
            if (what == "upload")
                CheckpointPush.Run(source, registry.Image(), options, cancellation: TestContext.Current.CancellationToken);
            else
                CheckpointPull.Run(registry.Image(), _store, options, cancellation: TestContext.Current.CancellationToken);
        });

        Assert.Contains($"no TLS connection to {other.Name}", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("is not believed for another host", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(other.Requests);
    }

    [Fact]
    public void AnotherHostIsNotToldThePassword()
    {
        File.WriteAllText(_place["auth.json"], Auth(_registry.Name));
        Push(SampleCheckpoint.Make(_place["dump"]));
        using var other = new FakeRegistry();
        foreach (var (digest, blob) in _registry.Blobs)
            other.Blobs[digest] = blob;
        _registry.Instead = request => request["Authorization"] is null ? new FakeAnswer(401, "WWW-Authenticate: Basic realm=\"x\"")
            : request.Path.Contains("/blobs/", StringComparison.Ordinal) ? new FakeAnswer(307, $"Location: http://{other.Name}{request.Path}") : null;

        CheckpointPull.Run(_registry.Image(), _store, _registry.Options with { AuthFile = _place["auth.json"] },
            cancellation: TestContext.Current.CancellationToken);

        Assert.NotEmpty(other.Requests);
        Assert.All(other.Requests, request => Assert.Null(request["Authorization"]));
        Assert.Contains(_registry.Requests, request => request["Authorization"] == $"Basic {Convert.ToBase64String("user:secret"u8)}");
    }

    [Fact]
    public void OneThatNeverStopsAskingIsRefused()
    {
        File.WriteAllText(_place["auth.json"], Auth(_registry.Name));
        _registry.Instead = _ => new FakeAnswer(401, "WWW-Authenticate: Basic realm=\"x\"");
        var refusal = Assert.Throws<RefusedException>(() => CheckpointPull.Run(_registry.Image(), _store,
            _registry.Options with { AuthFile = _place["auth.json"] }, cancellation: TestContext.Current.CancellationToken));
        Assert.Contains("does not let user", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(2, _registry.Requests.Count);
    }

    [Theory]
    [InlineData("/token")]
    [InlineData("ftp://127.0.0.1/token")]
    [InlineData("not an address")]
    public void ATokenServerThatIsNoneIsNotAsked(string realm)
    {
        _registry.Instead = _ => new FakeAnswer(401, $"WWW-Authenticate: Bearer realm=\"{realm}\"");
        RefusedAndNothingLeft("no server that gives tokens");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"token":"a\r\nX-Other: 1"}""")]
    [InlineData("<html>")]
    public void ATokenThatIsNoneIsRefused(string answer)
    {
        _registry.Instead = request => request.Path.StartsWith("/token", StringComparison.Ordinal)
            ? new FakeAnswer(200) { Body = Encoding.UTF8.GetBytes(answer) }
            : new FakeAnswer(401, $"WWW-Authenticate: Bearer realm=\"http://{_registry.Name}/token\"");
        RefusedAndNothingLeft("no token");
    }

    private static string Auth(string registry) =>
        $$"""{"auths":{"{{registry}}":{"auth":"{{Convert.ToBase64String("user:secret"u8)}}"} } }""";

    private PushedCheckpoint Push(string directory, ArchiveCompression compression = ArchiveCompression.Zstd) =>
        CheckpointPush.Run(directory, _registry.Image(), _registry.Options, compression, cancellation: TestContext.Current.CancellationToken);

    private PulledCheckpoint Pull(ImageReference? image = null) =>
        CheckpointPull.Run(image ?? _registry.Image(), _store, _registry.Options, cancellation: TestContext.Current.CancellationToken);

    private void Offer(byte[] layer)
    {
        var digest = ContentDigest.Of(layer).Text;
        _registry.Blobs[digest] = layer;
        _registry.Manifests["one"] = Encoding.UTF8.GetBytes($$"""{"schemaVersion":2,"layers":[{"digest":"{{digest}}","size":{{layer.Length}}}]}""");
    }

    private void RefusedAndNothingLeft(string? text, ImageReference? image = null)
    {
        Assert.Contains(text ?? "", Assert.ThrowsAny<RefusedException>(() => Pull(image)).Message, StringComparison.Ordinal);
        Assert.Empty(_store.List());
        Assert.DoesNotContain(Directory.Exists(_store.Path) ? Directory.EnumerateFiles(_store.Path, "*", SearchOption.AllDirectories) : [], _ => true);
    }
}
