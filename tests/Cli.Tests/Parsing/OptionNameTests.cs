using LxcNative.Cli.Commands;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Restores;

namespace LxcNative.Cli.Tests.Parsing;

/// <summary>What the library says of a property, the command says of its flag.</summary>
public sealed class OptionNameTests
{
    [Fact]
    public void EveryOptionOfTheLibraryHasAFlag()
    {
        Has("checkpoint", typeof(CheckpointOptions), nameof(CheckpointOptions.MonitorProgram), nameof(CheckpointOptions.Commit));
        Has("restore", typeof(RestoreOptions), nameof(RestoreOptions.MonitorProgram));
    }

    private static void Has(string command, Type options, params string[] others)
    {
        var flags = RootCommandLine.Build().Subcommands.Single(one => one.Name == command).Options.Select(option => option.Name).ToHashSet();
        foreach (var property in options.GetProperties().Where(one => one.CanWrite && one.DeclaringType == options).Select(one => one.Name).Except(others))
            Assert.Contains(OptionName.Of(property), flags);
    }
}
