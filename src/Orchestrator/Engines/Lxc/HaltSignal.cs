using System.Globalization;
using LxcNative.Native.Files;
using LxcNative.Native.Processes;
using LxcNative.Orchestrator.Engines.Lxc.Configurations;

namespace LxcNative.Orchestrator.Engines.Lxc;

/// <summary>The signal that asks a container's init to end (lxc.signal.halt, SIGPWR unless it says otherwise).</summary>
internal static class HaltSignal
{
    private const int Power = (int)Signal.PowerFailure;

    // The first two of the kernel's are the C library's own: SIGRTMIN is a function there.
    private const int FirstRealTime = 34;
    private static readonly Dictionary<string, int> Names = new(StringComparer.Ordinal)
    {
        ["HUP"] = (int)Signal.Hangup,
        ["INT"] = (int)Signal.Interrupt,
        ["QUIT"] = (int)Signal.Quit,
        ["KILL"] = (int)Signal.Kill,
        ["USR1"] = (int)Signal.User1,
        ["USR2"] = (int)Signal.User2,
        ["TERM"] = (int)Signal.Terminate,
        ["PWR"] = Power,
        ["RTMIN"] = FirstRealTime,
        ["RTMAX"] = 64,
    };

    /// <summary>The signal of the container with this configuration file, which need not be there.</summary>
    public static Signal Of(string config) =>
        File.Exists(config) ? Parse(LxcConfiguration.Parse(RegularFile.ReadText(config), config).Get("lxc.signal.halt")) : (Signal)Power;

    /// <summary>The signal that a value names: a number, SIGNAME, or RTMIN+n; SIGPWR for what is none.</summary>
    public static Signal Parse(string? value)
    {
        if (value is null)
            return (Signal)Power;
        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return (Signal)(number is > 0 and <= 64 ? number : Power);
        var name = value.StartsWith("SIG", StringComparison.Ordinal) ? value["SIG".Length..] : value;
        var sign = name.AsSpan().IndexOfAny('+', '-');
        var offset = sign > 0 && int.TryParse(name.AsSpan(sign), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var given) ? given : 0;
        return (Signal)(Names.TryGetValue(sign > 0 ? name[..sign] : name, out var known) ? known + offset : Power);
    }
}
