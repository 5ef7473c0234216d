namespace LxcNative.Orchestrator.Preflight.Hosts;

/// <summary>criu has a configuration file of its own.</summary>
internal sealed class ConfigurationOverrides() : HostRule(new RuleDescription
{
    Id = "LXN112",
    Title = "criu has a configuration file of its own",
    Severity = FindingSeverity.Note,
    SeenBy = "/etc/criu/default.conf, $HOME/.criu/default.conf, CRIU_CONFIG_FILE",
    Why = "criu reads it behind the back of the program that calls it: settings in it add to those of this command, or defeat them.",
    Remedy = "Look whether its settings are meant for containers.",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(HostObservation host) =>
        host.ConfigFiles.Select(file => Found(file));
}
