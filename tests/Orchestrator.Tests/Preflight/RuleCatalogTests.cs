using LxcNative.EndToEnd.Tests.Accuracy;
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
        var tried = StateCases.Refused.Select(one => one.Rule).Concat(RestoredStates.All.Select(one => one.Finding))
            .Concat(UntriedRules.Reasons.Select(one => one.Id)).ToHashSet();
        Assert.DoesNotContain(RuleCatalog.Rules.Select(rule => rule.Description.Id), id => !tried.Contains(id));
    }

    [Fact]
    public void EveryStateIsJudgedByItsRestoreToo()
    {
        var restored = RestoredStates.All.Select(one => one.ToString()).ToHashSet();
        Assert.DoesNotContain(StateCases.All.Values.Select(one => one.ToString()), state => !restored.Contains(state));
    }

    [Fact]
    public void DocumentSaysWhatTheRulesSay()
    {
        var path = Path.Combine(StateProgram.Repository, "docs/findings.md");
        var text = FindingsDocument.Write();
        // A test writes no file of the repository, unless that is what it was started for.
        if (Environment.GetEnvironmentVariable("LXCNATIVE_WRITE_DOCS") == "1")
            File.WriteAllText(path, text);
        var (rules, document) = (text.Split('\n'), File.ReadAllText(path).Split('\n'));
        Assert.True(rules.SequenceEqual(document), $"""
            docs/findings.md does not say what the rules say; eng/docs writes it.
            Only in the document:
            {string.Join('\n', document.Except(rules))}
            Only in the rules:
            {string.Join('\n', rules.Except(document))}
            """);
    }
}
