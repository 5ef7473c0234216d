using LxcNative.Native.Errors;

namespace LxcNative.Native.Criu;

/// <summary>What libcriu's return values and criu's errno mean (the table in lib/c/criu.h, and what criu sets cr_errno to).</summary>
internal static class CriuReturnCode
{
    public static string Describe(int result, Errno criuErrno, bool refused)
    {
        if (refused)
            return "refused by the caller's handler";
        var cause = criuErrno switch
        {
            Errno.ESRCH => "the process does not exist or cannot be seized",
            Errno.EEXIST => "a pid of the images is taken",
            Errno.EBADRQC => "criu does not accept an option or its configuration file",
            Errno.EOPNOTSUPP => "the CPU is not supported",
            _ => null,
        };
        return cause ?? (Errno)(-result) switch
        {
            Errno.EBADE => "criu failed",
            Errno.ECONNREFUSED => "criu could not be started or connected to",
            Errno.ECOMM => "criu ended without an answer: it crashed, was killed, is not executable, or its configuration file has a syntax error",
            Errno.EINVAL => "this criu does not know the request",
            Errno.EBADMSG => "this criu answered something else than it was asked",
            _ => "the call failed before criu was asked",
        };
    }
}
