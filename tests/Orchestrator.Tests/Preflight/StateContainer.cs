using System.Diagnostics;
using System.Globalization;

namespace LxcNative.Orchestrator.Tests.Preflight;

/// <summary>A small container that states.c has brought into a state; gone when disposed.</summary>
internal sealed class StateContainer : IDisposable
{
    private static int _count;

    private readonly Process _launcher;
    private readonly string _root;

    private StateContainer(Process launcher, string root, string name)
    {
        _launcher = launcher;
        _root = root;
        Name = name;
    }

    /// <summary>The last part of its cgroup's path.</summary>
    public string Name { get; }

    /// <summary>Its init, as the host sees it.</summary>
    public int InitPid { get; private init; }

    /// <summary>Why the state cannot be made here; null where it was made.</summary>
    public string? Impossible { get; private init; }

    /// <summary>Makes a state.</summary>
    public static StateContainer Start(string state)
    {
        var name = $"lxnpf{Environment.ProcessId}-{Interlocked.Increment(ref _count)}";
        var root = Directory.CreateTempSubdirectory("lxcnative-root-").FullName;
        foreach (var file in (string[])["states", "bin32"])
            if (File.Exists($"{StateProgram.Directory}/{file}"))
                File.Copy($"{StateProgram.Directory}/{file}", $"{root}/{file}");
        var start = new ProcessStartInfo("setsid") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["--wait", $"{StateProgram.Directory}/states", state, root, $"/sys/fs/cgroup/memory/{name}"])
            start.ArgumentList.Add(argument);
        var launcher = Process.Start(start)!;
        var line = launcher.StandardOutput.ReadLine();
        if (line is null)
        {
            launcher.WaitForExit();
            var reason = launcher.StandardError.ReadToEnd().Trim().Split('\n')[0].Replace("states: ", "", StringComparison.Ordinal);
            return new StateContainer(launcher, root, name) { Impossible = reason };
        }

        return new StateContainer(launcher, root, name) { InitPid = int.Parse(line, CultureInfo.InvariantCulture) };
    }

    public void Dispose()
    {
        // The launcher ends the container when its standard input closes.
        if (Impossible is null)
            _launcher.StandardInput.Close();
        Assert.True(_launcher.WaitForExit(TimeSpan.FromSeconds(30)), "the container did not end");
        _launcher.Dispose();
        Directory.Delete(_root, recursive: true);
        foreach (var hierarchy in (string[])["memory", "freezer"])
            if (Directory.Exists($"/sys/fs/cgroup/{hierarchy}/{Name}"))
                Directory.Delete($"/sys/fs/cgroup/{hierarchy}/{Name}");
    }
}
