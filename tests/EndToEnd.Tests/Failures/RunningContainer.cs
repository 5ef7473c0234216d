using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Failures;

/// <summary>A container that failing checkpoints are tried on, with a client connected.</summary>
public sealed class RunningContainer : IDisposable
{
    private readonly EchoClient _echo;

    public RunningContainer()
    {
        Container = LxcContainer.StartOnBridge();
        Payload = Container.ConnectPayload();
        _echo = Payload.StartEcho();
    }

    public LxcContainer Container { get; }

    public PayloadClient Payload { get; }

    /// <summary>Requires that it runs on: every counter, the connection, no lock.</summary>
    public void RequireUnharmed()
    {
        Payload.RequireGoingOn();
        _echo.RequireAnswers(10);
        Assert.Equal("", Container.Inside("net", "nft", "list", "ruleset").OrThrow().Output);
        Assert.Equal("RUNNING", Container.State());
    }

    public void Dispose()
    {
        _echo.Dispose();
        Payload.Dispose();
        Container.Dispose();
    }
}
