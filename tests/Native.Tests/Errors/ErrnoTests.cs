using LxcNative.Native.Errors;
using Mono.Unix.Native;
using Errno = LxcNative.Native.Errors.Errno;

namespace LxcNative.Native.Tests.Errors;

public class ErrnoTests
{
    // Mono.Unix names old and rare numbers that this library does not.
    [Fact]
    public void NumbersAreTheOracles()
    {
        var compared = 0;
        foreach (var errno in Enum.GetValues<Errno>())
        {
            // EAGAIN has two names, and the oracle prefers the other.
            if (errno is Errno.None or Errno.EAGAIN || !NativeConvert.TryToErrno((int)errno, out var oracle))
                continue;
            Assert.Equal(oracle.ToString(), errno.ToString());
            compared++;
        }

        Assert.InRange(compared, 60, 200);
    }

    [Fact]
    public void UnknownNumberIsStillDescribed() => Assert.StartsWith("errno 4000 ", ((Errno)4000).Describe(), StringComparison.Ordinal);

    [Theory]
    [InlineData(Errno.EINTR, true)]
    [InlineData(Errno.EBUSY, true)]
    [InlineData(Errno.ENOENT, false)]
    public void ExceptionKnowsWhetherToTryAgain(Errno errno, bool transient) =>
        Assert.Equal(transient, new SyscallException("call", "target", errno).IsTransient);

    [Fact]
    public void MessageHasTheHintInBrackets() =>
        Assert.Equal("call \"/x\": EPERM Operation not permitted (be root)", new SyscallException("call", "\"/x\"", Errno.EPERM, "be root").Message);
}
