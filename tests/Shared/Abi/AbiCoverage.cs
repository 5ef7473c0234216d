using System.Reflection;
using System.Runtime.CompilerServices;

namespace LxcNative.Testing.Abi;

/// <summary>Which types a set of programs leaves unproved.</summary>
internal static class AbiCoverage
{
    /// <summary>Names of every enum, struct and class with constants in the namespaces (and those below) that no program speaks of.</summary>
    public static IReadOnlyList<string> Missing(Assembly assembly, IEnumerable<string> namespaces, IEnumerable<AbiProgram> programs)
    {
        var covered = programs.SelectMany(program => program.Covered).ToHashSet();
        return
        [
            .. assembly.GetTypes()
                .Where(type => namespaces.Any(name => type.Namespace == name || type.Namespace?.StartsWith(name + ".", StringComparison.Ordinal) == true))
                .Where(IsOfTheAbi)
                .Where(type => !covered.Contains(type))
                .Select(type => type.FullName!)
                .Order(StringComparer.Ordinal),
        ];
    }

    // What the compiler adds, and inline arrays, which are proved by the size of the field that holds them.
    private static bool IsOfTheAbi(Type type) =>
        !type.IsDefined(typeof(CompilerGeneratedAttribute))
        && !type.IsDefined(typeof(InlineArrayAttribute))
        && (type.IsValueType || type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic).Any(IsNumber));

    private static bool IsNumber(FieldInfo field) => field.IsLiteral && field.FieldType != typeof(string);
}
