using LxcNative.Native.Errors;
using LxcNative.Native.Memory;

namespace LxcNative.Native.Tests.Memory;

/// <summary>/proc/PID/maps.</summary>
public class MemoryMappingTests
{
    // sed of /proc/PID/maps of a process of Debian 12.
    private const string Text = """
        00400000-00401000 r--p 00000000 fe:00 1234                               /usr/bin/a program (deleted)
        01bc9000-01beb000 rw-p 00000000 00:00 0                                  [heap]
        7f0000000000-7f0000021000 ---p 00000000 00:00 0 
        7f1dbd4c6000-7f1dbd4c7000 rw-s 00000000 00:01 5                          /dev/zero (deleted)
        7ffd1b9d9000-7ffd1b9db000 r-xp 00000000 00:00 0                          [vdso]
        ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0                  [vsyscall]

        """;

    [Fact]
    public void AreReadWithNamesAndRights()
    {
        var mappings = MemoryMapping.Parse(Text, "maps");
        Assert.Equal(["/usr/bin/a program (deleted)", "[heap]", "", "/dev/zero (deleted)", "[vdso]", "[vsyscall]"], mappings.Select(one => one.Name));
        Assert.Equal(new PageRange(0x7f0000000000, 0x7f0000021000), mappings[2].Range);
        Assert.Equal([true, true, false, true, true, false], mappings.Select(one => one.IsReadable));
        Assert.Equal([true, true, true, false, true, true], mappings.Select(one => one.IsPrivate));
        Assert.Equal([false, false, false, false, true, true], mappings.Select(one => one.IsExecutable));
    }

    [Fact]
    public void OfThisProcessAreRead() => Assert.Contains(MemoryMapping.Read(Environment.ProcessId), one => one is { Name: "[vdso]", IsExecutable: true });

    [Theory]
    [InlineData("400000 r--p 0 0 0")]
    [InlineData("400000-401000 r--p 0 0:0")]
    [InlineData("401000-400000 r--p 0 0:0 0")]
    [InlineData("400000-40100g r--p 0 0:0 0")]
    [InlineData("400000-401000 r-- 0 0:0 0")]
    public void OthersAreRefused(string line) => Assert.Throws<MalformedProcFileException>(() => MemoryMapping.Parse(line, "maps"));
}
