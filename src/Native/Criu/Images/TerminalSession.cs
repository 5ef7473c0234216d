namespace LxcNative.Native.Criu.Images;

/// <summary>Which session a terminal controls.</summary>
/// <param name="Device">The terminal's device number as makedev(3) has it.</param>
/// <param name="Devpts">The device of its devpts.</param>
/// <param name="Session">The session, as the container counts.</param>
/// <param name="Group">The group in its foreground, as the container counts.</param>
internal readonly record struct TerminalSession(ulong Device, ulong Devpts, int Session, int Group);
