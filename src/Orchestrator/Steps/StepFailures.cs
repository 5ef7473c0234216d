using LxcNative.Native.Errors;
using LxcNative.Netlink.Errors;
using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Steps;

/// <summary>The failures that a step, or its undo, can be expected to have: told as part of a message, instead of ending the program.</summary>
internal static class StepFailures
{
    /// <summary>Whether it is one.</summary>
    public static bool IsExpected(Exception failure) =>
        failure is LinuxException or MalformedProcFileException or NetlinkProtocolException or IOException or UnauthorizedAccessException
        or InvalidDataException or LxcNativeException;
}
