using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using LxcNative.Native.Files;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Steps;

namespace LxcNative.Orchestrator.Preparation;

/// <summary>The records of what was made, one file each.</summary>
internal sealed class RecordStore(string directory)
{

    /// <summary>Reads a record; null where there is none, or none that can be read.</summary>
    public T? Read<T>(string name, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(PathOf(name)), type);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (JsonException e)
        {
            throw new RefusedException($"{PathOf(name)}, which tells what was made, cannot be read: {e.Message}. Undo by hand, and remove the file", e);
        }
    }

    /// <summary>A step that writes a record before what it tells of is made: whatever happens, an undo knows.</summary>
    public Step Writing<T>(string name, T record, T? before, JsonTypeInfo<T> type)
        where T : class => new("a record of what is made", () => Write(name, record, type), () =>
        {
            if (before is null)
                Remove(name);
            else
                Write(name, before, type);
        });

    /// <summary>Removes a record.</summary>
    public void Remove(string name) => File.Delete(PathOf(name));

    private void Write<T>(string name, T record, JsonTypeInfo<T> type)
    {
        PrivateDirectory.Create(directory);
        var temporary = PathOf(name) + ".new";
        File.WriteAllBytes(temporary, JsonSerializer.SerializeToUtf8Bytes(record, type));
        File.Move(temporary, PathOf(name), overwrite: true);
    }

    private string PathOf(string name) => Path.Combine(directory, name + ".json");
}
