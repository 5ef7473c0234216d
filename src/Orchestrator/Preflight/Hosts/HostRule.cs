namespace LxcNative.Orchestrator.Preflight.Hosts;

/// <summary>One thing of the host that a checkpoint or restore needs, told from an observation alone.</summary>
internal abstract class HostRule(RuleDescription description) : DescribedRule(description)
{
    /// <summary>Finds what is wrong.</summary>
    public abstract IEnumerable<Finding> Check(HostObservation host);
}
