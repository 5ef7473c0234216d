using System.CommandLine;
using LxcNative.Orchestrator.Locking;

namespace LxcNative.Cli.Commands;

/// <summary><c>--lock hold|drop</c>.</summary>
internal static class LockOption
{
    /// <summary>Builds it.</summary>
    public static Option<NetworkLockMode> Build(string description)
    {
        var option = WordOption.Of("--lock", description, ("hold", NetworkLockMode.Hold), ("drop", NetworkLockMode.Drop));
        option.DefaultValueFactory = _ => NetworkLockMode.Hold;
        return option;
    }
}
