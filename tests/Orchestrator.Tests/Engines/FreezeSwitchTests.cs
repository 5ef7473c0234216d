using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using LxcNative.Native.Cgroups;
using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Native.Mounts;
using LxcNative.Native.Processes;
using LxcNative.Native.Procfs;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Engines.Lxc;
using LxcNative.Orchestrator.Engines.Lxc.Commands;
using LxcNative.Orchestrator.Engines.Lxc.Serving;
using LxcNative.Orchestrator.Monitoring;
using LxcNative.Testing;

namespace LxcNative.Orchestrator.Tests.Engines;

/// <summary>Where there is version 2 alone, LXC's tools ask the monitor to freeze.</summary>
public sealed class FreezeSwitchTests : IDisposable
{
    private const string Path = "/nowhere";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly string _name = $"frozen-{Guid.NewGuid():N}";
    private readonly SleepingChild _init = SleepingChild.Start();
    private readonly CgroupDirectory _cgroup;
    private readonly ProcessHandle _handle;
    private readonly MonitorLoop _loop = new();
    private readonly CommandServer _server;
    private readonly Task _running;

    public FreezeSwitchTests()
    {
        Requirement.Root();
        var mount = MountInfo.ReadSelf().FirstOrDefault(entry => entry is { FileSystemType: "cgroup2", Root: "/" });
        if (mount is null)
            Assert.Skip("there is no version 2 hierarchy");
        _cgroup = new CgroupDirectory($"{mount!.MountPoint}/lxcnative-test-{_name}");
        _cgroup.Create();
        new CgroupDirectory($"{_cgroup.Path}/inner").Create();
        new CgroupDirectory($"{_cgroup.Path}/inner").AddProcess(_init.Pid);
        _handle = ProcessHandle.Open(_init.Pid);
        var container = new ServedContainer(
            _name, Path, _handle, 0,
            new ServedCgroups([new ContainerCgroup([], $"/lxcnative-test-{_name}/inner", $"{_cgroup.Path}/inner")], CgroupLayout.Unified, "inner"),
            new RunningConfiguration(new Dictionary<string, string>()), new ServedTerminals(new Dictionary<int, FileDescriptor>()));
        _server = new CommandServer(CommandSocket.TryBind(Path, _name, TimeSpan.Zero)!, container, _loop);
        _loop.Watch(_handle);
        _running = Task.Factory.StartNew(_loop.Run, TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    [Fact]
    public async Task ItIsFrozenThawedAndStoppedFrozen()
    {
        Assert.Equal(0, Ask(LxcCommand.Freeze, unchecked((ulong)-1)).Code);
        Assert.Contains("frozen 1", Events(), StringComparison.Ordinal);
        Assert.Equal(LxcState.Frozen, LxcCommandSocket.State(Path, _name));
        Assert.Equal(0, Ask(LxcCommand.Unfreeze, 5).Code);
        Assert.Contains("frozen 0", Events(), StringComparison.Ordinal);
        Assert.Equal(LxcState.Running, LxcCommandSocket.State(Path, _name));
        // Nobody waits for it: the answer comes whether or not all of it stands still yet.
        for (var turn = 0; turn < 50; turn++)
        {
            Assert.Equal(0, Ask(LxcCommand.Freeze, 0).Code);
            Assert.Equal(0, Ask(LxcCommand.Unfreeze, 0).Code);
        }

        Assert.Equal(0, Ask(LxcCommand.Freeze, 5).Code);
        using var stopping = CommandConnection.Connect(CommandAddress.Of(Path, _name), Deadline.After(Patience));
        stopping.Send(CommandMessage.Request(LxcCommand.Stop));
        await _running.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Equal(Signal.Kill, _init.Wait().Signal);
    }

    [Fact]
    public void TheCgroupWithTheLimitsIsOpenedApartFromTheContainersOwn()
    {
        foreach (var (command, path) in ((LxcCommand, string)[])[(LxcCommand.GetCgroup2Descriptor, $"{_cgroup.Path}/inner"),
            (LxcCommand.GetLimitCgroup2Descriptor, _cgroup.Path)])
        {
            using var connection = CommandConnection.Connect(CommandAddress.Of(Path, _name), Deadline.After(Patience));
            connection.Send(CommandMessage.Request(command));
            using var answer = connection.Receive(0, 1);
            Assert.Equal(path, File.ResolveLinkTarget($"/proc/self/fd/{Assert.Single(answer!.Descriptors).Number}", returnFinalTarget: false)!.FullName);
        }

        Assert.Equal($"lxcnative-test-{_name}/inner", Ask(CommandMessage.Request(LxcCommand.GetCgroup, "freezer")).Text);
        Assert.Equal($"lxcnative-test-{_name}", Ask(CommandMessage.Request(LxcCommand.GetLimitCgroup, "devices")).Text);
    }

    [Fact]
    public void DevicesAreForbiddenAndPermitted()
    {
        Assert.True(IsOpened());
        Assert.Equal(0, Ask(new CommandMessage((int)LxcCommand.AddDevice, 0, Device('c', 1, 3, "rwm", isAllowed: false))).Code);
        Assert.False(IsOpened());
        Assert.Equal(0, Ask(new CommandMessage((int)LxcCommand.AddDevice, 0, Device('c', 1, 3, "rwm", isAllowed: true))).Code);
        Assert.True(IsOpened());
        foreach (var item in (byte[][])[[], new byte[12], Device('x', 1, 3, "r", false), Device('c', 1, 3, "rx", false)])
            Assert.Equal(-(int)Errno.EINVAL, Ask(new CommandMessage((int)LxcCommand.AddDevice, 0, item)).Code);
        Assert.True(IsOpened());
    }

    public void Dispose()
    {
        _init.Dispose();
        ((IAsyncResult)_running).AsyncWaitHandle.WaitOne(Patience);
        _server.Dispose();
        _loop.Dispose();
        _handle.Dispose();
        SpinWait.SpinUntil(() => _cgroup.Processes().Count == 0, Patience);
        _cgroup.RemoveTree();
    }

    // struct device_item of LXC's conf.h.
    private static byte[] Device(char type, int major, int minor, string access, bool isAllowed)
    {
        var item = new byte[40];
        item[0] = (byte)type;
        BinaryPrimitives.WriteInt32LittleEndian(item.AsSpan(4), major);
        BinaryPrimitives.WriteInt32LittleEndian(item.AsSpan(8), minor);
        Encoding.ASCII.GetBytes(access, item.AsSpan(12));
        BinaryPrimitives.WriteInt32LittleEndian(item.AsSpan(16), isAllowed ? 1 : 0);
        return item;
    }

    // The limits are those of the cgroup above.
    private bool IsOpened()
    {
        using var shell = Process.Start("sh", ["-c", $"echo $$ >{_cgroup.Path}/inner/cgroup.procs && exec 2>&- && : </dev/null"]);
        shell.WaitForExit();
        return shell.ExitCode == 0;
    }

    private string Events() => File.ReadAllText($"{_cgroup.Path}/cgroup.events");

    private CommandMessage Ask(LxcCommand command, ulong value) => Ask(CommandMessage.Request(command, value));

    private CommandMessage Ask(CommandMessage request)
    {
        using var connection = CommandConnection.Connect(CommandAddress.Of(Path, _name), Deadline.After(Patience));
        connection.Send(request);
        using var answer = connection.Receive(CommandMessage.LongestAnswer);
        return answer!.Message;
    }
}
