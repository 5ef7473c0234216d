using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Registries;
using LxcNative.Orchestrator.Storage;
using LxcNative.Orchestrator.Storage.Transfer;
using LxcNative.Orchestrator.Tests.Storage;
using LxcNative.Testing;

namespace LxcNative.Orchestrator.Tests.Registries;

/// <summary>Connections that break on the way: both directions go on where they were.</summary>
public sealed class BrokenConnectionTests : IDisposable
{
    private const int Noise = 400_000;

    private readonly TemporaryDirectory _place = new();
    private readonly CheckpointStore _store;
    private readonly FakeRegistry _registry = new();
    private readonly string _checkpoint;

    public BrokenConnectionTests()
    {
        Requirement.Root();
        _store = new CheckpointStore(_place["store"]);
        _checkpoint = SampleCheckpoint.Make(_place["dump"], noise: Noise);
    }

    public void Dispose()
    {
        _registry.Dispose();
        _place.Dispose();
    }

    [Fact]
    public void AnUploadGoesOnWithTheByteThatTheRegistryHasComeTo()
    {
        var breaks = 0;
        _registry.BreakAfter = request => request.Method == "PATCH" && request.Body.Length > 200_000 && breaks++ < 2 ? 100_000 : null;
        var progress = new Collected();

        var pushed = Push(progress);

        Assert.True(pushed.Sent);
        var patches = _registry.Requests.Where(request => request.Method == "PATCH" && request.Body.Length > 1000).ToList();
        Assert.Equal([null, $"100000-{pushed.Bytes - 1}", $"200000-{pushed.Bytes - 1}"], patches.Select(request => request["Content-Range"]));
        Assert.Equal(new TransferProgress(TransferStage.Pushing, pushed.Bytes, pushed.Bytes), progress.All[^1]);
        Assert.Contains(new TransferProgress(TransferStage.Digesting, Noise + 5 + 8192 + 12, Noise + 5 + 8192 + 12), progress.All);
        Assert.Equal("web", Pull().Container);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TheArchiveIsMadeOnceWhereThereIsRoom(bool isFull)
    {
        // What is left of it is less than is to stay free.
        if (isFull)
            TestProgram.Run("mount", ["-t", "tmpfs", "-o", "size=64m,mode=700", "none", Directory.CreateDirectory(_place["full"]).FullName]);
        try
        {
            var source = isFull ? SampleCheckpoint.Make(_place["full/dump"], noise: Noise) : _checkpoint;
            var breaks = 0;
            _registry.BreakAfter = request =>
            {
                if (request.Method != "PATCH" || request.Body.Length < 200_000 || breaks++ > 0)
                    return null;
                // Nobody reads the images any more.
                File.WriteAllBytes(Path.Combine(source, "pages-2.img"), new byte[Noise]);
                return 100_000;
            };

            var failure = Record.Exception(() => CheckpointPush.Run(source, _registry.Image(), _registry.Options,
                cancellation: TestContext.Current.CancellationToken));

            Assert.Equal(isFull, failure is not null);
            Assert.Equal(6, Directory.GetFileSystemEntries(source).Length);
            if (!isFull)
                Assert.Equal("web", Pull().Container);
        }
        finally
        {
            if (isFull)
                TestProgram.Run("umount", [_place["full"]]);
        }
    }

    [Fact]
    public void AnUploadThatWasForgottenBeginsAgain()
    {
        var breaks = 0;
        _registry.BreakAfter = request => request.Method == "PATCH" && request.Body.Length > 200_000 && breaks++ < 1 ? 100_000 : null;
        _registry.Instead = request => request.Method == "GET" && request.Path.Contains("/uploads/", StringComparison.Ordinal) ? new FakeAnswer(404) : null;
        Push();
        Assert.Equal([null, null], _registry.Requests.Where(request => request.Method == "PATCH" && request.Body.Length > 1000)
            .Select(request => request["Content-Range"]));
        _registry.Instead = null;
        Assert.Equal("web", Pull().Container);
    }

    [Fact]
    public void ABlobThatIsThereIsNotSentAgain()
    {
        Assert.True(Push().Sent);
        var before = _registry.Requests.Count;
        Assert.False(Push().Sent);
        Assert.DoesNotContain(_registry.Requests.Skip(before), request => request.Method is "POST" or "PATCH");
    }

    [Fact]
    public void AnUploadThatAlwaysBreaksFailsAndLeavesNoImage()
    {
        _registry.BreakAfter = request => request.Method == "PATCH" ? 0 : null;
        var failure = Assert.Throws<FailedException>(() => Push());
        Assert.Equal(ContainerState.Untouched, failure.State);
        Assert.Empty(_registry.Manifests);
    }

    [Fact]
    public void ARegistryThatIsBusyIsAskedAgain()
    {
        var busy = 0;
        _registry.Instead = _ => busy++ is 0 or 2 or 4 ? new FakeAnswer(503) : null;
        Push();
        Assert.NotEmpty(_registry.Manifests);
        _registry.Instead = _ => new FakeAnswer(429, "Retry-After: 0");
        Assert.Contains("429", Assert.Throws<FailedException>(() => Pull()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ADownloadGoesOnWithTheByteWhereItBroke(bool knowsRanges)
    {
        Push();
        var requests = 0;
        _registry.Instead = request =>
        {
            if (!request.Path.Contains("/blobs/", StringComparison.Ordinal))
                return null;
            var blob = _registry.Blobs[request.Path[(request.Path.LastIndexOf('/') + 1)..]];
            return requests++ switch
            {
                0 => new FakeAnswer(200, $"Content-Length: {blob.Length}") { Write = stream => stream.Write(blob, 0, 150_000) },
                _ => knowsRanges ? null : new FakeAnswer(200) { Body = blob },
            };
        };
        var progress = new Collected();

        var pulled = CheckpointPull.Run(_registry.Image(), _store, _registry.Options, progress: progress, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(2, requests);
        Assert.Matches("bytes=[1-9][0-9]*-", _registry.Requests[^1]["Range"]!);
        Assert.Equal(File.ReadAllBytes(_place["dump/pages-2.img"]), File.ReadAllBytes(Path.Combine(pulled.ImagesDirectory, "pages-2.img")));
        Assert.Equal(progress.All[^1].Expected, progress.All[^1].Done);
    }

    [Fact]
    public void ADownloadThatGoesOnElsewhereIsRefused()
    {
        Push();
        var requests = 0;
        _registry.Instead = request =>
        {
            if (!request.Path.Contains("/blobs/", StringComparison.Ordinal))
                return null;
            var blob = _registry.Blobs[request.Path[(request.Path.LastIndexOf('/') + 1)..]];
            return requests++ == 0 ? new FakeAnswer(200, $"Content-Length: {blob.Length}") { Write = stream => stream.Write(blob, 0, 150_000) }
                : new FakeAnswer(206, $"Content-Range: bytes 0-{blob.Length - 1}/{blob.Length}") { Body = blob };
        };
        Assert.ThrowsAny<RefusedException>(() => Pull());
        Assert.Empty(_store.List());
    }

    [Fact]
    public void ADownloadThatAlwaysBreaksLeavesNothing()
    {
        Push();
        _registry.Instead = request => request.Path.Contains("/blobs/", StringComparison.Ordinal) ? FakeAnswer.Break : null;
        Assert.Throws<FailedException>(() => Pull());
        Assert.Empty(_store.List());
    }

    [Fact]
    public void APullThatIsInterruptedLeavesNothing()
    {
        Push();
        using var source = new CancellationTokenSource();
        _registry.Instead = request => !request.Path.Contains("/blobs/", StringComparison.Ordinal) ? null
            : new FakeAnswer(200, "Content-Length: 900000") { Write = _ => source.Cancel() };
        // The size is not what the manifest says either: whichever is seen first.
        Assert.ThrowsAny<Exception>(() => CheckpointPull.Run(_registry.Image(), _store, _registry.Options, cancellation: source.Token));
        _registry.Instead = request => !request.Path.Contains("/blobs/", StringComparison.Ordinal) ? null
            : new FakeAnswer(200, "Transfer-Encoding: chunked") { Write = _ => Thread.Sleep(Timeout.Infinite) };
        using var later = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        Assert.ThrowsAny<OperationCanceledException>(() => CheckpointPull.Run(_registry.Image(), _store, _registry.Options, cancellation: later.Token));
        Assert.Empty(_store.List());
    }

    [Fact]
    public void WhatDoesNotListenIsToldAtOnce()
    {
        string name;
        using (var gone = new FakeRegistry())
            name = gone.Name;
        Assert.Contains("cannot be reached", Assert.Throws<FailedException>(() => CheckpointPull.Run(ImageReference.Parse($"{name}/web:one"), _store,
            _registry.Options, cancellation: TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
    }

    private PushedCheckpoint Push(IProgress<TransferProgress>? progress = null) =>
        CheckpointPush.Run(_checkpoint, _registry.Image(), _registry.Options, progress: progress, cancellation: TestContext.Current.CancellationToken);

    private PulledCheckpoint Pull() => CheckpointPull.Run(_registry.Image(), _store, _registry.Options, cancellation: TestContext.Current.CancellationToken);

    /// <summary>Everything that was told.</summary>
    private sealed class Collected : IProgress<TransferProgress>
    {
        public List<TransferProgress> All { get; } = [];

        public void Report(TransferProgress value) => All.Add(value);
    }
}
