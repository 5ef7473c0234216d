namespace LxcNative.Native.Procfs;

/// <summary>An open descriptor of a process.</summary>
/// <param name="Number">Its number there.</param>
/// <param name="Target">What /proc/PID/fd/N points at: a path, or text such as <c>socket:[1234]</c>; "(deleted)" is appended to a removed file's.</param>
internal readonly record struct ProcessDescriptor(int Number, string Target);
