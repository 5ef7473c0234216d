using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Parts;

/// <summary>The states of all parts of a checkpoint, by the parts' names: read by each part itself.</summary>
internal sealed class PartStates(IReadOnlyDictionary<string, JsonElement> states)
{
    /// <summary>As they are in the manifest.</summary>
    public IReadOnlyDictionary<string, JsonElement> All { get; } = states;

    /// <summary>The state of one part; null where the images were made before there was such a part.</summary>
    /// <param name="name">The part's name.</param>
    /// <param name="version">The newest version of its layout that this program reads.</param>
    /// <param name="type">How it is read.</param>
    /// <exception cref="RefusedException">It is damaged, or of a newer version.</exception>
    public T? Read<T>(string name, int version, JsonTypeInfo<T> type)
        where T : PartState
    {
        if (!All.TryGetValue(name, out var element))
            return null;
        T state;
        try
        {
            state = element.Deserialize(type) ?? throw new RefusedException($"the manifest says nothing of its part \"{name}\": the checkpoint is damaged");
        }
        catch (JsonException e)
        {
            throw new RefusedException($"the manifest's part \"{name}\" is damaged: {e.Message}", e);
        }

        return state.Version is > 0 && state.Version <= version
            ? state
            : throw new RefusedException(
            $"the manifest's part \"{name}\" has version {state.Version}; this version of lxcnative reads up to {version}: use a newer one");
    }
}
