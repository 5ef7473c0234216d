using System.Runtime.ExceptionServices;
using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Native.Uapi;
using Tmds.Linux;

namespace LxcNative.Native.Namespaces;

/// <summary>Runs code inside namespaces on a thread that is made for it and ends with it; the caller's thread never changes.</summary>
/// <remarks>A socket made there stays in its network namespace: hold the socket, not the thread. The code must not await, nor start
/// work elsewhere that is meant to be inside too. User and time namespaces cannot be entered: .NET has several threads.</remarks>
public static class NamespaceThread
{
    /// <summary>Runs <paramref name="body"/> inside the given namespaces.</summary>
    /// <param name="body">The code; what it throws is thrown here again, with its stack.</param>
    /// <param name="namespaces">The namespaces, entered in this order; they stay the caller's.</param>
    /// <exception cref="SyscallException">setns(2) failed.</exception>
    public static T Run<T>(Func<T> body, params ReadOnlySpan<FileDescriptor> namespaces)
    {
        ArgumentNullException.ThrowIfNull(body);
        var entered = namespaces.ToArray();
        return OnThread(
            () =>
            {
                foreach (var descriptor in entered)
                    Namespace.Enter(descriptor);
                return body();
            });
    }

    /// <inheritdoc cref="Run{T}(Func{T}, ReadOnlySpan{FileDescriptor})" />
    public static void Run(Action body, params ReadOnlySpan<FileDescriptor> namespaces)
    {
        ArgumentNullException.ThrowIfNull(body);
        Run<object?>(() => { body(); return null; }, namespaces);
    }

    /// <summary>Runs <paramref name="body"/> inside new namespaces, which end with it unless something holds them.</summary>
    /// <param name="kinds">What is new. User is refused by the kernel: .NET has several threads.</param>
    /// <param name="body">The code; what it throws is thrown here again, with its stack.</param>
    /// <exception cref="SyscallException">unshare(2) failed.</exception>
    public static T RunInNewNamespaces<T>(NamespaceKind kinds, Func<T> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return OnThread(
            () =>
            {
                Namespace.Unshare(kinds);
                return body();
            });
    }

    /// <inheritdoc cref="RunInNewNamespaces{T}" />
    public static void RunInNewNamespaces(NamespaceKind kinds, Action body)
    {
        ArgumentNullException.ThrowIfNull(body);
        RunInNewNamespaces<object?>(kinds, () => { body(); return null; });
    }

    private static T OnThread<T>(Func<T> body)
    {
        T? result = default;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                // A thread that shares root and working directory with others may not enter a mount namespace.
                SyscallException.ThrowIfFailed(LibC.unshare(Sched.CLONE_FS), "unshare", "CLONE_FS");
                result = body();
            }
            catch (Exception exception)
            {
                failure = ExceptionDispatchInfo.Capture(exception);
            }
        })
        {
            IsBackground = true,
            Name = "namespace",
        };
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result!;
    }
}
