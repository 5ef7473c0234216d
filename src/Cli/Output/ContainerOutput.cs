using System.Globalization;
using LxcNative.Orchestrator.Containers;
using Spectre.Console;

namespace LxcNative.Cli.Output;

/// <summary>A container for people: a tree of its processes, a table of everything else.</summary>
internal static class ContainerOutput
{
    /// <summary>Writes it.</summary>
    public static void Write(Container container) => Write(StandardOutput.Console, container);

    /// <summary>Writes it to a console.</summary>
    public static void Write(IAnsiConsole console, Container container)
    {
        console.MarkupLineInterpolated($"[bold]{container.Name}[/]  init {container.InitPid}  root {container.Root.HostPath ?? container.Root.Source}");
        console.Write(Processes(container));
        console.Write(Namespaces(container));
        console.Write(Mounts(container));
        console.Write(Nics(container));
        console.Write(Cgroups(container));
        if (container.Sockets is { } sockets)
            console.Write(Sockets(sockets));
        if (container.Strangers.Count > 0)
            console.MarkupLineInterpolated($"[yellow]In its cgroups, but not in its tree: {string.Join(", ", container.Strangers)}[/]");
    }

    private static Tree Processes(Container container)
    {
        var tree = new Tree(Describe(container.Processes));
        foreach (var child in container.Processes.Children)
            Add(tree, child);
        return tree;
    }

    private static void Add(IHasTreeNodes parent, ContainerProcess process)
    {
        var node = parent.AddNode(Describe(process));
        foreach (var child in process.Children)
            Add(node, child);
    }

    private static string Describe(ContainerProcess process)
    {
        var threads = process.Threads.Count > 1 ? $", {process.Threads.Count} threads" : "";
        return $"{process.PidInside} {PrintableText.OneLine(process.Name)} ({process.State}{threads}; {process.Pid} on the host)".EscapeMarkup();
    }

    private static Table Namespaces(Container container)
    {
        var table = NewTable("namespace", "inode", "");
        foreach (var one in container.Namespaces)
            table.AddRow(one.Kind.ToString().ToLowerInvariant(), one.Inode.ToString(CultureInfo.InvariantCulture), one.SharedWithHost ? "the host's" : "");
        return table;
    }

    private static Table Mounts(Container container)
    {
        var table = NewTable("mount", "type", "kind", "from the host");
        foreach (var mount in container.Mounts)
            table.AddRow(
                mount.Entry.MountPoint.EscapeMarkup(), mount.Entry.FileSystemType.EscapeMarkup(),
                mount.Kind == ContainerMountKind.Unsupported ? "[red]unsupported[/]" : mount.Kind.ToString().ToLowerInvariant(),
                (mount.HostPath ?? mount.Reason ?? "").EscapeMarkup());
        return table;
    }

    private static Table Nics(Container container)
    {
        var table = NewTable("device", "kind", "address", "host end", "bridge");
        foreach (var nic in container.Nics)
            table.AddRow(nic.Name.EscapeMarkup(), nic.Kind ?? "", nic.Address, (nic.Host?.Name ?? "").EscapeMarkup(), (nic.Host?.Bridge ?? "").EscapeMarkup());
        return table;
    }

    private static Table Cgroups(Container container)
    {
        var table = NewTable("cgroup hierarchy", "path");
        foreach (var cgroup in container.Cgroups)
            table.AddRow((cgroup.IsUnified ? "unified" : string.Join(',', cgroup.Controllers)).EscapeMarkup(), cgroup.Path.EscapeMarkup());
        return table;
    }

    private static Table Sockets(IReadOnlyList<ContainerSocket> sockets)
    {
        var table = NewTable("socket", "state", "local", "peer", "unread", "unsent");
        foreach (var socket in sockets)
            table.AddRow(
                socket.Protocol, socket.State ?? "", (socket.Local ?? "").EscapeMarkup(), (socket.Peer ?? "").EscapeMarkup(),
                socket.Unread.ToString(CultureInfo.InvariantCulture), socket.Unsent.ToString(CultureInfo.InvariantCulture));
        return table;
    }

    private static Table NewTable(params string[] columns)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (var column in columns)
            table.AddColumn(column);
        return table;
    }
}
