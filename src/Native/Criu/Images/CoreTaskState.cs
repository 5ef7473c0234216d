namespace LxcNative.Native.Criu.Images;

/// <summary>What a task was doing when it was dumped (task_core_entry).</summary>
internal enum CoreTaskState
{
    /// <summary>Absent: the image is a thread's.</summary>
    None = 0,

    /// <summary>It ran or slept.</summary>
    Alive = 1,

    /// <summary>It was a zombie.</summary>
    Dead = 2,

    /// <summary>It was stopped.</summary>
    Stopped = 3,
}
