using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Fidelity;

/// <summary>Every cell of docs/fidelity.md that is ours is what a run finds, and none is lost silently; eng/fidelity runs the other ways too.</summary>
public sealed class FidelityTests(FidelityTable table) : IClassFixture<FidelityTable>
{
    /// <summary>A quarter of the states in our way, another one each day; or what LXCNATIVE_FIDELITY says: <c>all</c>, or words that are in the names of
    /// some, in every way.</summary>
    public static TheoryData<string, string> Tried
    {
        get
        {
            var wanted = Environment.GetEnvironmentVariable("LXCNATIVE_FIDELITY");
            return string.IsNullOrEmpty(wanted)
                ? [.. FidelityStates.All.Where((_, index) => index % 4 == DateTime.UtcNow.DayOfYear % 4).Select(state => (state.Name, FidelityWay.Ours))]
                : [.. from state in FidelityStates.All
                      where wanted == "all" || wanted.Split(' ').Any(word => state.Name.Contains(word, StringComparison.Ordinal))
                      from way in FidelityWay.All
                      select (state.Name, way.Name)];
        }
    }

    [Theory]
    [MemberData(nameof(Tried))]
    public void WhatThePageSaysIsWhatARunFinds(string state, string way)
    {
        Requirement.Lxc();
        Requirement.Criu();
        Requirement.Python();
        Requirement.LxcNative();
        var (verdict, detail) = FidelityRun.Of(FidelityStates.All.First(one => one.Name == state), FidelityWay.All.First(one => one.Name == way));
        table.Add(state, way, verdict, detail);
        if (way != FidelityWay.Ours)
            return;
        Assert.True(verdict is FidelityRun.ComesBack or FidelityRun.LostTold or FidelityRun.Refused, $"{verdict}: {detail}");
        if (Environment.GetEnvironmentVariable("LXCNATIVE_FIDELITY_PAGE") is null)
            Assert.Equal(FidelityTable.Known(state, way), verdict);
    }
}
