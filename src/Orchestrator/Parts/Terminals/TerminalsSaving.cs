namespace LxcNative.Orchestrator.Parts.Terminals;

/// <summary>Tells criu which terminals are the host's: mounts of them, and what is open of them.</summary>
internal sealed class TerminalsSaving(TerminalsState state) : StateSaving(state)
{
    private readonly TerminalsState _state = state;

    /// <inheritdoc />
    public override IEnumerable<string> Externals =>
        _state.OfHost.SelectMany(terminal => (string[])[$"mnt[{terminal.MountPoint}]:{terminal.Key}", terminal.Terminal]);
}
