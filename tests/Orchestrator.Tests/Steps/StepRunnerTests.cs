using LxcNative.Orchestrator.Steps;
using LxcNative.Orchestrator.Steps.Undoing;

namespace LxcNative.Orchestrator.Tests.Steps;

public sealed class StepRunnerTests : IDisposable
{
    private readonly List<string> _done = [];
    private readonly string _place = $"{RunDirectory.Path}/test-{Guid.NewGuid():N}";

    public void Dispose()
    {
        if (Directory.Exists(_place))
            Directory.Delete(_place, recursive: true);
    }

    [Fact]
    public void StepsAreTakenBackTheLastOneFirst()
    {
        var runner = new StepRunner();
        runner.Take(Noted("a"));
        runner.Take(Noted("b"));

        Assert.Empty(runner.TakeBack());

        Assert.Equal(["a", "b", "-b", "-a"], _done);
    }

    [Fact]
    public void AFailedStepWithoutAnUndoOfItsOwnIsNotTakenBack()
    {
        var runner = new StepRunner();
        runner.Take(Noted("a"));
        Assert.Throws<IOException>(() => runner.Take(new Step("b", () => throw new IOException("no"), () => _done.Add("-b"))));

        runner.TakeBack();

        Assert.Equal(["a", "-a"], _done);
    }

    [Fact]
    public void HalfOfAFailedStepIsTakenAwayWhereAnUndoSaysHow()
    {
        var runner = new StepRunner();
        Assert.Throws<IOException>(() => runner.Take(new Step("b", () =>
        {
            Directory.CreateDirectory($"{_place}/half");
            throw new IOException("no");
        })
        { Undo = [new PlaceUndo(_place)] }));

        Assert.Empty(runner.TakeBack());

        Assert.False(Directory.Exists(_place));
    }

    [Fact]
    public void WhatCannotBeTakenBackIsToldAndTheRestIsTakenBack()
    {
        var runner = new StepRunner();
        runner.Take(Noted("a"));
        runner.Take(new Step("b", () => { }, () => throw new IOException("stuck")));

        Assert.Equal(["b: stuck"], runner.TakeBack());

        Assert.Equal(["a", "-a"], _done);
    }

    [Fact]
    public void WhatIsInPlaceIsNotTouched()
    {
        var runner = new StepRunner();
        runner.Take(Step.InPlace("a"));

        Assert.Empty(runner.TakeBack());
    }

    [Fact]
    public void OnceTheContainerRunsOnlyWhatItsRestoreNeededIsTakenBack()
    {
        var runner = new StepRunner();
        runner.Take(Noted("attempt"));
        runner.Take(Noted("restore") with { Lifetime = Lifetime.Restore });
        runner.Take(Noted("container") with { Lifetime = Lifetime.Container });
        _done.Clear();

        Assert.Empty(runner.Settle());
        Assert.Equal(["-restore"], _done);

        Assert.Empty(runner.TakeBack());
        Assert.Equal(["-restore", "-container"], _done);
    }

    [Fact]
    public void APlaceOutsideOfTheRunDirectoryIsNeverRemoved()
    {
        using var elsewhere = new TemporaryDirectory();

        new PlaceUndo(elsewhere.Path).Run();
        new PlaceUndo($"{RunDirectory.Path}/../..{elsewhere.Path}").Run();

        Assert.True(Directory.Exists(elsewhere.Path));
    }

    private Step Noted(string what) => new(what, () => _done.Add(what), () => _done.Add($"-{what}"));
}
