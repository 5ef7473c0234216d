// Checkpoints a container by the pid of any of its processes and restores it: dotnet run -- PID IMAGES-DIRECTORY
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Monitoring;
using LxcNative.Orchestrator.Restores;
using Microsoft.Extensions.Logging;

// A restored container needs a parent process for as long as it runs. This line lets a copy of this program be that.
if (ContainerMonitor.RunIfAsked(args, out var exitCode))
    return exitCode;
if (args.Length != 2 || !int.TryParse(args[0], out var pid))
{
    Console.Error.WriteLine("usage: LibraryUse PID IMAGES-DIRECTORY");
    return 2;
}

using var log = LoggerFactory.Create(builder => builder.AddSimpleConsole(options => options.SingleLine = true));

var checkpoint = new Checkpointer(log.CreateLogger<Checkpointer>())
    .Checkpoint(pid, new CheckpointOptions { ImagesDirectory = args[1] });
Console.WriteLine($"{checkpoint.Name} stood still for {checkpoint.Timings.Pause.TotalMilliseconds:0.0} ms; its images are in {checkpoint.ImagesDir}");

var restore = new Restorer(log.CreateLogger<Restorer>()).Restore(checkpoint.ImagesDir);
Console.WriteLine($"{restore.Name} runs again as process {restore.Pid}");
return 0;
