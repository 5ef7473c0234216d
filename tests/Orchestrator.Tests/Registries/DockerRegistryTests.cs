using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Registries;
using LxcNative.Orchestrator.Storage;
using LxcNative.Orchestrator.Storage.Transfer;
using LxcNative.Orchestrator.Tests.Storage;
using LxcNative.Testing;

namespace LxcNative.Orchestrator.Tests.Registries;

/// <summary>A real registry, and skopeo, which knows nothing of this library.</summary>
public sealed class DockerRegistryTests : IDisposable
{
    private readonly TemporaryDirectory _place = new();
    private readonly CheckpointStore _store;
    private readonly string _checkpoint;

    public DockerRegistryTests()
    {
        Requirement.Root();
        Requirement.Tool("docker-registry");
        Requirement.Tool("skopeo");
        _store = new CheckpointStore(_place["store"]);
        File.WriteAllText(_place["none.json"], "{}");
        _checkpoint = SampleCheckpoint.Make(_place["dump"], noise: 3 << 20);
    }

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData(ArchiveCompression.Zstd, "tar+zstd")]
    [InlineData(ArchiveCompression.Gzip, "tar+gzip")]
    [InlineData(ArchiveCompression.None, "tar")]
    public void AnotherProgramReadsWhatWasPushed(ArchiveCompression compression, string kind)
    {
        using var registry = new DockerRegistry();
        var pushed = Push(registry, compression);
        Assert.True(pushed.Sent);
        Assert.False(Push(registry, compression).Sent);

        var manifest = JsonNode.Parse(Skopeo("inspect", "--raw", $"docker://{registry.Name}/a/web:one"))!;
        Assert.Equal($"application/vnd.oci.image.layer.v1.{kind}", manifest["layers"]![0]!["mediaType"]!.GetValue<string>());
        foreach (var name in (string[])["org.criu.checkpoint.container.name", "io.kubernetes.cri-o.annotations.checkpoint.name",
            "io.podman.annotations.checkpoint.name"])
            Assert.Equal("web", manifest["annotations"]![name]!.GetValue<string>());
        Assert.Equal("lxc", manifest["annotations"]!["org.criu.checkpoint.engine.name"]!.GetValue<string>());
        var inspected = JsonNode.Parse(Skopeo("inspect", $"docker://{registry.Name}/a/web:one"))!;
        Assert.Equal((ImageReference.Parse(pushed.Image).Digest, "linux"),
            (inspected["Digest"]!.GetValue<string>(), inspected["Os"]!.GetValue<string>()));
        var exported = CheckpointExport.Run(_checkpoint, _place["one.tar"], compression, cancellation: TestContext.Current.CancellationToken);
        Skopeo("copy", $"docker://{registry.Name}/a/web:one", $"dir:{_place["copy"]}");
        Assert.Equal(File.ReadAllBytes(exported.File), File.ReadAllBytes(_place[$"copy/{exported.Sha256}"]));
        // Before compression it is what the configuration says; skopeo compares both where it decompresses.
        if (compression != ArchiveCompression.Zstd)
            Skopeo("copy", "--dest-decompress", $"docker://{registry.Name}/a/web:one", $"dir:{_place["plain"]}");
    }

    [Theory]
    [InlineData("oci", ArchiveCompression.Zstd)]
    [InlineData("oci", ArchiveCompression.None)]
    [InlineData("v2s2", ArchiveCompression.Gzip)]
    public void WhatAnotherProgramPushedIsPulled(string format, ArchiveCompression compression)
    {
        using var registry = new DockerRegistry();
        Push(registry, compression);
        Skopeo("copy", "--format", format, $"docker://{registry.Name}/a/web:one", $"docker://{registry.Name}/b/other:two");

        var pulled = CheckpointPull.Run(ImageReference.Parse($"{registry.Name}/b/other:two"), _store, Plain,
            cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(("web/20240101T000000.000Z", "before"), (pulled.Reference, pulled.Label));
        Assert.Equal(File.ReadAllBytes(Path.Combine(_checkpoint, "pages-2.img")), File.ReadAllBytes(Path.Combine(pulled.ImagesDirectory, "pages-2.img")));
        Assert.Throws<RefusedException>(() => CheckpointPull.Run(ImageReference.Parse($"{registry.Name}/b/other:two"), _store, Plain,
            cancellation: TestContext.Current.CancellationToken));
        var byDigest = CheckpointPull.Run(ImageReference.Parse(pulled.Image), _store, Plain, _place["there"],
            cancellation: TestContext.Current.CancellationToken);
        Assert.Equal((null, pulled.Image), (byDigest.Reference, byDigest.Image));
    }

    [Fact]
    public void AnImageThatIsNoCheckpointIsRefused()
    {
        using var registry = new DockerRegistry();
        Assert.Contains("no image", Assert.Throws<RefusedException>(() => Pull(registry)).Message, StringComparison.Ordinal);
        Directory.CreateDirectory(_place["tree/etc"]);
        File.WriteAllText(_place["tree/etc/passwd"], "root");
        TestProgram.Run("tar", "-C", _place["tree"], "-cf", _place["tree.tar"], "etc");
        TestProgram.Run("python3", "-c", """
            import hashlib, json, os, shutil, sys
            source, target = sys.argv[1:]
            os.makedirs(target); sha = lambda b: hashlib.sha256(b).hexdigest()
            def put(b): open(f'{target}/{sha(b)}', 'wb').write(b); return {'digest': f'sha256:{sha(b)}', 'size': len(b)}
            layer = open(source, 'rb').read()
            config = json.dumps({'architecture': 'amd64', 'os': 'linux', 'config': {}, 'rootfs': {'type': 'layers', 'diff_ids': [f'sha256:{sha(layer)}']}}).encode()
            kind = 'application/vnd.oci.image.'
            json.dump({'schemaVersion': 2, 'config': {'mediaType': kind + 'config.v1+json', **put(config)},
                'layers': [{'mediaType': kind + 'layer.v1.tar', **put(layer)}]}, open(f'{target}/manifest.json', 'w'))
            open(f'{target}/version', 'w').write('Directory Transport Version: 1.1\n')
            """, _place["tree.tar"], _place["image"]);
        Skopeo("copy", $"dir:{_place["image"]}", $"docker://{registry.Name}/a/web:one");
        Assert.Contains("no exported checkpoint has", Assert.ThrowsAny<RefusedException>(() => Pull(registry)).Message, StringComparison.Ordinal);
        Assert.Empty(_store.List());
    }

    [Fact]
    public void APasswordIsAskedFor()
    {
        using var registry = new DockerRegistry(auth: "  htpasswd: { realm: x, path: PASSWORDS }");
        Assert.Contains("no credentials", Assert.Throws<RefusedException>(() => Push(registry)).Message, StringComparison.Ordinal);
        Skopeo("login", "--authfile", _place["auth.json"], "-u", "user", "-p", "secret", registry.Name);
        Assert.True(Push(registry, options: Plain with { AuthFile = _place["auth.json"] }).Sent);
        Assert.Equal("web", Pull(registry, Plain with { AuthFile = _place["auth.json"] }).Container);
        File.WriteAllText(_place["auth.json"], File.ReadAllText(_place["auth.json"]).Replace(Convert.ToBase64String("user:secret"u8),
            Convert.ToBase64String("user:other"u8), StringComparison.Ordinal));
        var refusal = Assert.Throws<RefusedException>(() => Push(registry, options: Plain with { AuthFile = _place["auth.json"] })).Message;
        Assert.Contains("does not let user of", refusal, StringComparison.Ordinal);
        Assert.DoesNotContain("other", refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ATokenIsFetchedWhereItsServerIs(bool byIdentity)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=tokens", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1));
        File.WriteAllText(_place["tokens.pem"], certificate.ExportCertificatePem());
        var asked = new List<string>();
        using var tokens = new FakeRegistry(asking =>
        {
            var isKnown = byIdentity ? Encoding.UTF8.GetString(asking.Body).Contains("refresh_token=long-lived", StringComparison.Ordinal)
                : asking["Authorization"] == $"Basic {Convert.ToBase64String("user:secret"u8)}";
            if (!isKnown)
                return new FakeAnswer(401);
            asked.Add(WebUtility.UrlDecode(byIdentity ? Encoding.UTF8.GetString(asking.Body) : asking.Path));
            var actions = asked[^1].Contains("push", StringComparison.Ordinal) ? "\"pull\",\"push\"" : "\"pull\"";
            return new FakeAnswer(200) { Body = Encoding.UTF8.GetBytes($$"""{"token":"{{Token(key, certificate, actions)}}"}""") };
        });
        using var registry = new DockerRegistry(auth: $"  token: {{ realm: \"http://{tokens.Name}/token\", service: here, issuer: tests, "
            + $"rootcertbundle: {_place["tokens.pem"]} }}");
        var entry = byIdentity ? "\"identitytoken\":\"long-lived\"" : $"\"auth\":\"{Convert.ToBase64String("user:secret"u8)}\"";
        File.WriteAllText(_place["auth.json"], $$"""{"auths":{"{{registry.Name}}":{ {{entry}} } } }""");

        Push(registry, options: Plain with { AuthFile = _place["auth.json"] });
        Assert.Equal("web", Pull(registry, Plain with { AuthFile = _place["auth.json"] }).Container);

        Assert.Contains(asked, text => text.Contains("service=here", StringComparison.Ordinal) && text.Contains("repository:a/web:", StringComparison.Ordinal));
        Assert.Throws<RefusedException>(() => Pull(registry));
    }

    [Fact]
    public void TlsIsTheDefaultAndItsAuthorityHasToBeKnown()
    {
        using var certificate = TestCertificate.Make();
        Directory.CreateDirectory(_place["certs"]);
        Directory.CreateDirectory(_place["others"]);
        File.WriteAllText(_place["certs/ca.crt"], certificate.ExportCertificatePem());
        File.WriteAllText(_place["key.pem"], certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        using var registry = new DockerRegistry($"  tls: {{ certificate: {_place["certs/ca.crt"]}, key: {_place["key.pem"]} }}");
        var tls = new RegistryOptions { AuthFile = _place["none.json"] };

        Assert.Contains("--cert-dir", Assert.Throws<RefusedException>(() => Push(registry, options: tls)).Message, StringComparison.Ordinal);
        Assert.Throws<RefusedException>(() => Push(registry, options: tls with { CertDir = _place["others"] }));
        Assert.True(Push(registry, options: tls with { CertDir = _place["certs"] }).Sent);
        Assert.Equal("web", Pull(registry, tls with { CertDir = _place["certs"] }).Container);
        // Another name than the certificate's.
        Assert.Throws<RefusedException>(() => CheckpointPull.Run(ImageReference.Parse($"localhost:{registry.Port}/a/web:one"), _store,
            tls with { CertDir = _place["certs"] }, cancellation: TestContext.Current.CancellationToken));
    }

    [Fact]
    public void OneThatSpeaksNoTlsIsTold()
    {
        using var registry = new DockerRegistry();
        var tls = new RegistryOptions { AuthFile = _place["none.json"] };
        Assert.Contains("--plain-http", Assert.ThrowsAny<LxcNativeException>(() => Push(registry, options: tls)).Message, StringComparison.Ordinal);
    }

    private RegistryOptions Plain => new() { PlainHttp = true, AuthFile = _place["none.json"] };

    private static string Skopeo(string command, params string[] arguments)
    {
        var verify = (IEnumerable<string>)(command == "copy" ? ["--src-tls-verify=false", "--dest-tls-verify=false"] : ["--tls-verify=false"]);
        return TestProgram.Run("skopeo", ["--insecure-policy", command, .. verify, .. arguments]);
    }

    // As registries check it (distribution's token authentication): signed by a certificate that they know.
    private static string Token(RSA key, X509Certificate2 certificate, string actions)
    {
        static string Url(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var head = Url(Encoding.UTF8.GetBytes($$"""{"typ":"JWT","alg":"RS256","x5c":["{{Convert.ToBase64String(certificate.RawData)}}"]}"""));
        var body = Url(Encoding.UTF8.GetBytes($$"""
            {"iss":"tests","sub":"user","aud":"here","exp":{{now + 300}},"nbf":{{now - 60}},"iat":{{now}},"jti":"1",
            "access":[{"type":"repository","name":"a/web","actions":[{{actions}}]}]}
            """));
        return $"{head}.{body}.{Url(key.SignData(Encoding.ASCII.GetBytes($"{head}.{body}"), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    private PushedCheckpoint Push(DockerRegistry registry, ArchiveCompression compression = ArchiveCompression.Zstd, RegistryOptions? options = null) =>
        CheckpointPush.Run(_checkpoint, ImageReference.Parse($"{registry.Name}/a/web:one"), options ?? Plain, compression,
            cancellation: TestContext.Current.CancellationToken);

    private PulledCheckpoint Pull(DockerRegistry registry, RegistryOptions? options = null) =>
        CheckpointPull.Run(ImageReference.Parse($"{registry.Name}/a/web:one"), _store, options ?? Plain,
            cancellation: TestContext.Current.CancellationToken);
}
