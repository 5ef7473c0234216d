using System.Diagnostics;
using LxcNative.Native.Files;
using LxcNative.Native.Handles;
using LxcNative.Native.Terminals;

namespace LxcNative.Native.Tests.Terminals;

public class TerminalDrainTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task WhatIsWrittenIsReadAndATerminalThatNobodyHasOpenIsQuiet()
    {
        using var terminal = PseudoTerminal.Open("/dev/ptmx");
        using var drain = new TerminalDrain();
        drain.Add(terminal.Master);
        for (var round = 0; round < 3; round++)
        {
            using (var slave = FileOpen.Open($"/dev/pts/{terminal.Index}", OpenFlags.ReadWrite | OpenFlags.NoControllingTerminal))
            {
                var writing = Task.Run(() => Write(slave), TestContext.Current.CancellationToken);
                while (!writing.IsCompleted)
                    if (DescriptorPoll.WaitReadable(drain.Descriptor, TimeSpan.FromMilliseconds(10)))
                        drain.Drain();
                await writing;
            }

            // It hangs up now, which is news once, and not again; what was written last may come after it.
            for (var watch = Stopwatch.StartNew(); DescriptorPoll.WaitReadable(drain.Descriptor, TimeSpan.FromMilliseconds(200)); drain.Drain())
                Assert.True(watch.Elapsed < Patience, "there is news without an end");
        }
    }

    [Fact]
    public void OneThatWasLeftToSomebodyElseIsNotRead()
    {
        using var terminal = PseudoTerminal.Open("/dev/ptmx");
        using var slave = FileOpen.Open($"/dev/pts/{terminal.Index}", OpenFlags.ReadWrite | OpenFlags.NoControllingTerminal);
        using var drain = new TerminalDrain();
        drain.Add(terminal.Master);
        drain.Remove(terminal.Master);
        using (var file = new FileStream(new Microsoft.Win32.SafeHandles.SafeFileHandle(slave.Number, ownsHandle: false), FileAccess.Write, bufferSize: 0))
            file.Write("seen\n"u8);
        drain.Drain();
        Assert.True(DescriptorPoll.WaitReadable(terminal.Master, Patience));
        // And taken back it is, though nothing new has come.
        drain.Add(terminal.Master);
        Assert.True(DescriptorPoll.WaitReadable(drain.Descriptor, Patience));
        drain.Drain();
        Assert.False(DescriptorPoll.WaitReadable(terminal.Master, TimeSpan.Zero));
    }

    // More than a terminal keeps.
    private static void Write(FileDescriptor slave)
    {
        using var file = new FileStream(new Microsoft.Win32.SafeHandles.SafeFileHandle(slave.Number, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        for (var line = 0; line < 2000; line++)
            file.Write("a line that nobody reads, and that is dropped\n"u8);
    }
}
