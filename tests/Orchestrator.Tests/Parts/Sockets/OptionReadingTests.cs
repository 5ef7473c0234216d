using LxcNative.Native.Files;
using LxcNative.Native.Handles;
using LxcNative.Native.Namespaces;
using LxcNative.Native.Sockets;
using LxcNative.Native.Uapi;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Parts.Sockets;
using LxcNative.Orchestrator.Preflight.Snapshot;
using LxcNative.Orchestrator.Tests.Preflight;
using Mono.Unix.Native;

namespace LxcNative.Orchestrator.Tests.Parts.Sockets;

/// <summary>This process stands for a container's.</summary>
public sealed class OptionReadingTests : IDisposable
{
    private const int Patience = 12_345;
    private const uint SocketMode = 0xc000;
    private static readonly SocketOption s_patience = new(SocketOptionNames.IPPROTO_TCP, SocketOptionNames.TCP_USER_TIMEOUT);
    private readonly FileDescriptor _network = Namespace.OpenSelf(NamespaceKind.Net);
    private readonly FileDescriptor _set = Stream(), _plain = Stream();
    private readonly OptionReading _reading;
    private readonly List<FoundSocket> _found;

    public OptionReadingTests()
    {
        s_patience.Set(_set, BitConverter.GetBytes(Patience));
        var process = SampleSnapshot.Process(Environment.ProcessId);
        // One that was closed since it was seen does not hide those after it.
        process.Files.AddRange([Seen(process, 1_000_000, 1), Seen(process, _plain), Seen(process, _set)]);
        var container = SampleContainer.Make() with { Processes = new ContainerProcess(process.Pid, 7, "init", 'S', [process.Pid], []) };
        _reading = new OptionReading(_network);
        _found = _reading.Take(container, [process]);
    }

    public void Dispose()
    {
        _set.Dispose();
        _plain.Dispose();
        _network.Dispose();
    }

    [Fact]
    public void OnlyWhatWasSetIsKept()
    {
        var settings = Assert.Single(_found).Settings;
        Assert.Equal((7, _set.Number), (settings.Process, settings.Descriptor));
        var option = Assert.Single(settings.Options);
        Assert.Equal((s_patience.Level, s_patience.Name, Patience), (option.Level, option.Name, BitConverter.ToInt32(option.Value)));
        Assert.Empty(_reading.Warnings);
    }

    [Fact]
    public void WhatWasSetSinceIsReadAgain()
    {
        s_patience.Set(_set, BitConverter.GetBytes(Patience + 1));
        Assert.Equal(Patience + 1, BitConverter.ToInt32(Assert.Single(Assert.Single(_reading.Again(_found)).Settings.Options).Value));
    }

    [Fact]
    public void OneThatWasClosedIsForgotten()
    {
        _set.Dispose();
        Assert.Empty(_reading.Again(_found));
        Assert.Empty(_reading.Warnings);
    }

    [Fact]
    public void AnotherOfTheSameNumberIsNotTakenForIt()
    {
        s_patience.Set(_plain, BitConverter.GetBytes(Patience));
        Assert.Equal(_set.Number, Syscall.dup2(_plain.Number, _set.Number));
        Assert.Empty(_reading.Again(_found));
    }

    [Fact]
    public void ThoseOfAProcessThatHasEndedAreForgotten() => Assert.Empty(_reading.Again([_found[0] with { Process = int.MaxValue }]));

    private static FileDescriptor Stream() => new SocketKind(Socket.AF_INET, Socket.SOCK_STREAM, 0).Make();

    private static ObservedFile Seen(ObservedProcess process, FileDescriptor socket) =>
        Seen(process, socket.Number, ulong.Parse(SymbolicLink.Read($"/proc/self/fd/{socket.Number}")["socket:[".Length..^1]));

    private static ObservedFile Seen(ObservedProcess process, int number, ulong inode) => new()
    {
        Process = process,
        Number = number,
        Target = $"socket:[{inode}]",
        Mode = SocketMode,
        Device = default,
        Inode = inode,
        LinkCount = 1,
        AllocatedBytes = 0,
        Special = default,
        MountId = 0,
    };
}
