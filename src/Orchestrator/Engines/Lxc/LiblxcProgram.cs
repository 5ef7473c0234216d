using System.Globalization;
using LxcNative.Native.Lxc;

namespace LxcNative.Orchestrator.Engines.Lxc;

/// <summary>The program as a process of its own in which liblxc is called: it forks, and the fork becomes the container's monitor.</summary>
public static class LiblxcProgram
{
    /// <summary>The first argument that makes a program this.</summary>
    public const string Argument = "liblxc";

    internal const int Failed = 1;
    internal const int NotFound = 3;

    /// <summary>Does it if the arguments ask for it. To be called first thing in <c>Main</c>, on the main thread.</summary>
    /// <param name="arguments">Main's: <c>liblxc start|stop|kill NAME LXCPATH LOG SECONDS</c>; a LOG that is no absolute path leaves it to the container's
    /// configuration.</param>
    /// <param name="exitCode">What Main shall return when this returns true.</param>
    public static bool RunIfAsked(ReadOnlySpan<string> arguments, out int exitCode)
    {
        exitCode = 0;
        if (arguments.Length != 6 || arguments[0] != Argument)
            return false;
        exitCode = Run(arguments[1], arguments[2], arguments[3], arguments[4], int.Parse(arguments[5], CultureInfo.InvariantCulture)) ? 0 : Failed;
        return true;
    }

    private static bool Run(string action, string name, string lxcPath, string log, int seconds)
    {
        using var container = Liblxc.Load().Open(name, lxcPath);
        if (container is null)
            return false;
        if (log.StartsWith('/'))
        {
            container.SetItem("lxc.log.file", log);
            container.SetItem("lxc.log.level", "ERROR");
        }

        return action switch
        {
            "start" => container.Start(),
            "stop" => container.Shutdown(seconds) || container.Stop(),
            _ => container.Stop(),
        };
    }
}
