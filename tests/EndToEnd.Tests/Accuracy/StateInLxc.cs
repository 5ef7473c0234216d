using System.Diagnostics;
using System.Globalization;
using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Accuracy;

/// <summary>An LXC container that a state was made in; all that belongs to it is gone when this is disposed.</summary>
internal sealed class StateInLxc : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    // In the place of init's program: its messages are in /why until the state is made, and /ready has a byte afterwards. It stays where it fails.
    private const string Boot = """
        exec </dev/null >/dev/null
        mkdir -p /dev/net && mknod /dev/net/tun c 10 200
        ip link set lo up
        STATES_STAY=1 exec /states {0} inside 251 251>/ready 2>/why
        """;

    private readonly Stack<IDisposable> _owned = new();

    private StateInLxc(string state) => Recipe = LxcStates.Recipes.GetValueOrDefault(state) ?? new Recipe();

    /// <summary>The container.</summary>
    public LxcContainer Container { get; private set; } = null!;

    /// <summary>How it was made.</summary>
    public Recipe Recipe { get; }

    /// <summary>Why the state cannot be made here; null where it was made.</summary>
    public string? Impossible { get; private set; }

    /// <summary>Starts a container in the state.</summary>
    public static StateInLxc Start(string state)
    {
        var made = new StateInLxc(state);
        try
        {
            made.Make(state);
            return made;
        }
        catch
        {
            made.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        while (_owned.TryPop(out var one))
            one.Dispose();
    }

    private void Make(string state)
    {
        var isOfProgram = Recipe.Boot is null && Recipe.Program is null;
        string[] own = isOfProgram ? ["lxc.init.cmd = /bin/sh /boot", "lxc.pty.max = 1024", "lxc.mount.entry = tmp tmp tmpfs create=dir 0 0"] : [];
        Container = LxcContainer.Create(new LxcContainerOptions
        {
            Payload = PayloadMode.None,
            HasOnlyItsRoot = isOfProgram,
            BootScript = Recipe.Boot ?? [],
            Program = Recipe.Program,
            EditConfiguration = text =>
                string.Concat(text.Split('\n').Concat(own).Where(line => !Recipe.Without.Any(one => line.StartsWith(one, StringComparison.Ordinal)))
                    .Select(line => line + "\n")),
        });
        // After the end of the container what the host had for it.
        if (Recipe.Before?.Invoke(Container) is { } host)
            _owned.Push(host);
        _owned.Push(Container);
        File.AppendAllLines(Container.ConfigurationPath,
            Recipe.Configuration.Select(line => line.Replace("{0}", Container.ContainerDirectory, StringComparison.Ordinal)));
        if (isOfProgram)
        {
            foreach (var directory in (string[])["srv", "mnt", "tmp"])
                Directory.CreateDirectory(Path.Combine(Container.RootfsPath, directory));
            File.Copy(StatesProgram.Build(), Path.Combine(Container.RootfsPath, "states"));
            File.WriteAllText(Path.Combine(Container.RootfsPath, "boot"), Boot.Replace("{0}", state, StringComparison.Ordinal));
        }

        if (Recipe.HandsDescriptor)
            StartWithDescriptor(state);
        else if (!TryStart())
            return;
        if (isOfProgram || Recipe.Program is not null)
            Await(state);
        Container.AwaitProcesses(Recipe.Processes);
        if (Impossible is null && Recipe.After?.Invoke(Container) is { } inside)
            _owned.Push(inside);
    }

    private bool TryStart()
    {
        try
        {
            Container.Start();
            return true;
        }
        catch (InvalidOperationException) when (Recipe.MayLackKernel && Container.ReadErrors().Contains("Operation not supported", StringComparison.Ordinal))
        {
            Impossible = "the kernel has no such device";
            return false;
        }
    }

    private void Await(string state)
    {
        // Of a container whose root is not its directory only the processes show what it has; and one that changed its root does not.
        string Inside(string name) =>
            Path.Combine(Container.RootfsPath, name) is var path && File.Exists(path) ? path : $"/proc/{Container.InitPid}/root/{name}";
        bool Has(string name) => File.Exists(Inside(name)) && (new FileInfo(Inside(name)).Length > 0 || Recipe.Program is not null);
        Wait.For($"{state} is made", () => Has("ready") || Has("why") || !ProcessTable.IsAlive(Container.InitPid), Patience);
        if (!Has("ready"))
            Impossible = Has("why")
                ? File.ReadAllText(Inside("why")).Trim().Split('\n')[0].Replace("states: ", "", StringComparison.Ordinal)
                : "the container ended";
    }

    private void StartWithDescriptor(string state)
    {
        // Only in the foreground lxc-start leaves open what it was given.
        var starter =
            Process.Start(new ProcessStartInfo("setsid",
                ["--wait", "sh", "-c", "exec \"$@\" </dev/null >/dev/null 2>&1", "sh", StatesProgram.Build(), state, "outside", "lxc-start", "-n",
                Container.Name, "-F"]))!;
        _owned.Push(starter);
        Command.Output("lxc-wait", "-n", Container.Name, "-s", "RUNNING", "-t", "20");
        Container.Adopt(int.Parse(Command.Output("lxc-info", "-n", Container.Name, "-p", "-H").Trim(), CultureInfo.InvariantCulture));
    }
}
