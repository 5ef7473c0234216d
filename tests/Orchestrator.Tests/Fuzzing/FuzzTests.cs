using LxcNative.Fuzz.Targets;
using LxcNative.Testing;

namespace LxcNative.Orchestrator.Tests.Fuzzing;

/// <summary>A short run of eng/fuzz for each parser of foreign bytes, the same every time.</summary>
public sealed class FuzzTests
{
    private const int Seed = 20261130, Inputs = 400;

    public static TheoryData<string> Names => [.. AllTargets.List.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void AParserTakesWhatItIsGivenOrRefusesIt(string name)
    {
        Requirement.Root();
        var target = AllTargets.List.Single(target => target.Name == name);
        var run = new FuzzRun(target, Seed);
        run.While(() => run.Inputs < Inputs);
        Assert.True(run.Failure is null, $"{run.Failure?.What}\n{Convert.ToHexString(run.Failure?.Input ?? [])}");
        // One that takes everything, or nothing, does not parse.
        Assert.NotEqual(0, run.Taken);
        Assert.Equal(target.Refusals.Count > 0, run.Refused > 0);
    }

    [Fact]
    public void WhatAParserMustNotDoIsSeen()
    {
        FuzzRun Run(Action<byte[]> parse) => new(new FuzzTarget("bad", [[1]], parse, typeof(FormatException)), Seed);
        Assert.Contains("does not take", Run(_ => throw new FormatException()).Failure?.What, StringComparison.Ordinal);
        var throws = Run(input => _ = input is [1] ? 0 : input[1000]);
        throws.While(() => true);
        Assert.Contains(nameof(IndexOutOfRangeException), throws.Failure?.What, StringComparison.Ordinal);
        Assert.Contains("of memory", Run(_ => GC.KeepAlive(new byte[1 << 30])).Failure?.What, StringComparison.Ordinal);
    }
}
