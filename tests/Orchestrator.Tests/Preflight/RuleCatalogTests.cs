using LxcNative.Orchestrator.Preflight;

namespace LxcNative.Orchestrator.Tests.Preflight;

public sealed class RuleCatalogTests
{
    [Fact]
    public void IdsAreUniqueAndInOrder()
    {
        var ids = RuleCatalog.Descriptions.Select(rule => rule.Id).ToList();
        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Matches("^LXN[0-9]{3}$", id));
    }

    [Fact]
    public void EveryRuleSaysWhyAndWhatToDo() => Assert.All(RuleCatalog.Descriptions, rule =>
    {
        Assert.NotEmpty(rule.Title);
        Assert.EndsWith(".", rule.Why, StringComparison.Ordinal);
        Assert.NotEmpty(rule.Remedy);
        Assert.NotEmpty(rule.SeenBy);
        Assert.Same(rule, RuleCatalog.Find(rule.Id.ToLowerInvariant()));
    });

    [Fact]
    public void EveryRuleOfContainersHasAStateOrAReason()
    {
        var tried = StateCases.Refused.Select(one => one.Rule).Concat(UntriedRules.Reasons.Select(one => one.Id)).ToHashSet();
        Assert.DoesNotContain(RuleCatalog.Rules.Select(rule => rule.Description.Id), id => !tried.Contains(id));
    }

    [Fact]
    public void DocumentIsWrittenFromTheRules()
    {
        var path = Path.Combine(StateProgram.Repository, "docs/findings.md");
        var text = FindingsDocument.Write();
        if (File.Exists(path) && File.ReadAllText(path) == text)
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        Assert.Fail($"{path} did not say what the rules say; it was written anew: look at the difference and commit it");
    }
}
