using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Preflight;
using LxcNative.Orchestrator.Restores;

namespace LxcNative.Orchestrator.Tests;

/// <summary>The methods that return at once: what they throw and when they are cancelled is what the blocking ones do.</summary>
public sealed class AsynchronousTests : IDisposable
{
    private readonly TemporaryDirectory _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task ARefusalComesByTheTask()
    {
        var token = TestContext.Current.CancellationToken;
        var name = $"lxn-none-{Guid.NewGuid():N}";

        var refusal = await Assert.ThrowsAnyAsync<RefusedException>(() => new Checkpointer().CheckpointAsync(name, cancellation: token));

        Assert.Equal(Assert.ThrowsAny<RefusedException>(() => new Checkpointer().Checkpoint(name, cancellation: token)).Message, refusal.Message);
        await Assert.ThrowsAnyAsync<RefusedException>(() => PreflightCheck.RunAsync(ContainerReference.FromName(name), cancellation: token));
        await Assert.ThrowsAnyAsync<LxcNativeException>(() => new Restorer().RestoreAsync(_place.Path, cancellation: token));
    }

    [Fact]
    public async Task WhatIsCancelledBeforeItStartsDoesNothing()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new Checkpointer().CheckpointAsync(Environment.ProcessId, cancellation: cancelled.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => PreflightCheck.RunAsync(ContainerReference.FromPid(Environment.ProcessId),
            cancellation: cancelled.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new Restorer().RestoreAsync(_place.Path, cancellation: cancelled.Token));
    }

    [Fact]
    public async Task TheWorkIsDoneByAThreadOfItsOwn() =>
        Assert.False(await OwnThread.Run(() => Thread.CurrentThread.IsThreadPoolThread, TestContext.Current.CancellationToken));
}
