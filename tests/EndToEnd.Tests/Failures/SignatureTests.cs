using LxcNative.EndToEnd.Tests.Cycles;
using LxcNative.EndToEnd.Tests.Fixtures;
using LxcNative.Testing;

namespace LxcNative.EndToEnd.Tests.Failures;

/// <summary>A checkpoint that is signed is restored where its signature is asked for, and no other.</summary>
public sealed class SignatureTests : IDisposable
{
    private const int Refused = 3;
    private readonly TemporaryDirectory _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public void OnlyWhatTheKeysOwnerSignedIsRestored()
    {
        Requirement.Lxc();
        Requirement.LxcNative();
        SigningKey.Make(_place["own"]);
        SigningKey.Make(_place["other"]);
        using var container = LxcContainer.Start(new LxcContainerOptions());
        Unchanged.Settle(container);
        var images = _place["images"];
        // A key that is none is found out before anything else is.
        var refused = LxcNativeCommand.Run("checkpoint", "--pid", $"{container.InitPid}", "-D", images, "--sign", _place["own.pub"]);
        Assert.True(refused.ExitCode == Refused, refused.ToString());
        Assert.False(Directory.Exists(images));

        Cycle.Checkpoint(container, images, "--sign", _place["own"]);
        LxcNativeCommand.Run("verify", "-D", images, "--verify-key", _place["own.pub"]).OrThrow();
        Assert.Equal(Refused, LxcNativeCommand.Run("verify", "-D", images, "--verify-key", _place["other.pub"]).ExitCode);
        refused = LxcNativeCommand.Run("restore", "-D", images, "--verify-key", _place["other.pub"]);
        Assert.True(refused.ExitCode == Refused, refused.ToString());
        Assert.Contains("is not as the owner of", refused.Error, StringComparison.Ordinal);

        Cycle.Restore(container, images, "--verify-key", _place["own.pub"]);
    }
}
