namespace LxcNative.EndToEnd.Tests.Chaos;

/// <summary>What befalls a checkpoint or a restore.</summary>
public enum Fault
{
    /// <summary>Nothing: the control.</summary>
    Nothing,

    /// <summary>The command is killed.</summary>
    KillCommand,

    /// <summary>The command gets SIGTERM, as from a shutdown.</summary>
    TerminateCommand,

    /// <summary>The command gets SIGINT, as from Ctrl-C.</summary>
    InterruptCommand,

    /// <summary>The process that restores, or rehearses, is killed.</summary>
    KillMonitor,

    /// <summary>criu is killed.</summary>
    KillCriu,

    /// <summary>Nobody reads what the command writes, from its start on.</summary>
    ClosedOutput,

    /// <summary>The file system of the images has no room for them, from the start on.</summary>
    FullDisk,
}
