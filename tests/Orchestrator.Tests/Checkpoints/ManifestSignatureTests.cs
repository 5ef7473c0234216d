using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Preflight;
using LxcNative.Testing;

namespace LxcNative.Orchestrator.Tests.Checkpoints;

/// <summary>Who made a checkpoint; openssl makes the keys, and signs and verifies the same.</summary>
public sealed class ManifestSignatureTests : IDisposable
{
    private readonly TemporaryDirectory _place = new();

    public ManifestSignatureTests()
    {
        Requirement.Root();
        Requirement.Tool("openssl");
        SigningKey.Make(_place["own"]);
        SigningKey.Make(_place["other"]);
        Directory.CreateDirectory(Images);
        File.WriteAllText(Path.Combine(Images, "core-1.img"), "12345");
        var manifest = ManifestTests.Manifest() with { Files = ImageHash.AddTo(Images, [new ImageFile("core-1.img", 5)]) };
        File.WriteAllBytes(Manifest, manifest.ToJson());
    }

    private string Images => _place["images"];

    private string Manifest => Path.Combine(Images, CheckpointManifest.FileName);

    private string Signature => Path.Combine(Images, ManifestSignature.FileName);

    public void Dispose() => _place.Dispose();

    [Fact]
    public void WhatIsSignedHereIsVerifiedByOpensslAndTheOtherWayRound()
    {
        Sign("own");
        TestProgram.Run("openssl", "dgst", "-sha256", "-verify", _place["own.pub"], "-signature", Signature, Manifest);
        Assert.Empty(Verify("own.pub"));

        TestProgram.Run("openssl", "dgst", "-sha256", "-sign", _place["other"], "-out", Signature, Manifest);
        Assert.Empty(Verify("other.pub"));
        Assert.Contains("is not as the owner of", Assert.Single(Verify("own.pub")).Seen, StringComparison.Ordinal);
    }

    [Fact]
    public void WhateverIsChangedAfterwardsIsSeen()
    {
        Assert.Contains("is not signed", Assert.Single(Verify("own.pub")).Seen, StringComparison.Ordinal);
        Sign("own");
        File.WriteAllText(Path.Combine(Images, "core-1.img"), "12346");
        Assert.NotEmpty(Verify("own.pub"));
        File.WriteAllText(Path.Combine(Images, "core-1.img"), "12345");
        File.AppendAllText(Manifest, " ");
        Assert.NotEmpty(Verify("own.pub"));
        File.WriteAllBytes(Signature, [1, 2, 3]);
        Assert.NotEmpty(Verify("own.pub"));
        File.WriteAllBytes(Signature, new byte[ManifestSignature.Longest + 1]);
        Assert.NotEmpty(Verify("own.pub"));
    }

    [Fact]
    public void WhatWasReadIsVerifiedWhateverIsInTheFileByThen()
    {
        Sign("own");
        var genuine = CheckpointManifest.Read(Images);
        var text = File.ReadAllBytes(Manifest);
        File.AppendAllText(Manifest, " ");
        var forged = CheckpointManifest.Read(Images);

        Assert.Empty(ManifestSignature.Check(Images, genuine, _place["own.pub"]));
        File.WriteAllBytes(Manifest, text);
        Assert.Contains("is not as the owner of", Assert.Single(ManifestSignature.Check(Images, forged, _place["own.pub"])).Seen, StringComparison.Ordinal);
        Assert.NotEmpty(ManifestSignature.Check(Images, ManifestTests.Manifest(), _place["own.pub"]));
        Assert.Empty(ManifestSignature.Check(Images, forged, keyFile: null));
    }

    [Fact]
    public void WhatIsNoKeyIsRefused()
    {
        File.SetUnixFileMode(_place["own.pub"], UnixFileMode.UserRead);
        Assert.Contains("no private key", Refusal(() => ManifestSignature.SigningKey(_place["own.pub"])), StringComparison.Ordinal);
        File.SetUnixFileMode(_place["own"], UnixFileMode.UserRead | UnixFileMode.OtherRead);
        Assert.Contains("by others", Refusal(() => ManifestSignature.SigningKey(_place["own"])), StringComparison.Ordinal);
        var manifest = CheckpointManifest.Read(Images);
        File.WriteAllText(_place["text"], "text");
        foreach (var name in (string[])["text", "absent"])
        {
            Assert.Contains("is no key", Refusal(() => ManifestSignature.Check(Images, manifest, _place[name])), StringComparison.Ordinal);
            // That says nothing of the images.
            Assert.Contains("is no key", Refusal(() => ImagesVerification.Run(Images, _place[name])), StringComparison.Ordinal);
        }

        TestProgram.Run("openssl", "genpkey", "-algorithm", "ED25519", "-out", _place["edwards"]);
        Assert.Contains("is no key", Refusal(() => ManifestSignature.Check(Images, manifest, _place["edwards"])), StringComparison.Ordinal);
    }

    private static string Refusal(Action action) => Assert.Throws<RefusedException>(action).Message;

    private void Sign(string name)
    {
        using var key = ManifestSignature.SigningKey(_place[name]);
        File.WriteAllBytes(Signature, ManifestSignature.Sign(key, File.ReadAllBytes(Manifest)));
    }

    private IReadOnlyList<Finding> Verify(string key) => ImagesVerification.Run(Images, _place[key]).Findings;
}
