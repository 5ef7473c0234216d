using System.Globalization;
using System.Text;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Handles;
using LxcNative.Native.Memory;
using LxcNative.Native.Procfs;
using LxcNative.Native.Sockets;
using LxcNative.Testing;

namespace LxcNative.Native.Tests.Memory;

/// <summary>Which pages another process writes to, told by the kernel; the process notices nothing.</summary>
public class WriteTrackingTests
{
    private const int Page = 4096;

    // Waits in calls that end early where a stop is not undone as it should be: with a time limit, without, and for a signal.
    private const string Waiting = """
        import ctypes, os, select, signal, sys, threading, time
        libc = ctypes.CDLL(None, use_errno=True)
        class Time(ctypes.Structure):
            _fields_ = [('seconds', ctypes.c_long), ('nanoseconds', ctypes.c_long)]
        begin = time.monotonic()
        print('waits', flush=True)
        if sys.argv[1] == 'nanosleep':
            result = libc.nanosleep(ctypes.byref(Time(1, 0)), None)
        elif sys.argv[1] == 'poll':
            result = libc.poll(None, 0, 1000)
        else:
            read, write = os.pipe()
            threading.Timer(1, lambda: os.write(write, b'x')).start()
            result = libc.read(read, ctypes.create_string_buffer(1), 1) - 1
        print(result, ctypes.get_errno(), time.monotonic() - begin >= 0.99, len(os.listdir('/proc/self/fd')), flush=True)
        """;

    private const string Writing = """
        import ctypes, mmap, sys
        pages = int(sys.argv[1])
        memory = mmap.mmap(-1, pages * 4096, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
        for page in range(pages):
            memory[page * 4096] = 1
        print(ctypes.addressof(ctypes.c_char.from_buffer(memory)), flush=True)
        for line in sys.stdin:
            for page in line.split():
                memory[int(page) * 4096] ^= 1
            print('written', flush=True)
        """;

    [Theory]
    [InlineData("nanosleep")]
    [InlineData("poll")]
    [InlineData("read")]
    public void WhatAProcessWaitsInGoesOn(string call)
    {
        RequireTracking();
        using var program = TestProgram.Start(Requirement.Tool("python3"), ["python3", "-c", Waiting, call]);
        Assert.Equal("waits", program.ReadLine());
        using (var process = ProcessHandle.Open(program.Pid))
        {
            for (var i = 0; i < 20; i++)
            {
                using var tracking = WriteTracking.Begin(process, Instruction(program.Pid));
                Thread.Sleep(5);
            }
        }

        Assert.StartsWith("0 0 True ", program.ReadLine(), StringComparison.Ordinal);
        Assert.Equal(0, program.Wait().ExitStatus);
    }

    [Fact]
    public void WritesAreFoundOnceAndNotedAgain()
    {
        RequireTracking();
        using var memory = new TrackedChild(16);
        Assert.Equal(16, memory.Written(PageQuery.WrittenNotedAgain).Count);
        Assert.Empty(memory.Written(PageQuery.WrittenNotedAgain));
        memory.Write(3, 4, 9);
        Assert.Equal([3, 4, 9], memory.Written(PageQuery.Written));
        Assert.Equal([3, 4, 9], memory.Written(PageQuery.WrittenNotedAgain));
        memory.Write(9);
        Assert.Equal([9], memory.Written(PageQuery.Written));
        Assert.Equal(16, memory.Written(PageQuery.All).Count);
    }

    // More than the kernel tells at once.
    [Fact]
    public void ManyAreFoundInOrder()
    {
        RequireTracking();
        using var memory = new TrackedChild(9000);
        Assert.Equal(9000, memory.Written(PageQuery.WrittenNotedAgain).Count);
        int[] written = [.. Enumerable.Range(0, 4500).Select(page => page * 2)];
        memory.Write(written);
        Assert.Equal(written, memory.Written(PageQuery.Written));
        Assert.Equal(written, memory.Written(PageQuery.WrittenNotedAgain));
        Assert.Empty(memory.Written(PageQuery.Written));
    }

    [Fact]
    public void AStoppedProcessStaysStopped()
    {
        RequireTracking();
        using var program = TestProgram.Shell("kill -STOP $$; echo on");
        while (ProcStat.Read(program.Pid).State != 'T')
            Thread.Sleep(1);
        using (var process = ProcessHandle.Open(program.Pid))
            Assert.Throws<SyscallException>(() => WriteTracking.Begin(process, Instruction(program.Pid)));
        Thread.Sleep(20);
        Assert.Equal('T', ProcStat.Read(program.Pid).State);
        _ = Tmds.Linux.LibC.kill(program.Pid, (int)Processes.Signal.Continue);
        Assert.Equal("on", program.ReadLine());
    }

    private static void RequireTracking() =>
        Assert.SkipUnless(WriteTracking.IsAvailable(), "this kernel has no PAGEMAP_SCAN (Linux 6.7), or this is no x86-64");

    private static ulong Instruction(int pid)
    {
        using var memory = ForeignMemory.Open(pid);
        return VdsoCall.Find(memory, MemoryMapping.Read(pid))!.Value;
    }

    private sealed class TrackedChild : IDisposable
    {
        private readonly TestProgram _program;
        private readonly FileDescriptor _input;
        private readonly ProcessHandle _process;
        private readonly WriteTracking _tracking;
        private readonly PageRange _range;

        public TrackedChild(int pages)
        {
            // Not by System.Diagnostics.Process, which takes what its children tell for itself.
            (_input, var theirs) = UnixSocket.Pair(UnixSocketType.Stream);
            using (theirs)
            {
                _program = TestProgram.Start(Requirement.Tool("python3"), ["python3", "-c", Writing, $"{pages}"],
                    request => request with { Descriptors = new Dictionary<int, FileDescriptor> { [0] = theirs } });
            }

            var start = ulong.Parse(_program.ReadLine(), CultureInfo.InvariantCulture);
            _range = new PageRange(start, start + (ulong)(pages * Page));
            _process = ProcessHandle.Open(_program.Pid);
            _tracking = WriteTracking.Begin(_process, Instruction(_program.Pid));
            Assert.True(_tracking.TryCover(_range));
        }

        public void Write(params int[] pages)
        {
            UnixSocket.Send(_input, Encoding.ASCII.GetBytes(string.Join(' ', pages) + "\n"));
            Assert.Equal("written", _program.ReadLine());
        }

        public List<int> Written(PageQuery query)
        {
            using var pagemap = FileOpen.Open($"/proc/{_program.Pid}/pagemap", OpenFlags.ReadOnly);
            var found = new List<PageRange>();
            PagemapScanning.Find(pagemap, _range, query, found);
            return [.. found.SelectMany(range => Enumerable.Range((int)((range.Start - _range.Start) / Page), (int)(range.Length / Page)))];
        }

        public void Dispose()
        {
            _tracking.Dispose();
            _process.Dispose();
            _input.Dispose();
            _program.Dispose();
        }
    }
}
