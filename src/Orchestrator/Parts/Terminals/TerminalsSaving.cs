using LxcNative.Native.Criu.Images;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Parts.Terminals;

/// <summary>Tells criu which terminals are the host's, or will be: mounts of them, and what is open of them; and adds to its images what it cannot see, or
/// does not dump: whom they control, and what /dev/tty stands for.</summary>
/// <param name="state">The terminals.</param>
/// <param name="controlled">The sessions that they control.</param>
/// <param name="ttys">What criu calls the devices that are open as /dev/tty.</param>
internal sealed class TerminalsSaving(TerminalsState state, IReadOnlyList<ControlledSession> controlled, IReadOnlyList<string> ttys) : StateSaving(state)
{
    private const string Files = "files.img";
    private readonly TerminalsState _state = state;
    private IReadOnlyList<TerminalSession> _sessions = [];

    /// <inheritdoc />
    public override IEnumerable<string> Externals =>
        _state.OfHost.SelectMany(terminal => (string[])[$"mnt[{terminal.MountPoint}]:{terminal.Key}", terminal.Terminal]).Concat(ttys);

    /// <inheritdoc />
    public override bool Captures => controlled.Count > 0;

    /// <inheritdoc />
    public override void Capture() => _sessions = [.. controlled.Select(one => one.Read()).OfType<TerminalSession>()];

    /// <inheritdoc />
    /// <exception cref="RefusedException">Something is open as /dev/tty, and nobody has the terminal itself.</exception>
    public override void Finish(ImageDirectory images)
    {
        if ((_sessions.Count == 0 && ttys.Count == 0) || !images.Has(TerminalImage.Name))
            return;
        var terminals = images.ReadBytes(TerminalImage.Name);
        terminals = TerminalImage.WithSessions(terminals, TerminalImage.Name, _sessions) ?? terminals;
        var instead = TtyFiles.Find(TerminalImage.Parse(terminals, TerminalImage.Name), out var unknown);
        if (unknown.Count > 0)
            throw new RefusedException("something in it is open as /dev/tty that is no terminal any more, or one that nobody has open by another name (session "
                + $"{string.Join(", ", unknown)} in the container): it could not be opened again");
        if (instead.Count > 0)
        {
            images.Write(Files, TtyFiles.WithTerminals(images.ReadBytes(Files), Files, instead, out var given));
            terminals = TerminalImage.WithDevices(terminals, TerminalImage.Name, given) ?? terminals;
        }

        images.Write(TerminalImage.Name, terminals);
    }
}
