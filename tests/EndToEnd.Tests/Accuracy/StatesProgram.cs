using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Accuracy;

/// <summary>The program that makes states (states.c of the pre-flight's tests), compiled once for all tests.</summary>
internal static class StatesProgram
{
    private static readonly Lazy<string> Built = new(Compile);

    /// <summary>Its path.</summary>
    public static string Build() => Built.Value;

    private static string Compile()
    {
        var directory = Directory.CreateTempSubdirectory("lxn-states-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => directory.Delete(recursive: true);
        var program = Path.Combine(directory.FullName, "states");
        Command.Output("gcc", "-O1", "-w", "-static", "-o", program, Path.Combine(Repository.Root, "tests/Orchestrator.Tests/Preflight/states.c"), "-lpthread");
        return program;
    }
}
