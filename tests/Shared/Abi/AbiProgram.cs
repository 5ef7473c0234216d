using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text;

namespace LxcNative.Testing.Abi;

/// <summary>A C program of static assertions about our numbers: it compiles exactly when they are the C headers' own.</summary>
/// <remarks>One program has one set of headers: some of the kernel's and the C library's cannot be included together.</remarks>
internal sealed class AbiProgram
{
    private readonly StringBuilder _source = new();
    private readonly HashSet<MemberInfo> _covered = [];

    /// <summary>Begins a program.</summary>
    /// <param name="includes">Headers, in this order, without brackets; a line that begins with '#' stands as it is.</param>
    public AbiProgram(params string[] includes)
    {
        _source.AppendLine("#define _GNU_SOURCE").AppendLine("#include <stddef.h>");
        foreach (var include in includes)
            _source.AppendLine(include.StartsWith('#') ? include : $"#include <{include}>");
        // The same value, whether C has it as signed or unsigned and in whichever width, as long as nothing is cut off.
        _source.AppendLine("#define SAME(c, v) ((long long)(c) == (long long)(v) || (sizeof(c) == 4 && (unsigned int)(c) == (unsigned long long)(v)))");
    }

    /// <summary>The types, and single constants, that this program speaks of.</summary>
    public IReadOnlySet<MemberInfo> Covered => _covered;

    /// <summary>Every const of a class, and every number that it finds out for this machine, has the value of the C name alike.</summary>
    /// <param name="type">The class.</param>
    /// <param name="expressions">C expressions for those whose name is not one.</param>
    public AbiProgram Constants(Type type, params (string Name, string Expression)[] expressions)
    {
        foreach (var field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(field => field.IsLiteral || (field.IsInitOnly && field.FieldType.IsPrimitive)))
            Same(type, field.Name, Expression(expressions, field.Name, field.Name), field.GetValue(null)!);
        _covered.Add(type);
        return this;
    }

    /// <summary>Every member of an enum has the value of the C name made of the prefix and its own.</summary>
    /// <param name="type">The enum.</param>
    /// <param name="prefix">Put before the member's name.</param>
    /// <param name="expressions">C expressions for those whose name is not one; an empty expression for one that C does not have.</param>
    public AbiProgram Enumeration(Type type, string prefix = "", params (string Name, string Expression)[] expressions)
    {
        foreach (var field in type.GetFields(BindingFlags.Static | BindingFlags.Public))
        {
            var expression = Expression(expressions, field.Name, prefix + field.Name);
            if (expression.Length > 0)
                Same(type, field.Name, expression, field.GetRawConstantValue()!);
        }

        _covered.Add(type);
        return this;
    }

    /// <summary>A struct has the size of the C type, and each field its offset and size.</summary>
    /// <param name="type">The struct.</param>
    /// <param name="cType">The C type: <c>struct ifinfomsg</c>.</param>
    /// <param name="members">C members for fields whose name is not one; an empty one for padding that C does not name.</param>
    public AbiProgram Structure(Type type, string cType, params (string Name, string Expression)[] members)
    {
        Holds($"sizeof({cType}) == {StructLayout.SizeOf(type)}", $"sizeof {type.Name}");
        foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
        {
            var member = Expression(members, field.Name, field.Name);
            if (member.Length == 0)
                continue;
            Holds($"offsetof({cType}, {member}) == {StructLayout.OffsetOf(field)}", $"offset of {type.Name}.{field.Name}");
            Holds($"sizeof((({cType} *)0)->{member}) == {StructLayout.SizeOf(field.FieldType)}", $"size of {type.Name}.{field.Name}");
        }

        _covered.Add(type);
        return this;
    }

    /// <summary>A C expression is true.</summary>
    public AbiProgram Holds(string expression, string message)
    {
        _source.AppendLine(CultureInfo.InvariantCulture, $"_Static_assert({expression}, \"{message}\");");
        return this;
    }

    /// <summary>Compiles the program; the test fails with the compiler's own words.</summary>
    public void Compile()
    {
        var gcc = Requirement.Tool("gcc");
        using var compiler = Process.Start(new ProcessStartInfo(gcc, ["-x", "c", "-std=gnu11", "-fsyntax-only", "-"])
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
        })!;
        var errors = compiler.StandardError.ReadToEndAsync();
        compiler.StandardInput.Write(_source);
        compiler.StandardInput.Close();
        compiler.WaitForExit();
        Assert.True(compiler.ExitCode == 0, errors.Result);
    }

    private static string Expression((string Name, string Expression)[] expressions, string name, string otherwise)
    {
        foreach (var given in expressions)
        {
            if (given.Name == name)
                return given.Expression;
        }

        return otherwise;
    }

    private void Same(Type type, string name, string expression, object value)
    {
        var literal = value is ulong unsigned ? $"{unsigned}ull" : $"{Convert.ToInt64(value, CultureInfo.InvariantCulture)}ll";
        // The smallest number has no literal of its own in C.
        if (value is long.MinValue)
            literal = "(-9223372036854775807ll - 1)";
        Holds($"SAME({expression}, {literal})", $"{type.Name}.{name} is {value}");
    }
}
