using System.CommandLine;
using LxcNative.Orchestrator.Engines.Lxc;
using LxcNative.Orchestrator.Preparation.Rootfs;

namespace LxcNative.Cli.Commands;

/// <summary><c>lxcnative container prepare (NAME | --rootfs DIR)</c>.</summary>
internal static class ContainerPrepareCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build()
    {
        var name = new Argument<string?>("NAME") { Description = "The container.", Arity = ArgumentArity.ZeroOrOne };
        var rootfs = new Option<string?>("--rootfs") { Description = "A root file system alone.", HelpName = "DIR" };
        var lxcPath = ContainerCommand.LxcPathOption();
        var switches = new PreparationSwitches();
        var command = new Command("prepare",
            "Make a container fit for checkpoints: no console, no terminals, no udev, no user namespaces of services, no old keys. It must not run.")
        {
            name, rootfs, lxcPath,
        };
        switches.AddTo(command);
        command.Validators.Add(result =>
        {
            var (container, directory) = (result.GetValue(name), result.ValueOf(rootfs));
            if (container is null && directory is null)
                result.AddError("Name the container, or give --rootfs DIR.");
            else if (container is not null && directory is not null)
                result.AddError($"The name {container} and --rootfs {directory} both name what to prepare: give one of them.");
        });
        command.SetAction(parsed => CommandAction.Run(switches.Json(parsed), () => switches.Run(parsed, ContainerPreparation.DefaultRecords,
            parsed.GetValue(rootfs) is { } root
                ? ContainerPreparation.OfRootfs(root)
                : ContainerPreparation.Of(parsed.GetValue(name)!, parsed.GetValue(lxcPath) ?? DefaultConfiguration.LxcPath))));
        return command;
    }
}
