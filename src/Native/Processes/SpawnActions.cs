using System.Runtime.InteropServices;
using LxcNative.Native.Errors;
using LxcNative.Native.Interop;
using LxcNative.Native.Uapi;

namespace LxcNative.Native.Processes;

/// <summary>posix_spawn_file_actions_t: what the child does with its descriptors before the program starts.</summary>
internal sealed unsafe class SpawnActions : IDisposable
{
    private void* _actions;

    public SpawnActions()
    {
        _actions = NativeMemory.AllocZeroed(SpawnFlags.OpaqueSize);
        Check(Libc.SpawnActionsInit(_actions), "posix_spawn_file_actions_init", "");
    }

    public void* Pointer => _actions;

    public static void Check(int errno, string operation, string target)
    {
        if (errno != 0)
            throw new SyscallException(operation, target, (Errno)errno);
    }

    public void Duplicate(int descriptor, int target) =>
        Check(Libc.SpawnActionsAddDup2(_actions, descriptor, target), "posix_spawn_file_actions_adddup2", $"{descriptor} to {target}");

    public void OpenNull(int target) => Open(target, "/dev/null");

    public void Open(int target, string path)
    {
        fixed (byte* bytes = CString.From(path))
            Check(Libc.SpawnActionsAddOpen(_actions, target, bytes, Fcntl.O_RDWR, 0), "posix_spawn_file_actions_addopen", $"{path} as {target}");
    }

    public void Close(int descriptor) =>
        Check(Libc.SpawnActionsAddClose(_actions, descriptor), "posix_spawn_file_actions_addclose", $"{descriptor}");

    public void CloseFrom(int first) =>
        Check(Libc.SpawnActionsAddCloseFrom(_actions, first), "posix_spawn_file_actions_addclosefrom_np", $"{first}");

    public void ChangeDirectory(string path)
    {
        fixed (byte* bytes = CString.From(path))
            Check(Libc.SpawnActionsAddChdir(_actions, bytes), "posix_spawn_file_actions_addchdir_np", $"\"{path}\"");
    }

    public void Dispose()
    {
        if (_actions is null)
            return;
        _ = Libc.SpawnActionsDestroy(_actions);
        NativeMemory.Free(_actions);
        _actions = null;
    }
}
