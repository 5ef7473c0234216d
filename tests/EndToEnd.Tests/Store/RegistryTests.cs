using System.Text.Json;
using LxcNative.EndToEnd.Tests.Fixtures;
using LxcNative.Testing;

namespace LxcNative.EndToEnd.Tests.Store;

/// <summary>A checkpoint of a real container that went through a real registry: it is restored.</summary>
public sealed class RegistryTests : IDisposable
{
    private readonly TemporaryDirectory _place = new();
    private readonly LxcContainer _container;

    public RegistryTests()
    {
        Requirement.LxcNative();
        Requirement.Registry();
        _container = LxcContainer.StartOnBridge();
    }

    public void Dispose()
    {
        _container.Dispose();
        _place.Dispose();
    }

    [Fact]
    public void APulledOneIsRestored()
    {
        using var registry = new DockerRegistry();
        using var payload = _container.ConnectPayload();
        payload.RequireGoingOn();
        Run("checkpoint", _container.Name, "--rehearse", "never", "--name", "moved", "--store", _place["here"]);
        var image = $"{registry.Name}/containers/web:moved";

        var pushed = LxcNativeCommand.Run("push", $"{_container.Name}/moved", image, "--plain-http", "--store", _place["here"]).OrThrow();
        Assert.StartsWith($"{image}@sha256:", pushed.Output, StringComparison.Ordinal);
        // Nobody watches: one line when it is through.
        Assert.Matches("^pushed [0-9.]+ [KM]iB in [0-9.]+ m?s\n\\z", pushed.Error);
        Assert.Empty(Run("push", $"{_container.Name}/moved", image, "--plain-http", "--quiet", "--store", _place["here"]).Error);
        var inspected = JsonDocument.Parse(Command.Run("skopeo", "--insecure-policy", "inspect", "--raw", "--tls-verify=false", $"docker://{image}").Output);
        Assert.Equal(_container.Name,
            inspected.RootElement.GetProperty("annotations").GetProperty("org.criu.checkpoint.container.name").GetString());
        Run("delete", $"{_container.Name}/moved", "--store", _place["here"]);
        Assert.Equal(3, LxcNativeCommand.Run("pull", image, "--store", _place["there"]).ExitCode);

        var pulled = Run("pull", pushed.Output.Trim(), "--plain-http", "--store", _place["there"]).Output.Trim();
        Assert.StartsWith($"{_container.Name}/", pulled, StringComparison.Ordinal);
        Run("verify", "-D", _place[$"there/{pulled}"]);
        var restored = Run("restore", $"{_container.Name}/moved", "--store", _place["there"]);
        _container.Adopt(int.Parse(restored.Output));
        payload.RequireGoingOn();
    }

    private static LxcNativeResult Run(params string[] arguments) => LxcNativeCommand.Run(arguments).OrThrow();
}
