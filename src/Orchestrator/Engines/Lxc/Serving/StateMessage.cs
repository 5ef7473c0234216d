using System.Buffers.Binary;
using System.Text;
using LxcNative.Orchestrator.Engines.Lxc.Commands;

namespace LxcNative.Orchestrator.Engines.Lxc.Serving;

/// <summary>How LXC tells a state to those who did not ask a moment ago.</summary>
/// <remarks>
/// <code>
/// | i32 type, 0: a state | char name[256] | i32 state |
/// 0                      4                260         264
/// </code>
/// </remarks>
internal static class StateMessage
{
    private const int Size = 264;
    private const int StateOffset = 260;
    private const int NameLength = 256;

    /// <summary>The message.</summary>
    /// <param name="name">The container's name; what is too long for it is cut off.</param>
    /// <param name="state">The state that it has come into.</param>
    public static byte[] Of(string name, LxcState state)
    {
        var message = new byte[Size];
        var bytes = Encoding.UTF8.GetBytes(name);
        bytes.AsSpan(0, Math.Min(bytes.Length, NameLength - 1)).CopyTo(message.AsSpan(sizeof(int)));
        BinaryPrimitives.WriteInt32LittleEndian(message.AsSpan(StateOffset), (int)state);
        return message;
    }
}
